"""How connections to the SQLite file are made, and how the file is made ready at the start.

Durable means: write-ahead log with ``synchronous = full``, so that a commit returns after the
log is on the disk. Deleted content is overwritten (``secure_delete``).
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from riskq.store.faults import FAULTS, is_busy, unavailable
from riskq.store.whole_schema import make_whole

__all__ = [
    "EMPTY_LOG",
    "Place",
    "Schema",
    "begin",
    "connect_reader",
    "connect_writer",
    "make_ready",
    "probe_writing",
]

EMPTY_LOG = "pragma wal_checkpoint(truncate)"
"""Moves the log into the database and cuts it; its row begins with 0 if nobody hindered that."""

_LOG_BYTES = 8 * 1024 * 1024

_KEPT_KILOBYTES = 256
"""What each connection keeps of the file; the system's cache holds it for all of them."""


class Place(Struct, frozen=True):
    """Where the database is and how it is used.

    ``patience``: seconds to wait for other processes. ``max_bytes``: what the file may grow to.
    """

    path: Path
    patience: float
    max_bytes: int | None


def connect_reader(place: Place) -> sqlite3.Connection:
    """Open a connection that cannot write. Another thread may close it."""
    connection = _connect(place.path, "ro", place.patience)
    connection.execute("pragma cell_size_check = on")
    connection.execute(f"pragma cache_size = -{_KEPT_KILOBYTES:d}")
    return connection


def connect_writer(place: Place) -> sqlite3.Connection:
    """Open a connection that writes durably; the file must exist."""
    # This connection never waits inside SQLite, whose waiting starves writers: see begin().
    connection = _connect(place.path, "rw", 0)
    try:
        _repeat_while_busy(connection, "pragma journal_mode = wal", place.patience)
        connection.execute("pragma synchronous = full")
        connection.execute("pragma secure_delete = on")
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma cell_size_check = on")
        connection.execute(f"pragma cache_size = -{_KEPT_KILOBYTES:d}")
        connection.execute(f"pragma journal_size_limit = {_LOG_BYTES:d}")
        if place.max_bytes is not None:
            (page,) = connection.execute("pragma page_size").fetchone()
            connection.execute(f"pragma max_page_count = {max(1, place.max_bytes // page):d}")
    except BaseException:
        connection.close()
        raise
    return connection


def begin(connection: sqlite3.Connection, patience: float) -> None:
    """Begin a transaction that may write, waiting at most ``patience`` seconds for others.

    A deferred transaction would fail at its first write whenever somebody else wrote meanwhile.
    """
    _repeat_while_busy(connection, "begin immediate", patience)


def probe_writing(connection: sqlite3.Connection) -> None:
    """Write the schema's number anew: the same content, but a true write to the disk."""
    (version,) = connection.execute("pragma user_version").fetchone()
    connection.execute(f"pragma user_version = {version:d}")


class Schema(Struct, frozen=True):
    """A schema's name, how many steps it has, and what applies those that are missing.

    ``user_version`` in the file tells how many were applied, so that a start-up with nothing to do
    need not import sqlite-utils.
    """

    name: str
    version: int
    migrate: Callable[[sqlite3.Connection], None]


def make_ready(place: Place, schema: Schema) -> None:
    """Make the file if it is missing, bring its schema up to date, and empty its log.

    Raises ``StoreUnavailable``. A file that was closed in order is not written to.
    """
    try:
        # Others on the machine must not read what people answered. SQLite makes the files
        # beside this one with the same permissions.
        if not place.path.exists():
            os.close(os.open(place.path, os.O_CREAT | os.O_RDWR, 0o600))
        found = _find_version(place)
        if found < schema.version:
            _bring_up_to_date(place, schema)
        elif found == schema.version:
            _empty_log(place)
    except (*FAULTS, OSError) as error:
        raise unavailable(place.path, error) from error
    if found > schema.version:
        raise unavailable(place.path, "newer")


def _find_version(place: Place) -> int:
    with closing(connect_reader(place)) as connection:
        (version,) = connection.execute("pragma user_version").fetchone()
        # The version lies on the first page; this reads the schema too.
        connection.execute("select count(*) from sqlite_schema").fetchone()
        return int(version)


def _bring_up_to_date(place: Place, schema: Schema) -> None:
    with closing(connect_writer(place)) as connection:
        begin(connection, place.patience)
        if not make_whole(connection, schema.name):
            schema.migrate(connection)
        connection.execute("commit")


def _empty_log(place: Place) -> None:
    """Erase what a process that was killed had deleted: its log may hold it still.

    A log that others are using is left to them.
    """
    log = place.path.with_name(f"{place.path.name}-wal")
    if not log.exists() or log.stat().st_size == 0:
        return
    with suppress(*FAULTS), closing(connect_writer(place)) as connection:
        connection.execute(EMPTY_LOG)


def _connect(path: Path, mode: str, timeout: float) -> sqlite3.Connection:
    return sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode={mode}",
        uri=True,
        timeout=timeout,
        isolation_level=None,
        check_same_thread=False,
    )


def _repeat_while_busy(connection: sqlite3.Connection, statement: str, patience: float) -> None:
    """Ask again after a random short while: nobody is favoured, and nobody starves for long."""
    deadline = time.monotonic() + patience
    while True:
        try:
            connection.execute(statement)
        except FAULTS as error:
            if not is_busy(error) or time.monotonic() >= deadline:
                raise
        else:
            return
        # Guards no secret: two writers must only not ask in step.
        time.sleep(random.uniform(0.0002, 0.002))  # noqa: S311
