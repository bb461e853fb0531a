"""``Store`` and units over a PostgreSQL database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from riskq.store.postgres.database import Database, Share
from riskq.store.postgres.faults import unavailable
from riskq.store.postgres.unit import Connection, PostgresUnit
from riskq.store.sqlite import BUNDLE_STEPS, SCHEMA_VERSION
from riskq.store.unit import Unit
from riskq.store.unit_store import UnitStore

__all__ = ["PostgresStore", "PostgresUnits", "open_database"]

T = TypeVar("T")

_PROBED = ("assessments", "answers", "revisions")


def open_database(address: str, patience: float) -> Database:
    """Open a database, and bring its schema up to date; raises ``StoreUnavailable``."""
    database = Database(address, patience)
    try:
        _bring_up_to_date(database)
    except BaseException:
        database.close()
        raise
    return database


def _bring_up_to_date(database: Database) -> None:
    steps = database.look(_count_steps)
    if steps < SCHEMA_VERSION + BUNDLE_STEPS:
        database.transact(_apply_steps, Share.SCHEMA)
    elif steps > SCHEMA_VERSION + BUNDLE_STEPS:
        raise unavailable(database.place, "newer")


def _count_steps(connection: Connection) -> int:
    """How many steps were applied: none in a database without tables."""
    (table,) = _one(connection, "select to_regclass('schema_steps')")
    return 0 if table is None else int(_one(connection, "select count(*) from schema_steps")[0])


def _apply_steps(connection: Connection) -> None:
    # What applies them is imported by whoever needs it, and by nobody else.
    from riskq.store.postgres.schema import apply_steps

    apply_steps(connection)


def _one(connection: Connection, sql: str) -> tuple[Any, ...]:
    return cast("tuple[Any, ...]", connection.execute(cast("Any", sql)).fetchone())


class PostgresStore(UnitStore):
    """``Store`` over one database, which it closes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def _read_at_once(self, query: Callable[[Unit], T]) -> T:
        return self._transact(query, Share.SNAPSHOT)

    def _change_alone(self, change: Callable[[Unit], T], *, erases: bool = False) -> T:
        # What is erased is gone for everybody; when it is overwritten is the server's affair.
        del erases
        return self._transact(change, Share.ALONE)

    def _probe(self) -> None:
        self._database.look(_probe_reading)
        self._database.transact(_probe_writing, Share.APART)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def _look_at(self, query: Callable[[Unit], T]) -> T:
        return self._database.look(lambda connection: query(PostgresUnit(connection)))

    def _save_beside(self, change: Callable[[Unit], T]) -> T:
        return self._transact(change, Share.BESIDE)

    def _transact(self, work: Callable[[Unit], T], share: Share) -> T:
        return self._database.transact(lambda connection: work(PostgresUnit(connection)), share)


class PostgresUnits:
    """``Units`` over one database, which it closes; changes keep from others what they share."""

    def __init__(self, database: Database, share: Share) -> None:
        self._database = database
        self._share = share

    def look(self, query: Callable[[Unit], T]) -> T:
        """Run a query each statement of which may see another moment."""
        return self._database.look(lambda connection: query(PostgresUnit(connection)))

    def change(self, change: Callable[[Unit], T], *, erases: bool = False) -> T:
        """Run a change in one transaction."""
        del erases
        return self._database.transact(lambda one: change(PostgresUnit(one)), self._share)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()


def _probe_reading(connection: Connection) -> None:
    """Read the first row of each table."""
    for table in _PROBED:
        connection.execute(cast("Any", f"select 1 from {table} limit 1"))  # noqa: S608 - Fixed names.


def _probe_writing(connection: Connection) -> None:
    """Write a row as it is: the same content, but a true write to the disk."""
    connection.execute("update schema_steps set name = name where name = '0001-assessments'")
