"""Connections to a PostgreSQL database, and how units run on them.

Whoever changes several things says how far others must keep out: a change of everything is alone,
while people who answer save side by side, each moving one assessment, whose row they hold. Both
are told to the server by an advisory lock at the beginning, so that nothing is ever begun in vain.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from threading import Lock
from typing import TypeVar

import psycopg

from riskq.store.postgres.address import without_password
from riskq.store.postgres.faults import FAULTS, is_cut_off, unavailable, unsettled
from riskq.store.postgres.unit import Connection

__all__ = ["Database", "Share"]

T = TypeVar("T")

_STATEMENT_SECONDS = 60


class Share(Enum):
    """What a transaction keeps others from; the value is how it begins."""

    ALONE = "begin; select pg_advisory_xact_lock(7253, 1)"
    """Nobody else changes assessments or what belongs to them."""

    BESIDE = "begin; select pg_advisory_xact_lock_shared(7253, 1)"
    """Others may save beside it; nobody is alone."""

    BUNDLES = "begin; select pg_advisory_xact_lock(7253, 3)"
    """Nobody else changes bundles."""

    SCHEMA = "begin; select pg_advisory_xact_lock(7253, 2)"
    """Nobody else brings the schema up to date."""

    APART = "begin"
    """It touches what nobody else does."""

    SNAPSHOT = "begin isolation level repeatable read read only"
    """It reads one moment, and changes nothing."""


class _CommitError(Exception):
    """The connection was lost while the server was asked to commit."""


class Database:
    """One database, by as many connections as threads work with it at once.

    After a fork, the child opens connections of its own: they must not be carried along.
    """

    def __init__(self, address: str, patience: float) -> None:
        self.place = without_password(address)
        self._address = address
        self._patience = patience
        self._lock = Lock()
        self._idle: list[Connection] = []
        self._closed = False
        _open_databases.add(self)
        # Whoever lets go of a database without closing it leaves no connection behind.
        weakref.finalize(self, _close_all, self._idle)

    def look(self, query: Callable[[Connection], T]) -> T:
        """Run a query in no transaction; raises ``StoreUnavailable``."""
        return self._run(query)

    def transact(self, work: Callable[[Connection], T], share: Share) -> T:
        """Run work in a transaction, and give what it gives once that is durable.

        Whatever the work raises is raised here, and then it has left nothing.
        """

        def run(connection: Connection) -> T:
            connection.execute(share.value)
            try:
                result = work(connection)
            except BaseException:
                with suppress(psycopg.Error):
                    connection.execute("rollback")
                raise
            _commit(connection)
            return result

        return self._run(run)

    def close(self) -> None:
        """Close the connections that nobody uses; the others when their work has ended."""
        with self._lock:
            self._closed = True
        self._forget_idle()
        _open_databases.discard(self)

    def _run(self, work: Callable[[Connection], T]) -> T:
        """Run work on a connection; on a new one, if one that was kept had been cut off."""
        connection, was_kept = self._take()
        try:
            return self._run_on(connection, work)
        except FAULTS as error:
            if not (was_kept and is_cut_off(error)):
                raise unavailable(self.place, error) from error
        # The server was started anew, and so all connections that were kept are dead.
        self._forget_idle()
        try:
            return self._run_on(self._connect(), work)
        except FAULTS as error:
            raise unavailable(self.place, error) from error

    def _run_on(self, connection: Connection, work: Callable[[Connection], T]) -> T:
        try:
            result = work(connection)
        except _CommitError as error:
            connection.close()
            raise unsettled(self.place) from error.__cause__
        except FAULTS:
            # A connection that has met an error is not asked again.
            connection.close()
            raise
        except BaseException:
            self._give_back(connection)
            raise
        self._give_back(connection)
        return result

    def _take(self) -> tuple[Connection, bool]:
        with self._lock:
            if self._closed:
                raise unavailable(self.place, "closed")
            if self._idle:
                return self._idle.pop(), True
        try:
            return self._connect(), False
        except FAULTS as error:
            raise unavailable(self.place, error) from error

    def _connect(self) -> Connection:
        milliseconds = int(self._patience * 1000)
        connection: Connection = psycopg.connect(
            self._address,
            autocommit=True,
            connect_timeout=max(2, int(self._patience)),
            application_name="riskq",
            client_encoding="UTF8",
            keepalives_idle=30,
            tcp_user_timeout=2 * milliseconds,
        )
        # What a commit has acknowledged is on the server's disk, however the server is set.
        connection.execute(
            f"set lock_timeout = {milliseconds:d}; set statement_timeout = {_STATEMENT_SECONDS}000;"
            " select set_config('synchronous_commit', 'on', false)"
            " where current_setting('synchronous_commit') = 'off'"
        )
        return connection

    def _give_back(self, connection: Connection) -> None:
        with self._lock:
            if not self._closed and connection.info.transaction_status.name == "IDLE":
                self._idle.append(connection)
                return
        connection.close()

    def _forget_idle(self) -> None:
        with self._lock:
            _close_all(self._idle)

    def start_anew(self) -> None:
        """Leave what the parent process uses to it, alive but untouched."""
        _inherited.extend(self._idle)
        self._idle.clear()
        self._lock = Lock()


def _close_all(connections: list[Connection]) -> None:
    while connections:
        connections.pop().close()


def _commit(connection: Connection) -> None:
    try:
        told = connection.execute("commit").statusmessage
    except psycopg.Error as error:
        if is_cut_off(error):
            raise _CommitError from error
        raise
    if told != "COMMIT":
        # A statement had failed and nobody was told: the server took everything back.
        raise psycopg.errors.InFailedSqlTransaction("a statement failed before the commit")


_open_databases: weakref.WeakSet[Database] = weakref.WeakSet()
_inherited: list[Connection] = []


def _start_all_anew() -> None:
    for database in list(_open_databases):
        database.start_anew()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_all_anew)
