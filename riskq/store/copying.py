"""Copies of SQLite files as they were at one moment, whatever is written meanwhile."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from riskq.store.faults import FAULTS, unavailable

__all__ = ["check_copy", "copy_database", "count_rows", "open_copy"]


def copy_database(source: Path, target: Path, *, patience: float = 5.0) -> None:
    """Write a copy that nobody else on the machine may read; nobody who writes waits for it.

    It holds what is there and nothing of what was deleted. Raises ``StoreUnavailable``.
    """
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(open_copy(source, patience)) as connection:
            connection.execute("vacuum into ?", (str(target),))
        with target.open("rb") as file:
            os.fsync(file.fileno())
    except (*FAULTS, OSError) as error:
        raise unavailable(source, error) from error


def check_copy(path: Path) -> None:
    """Read the whole of a database; raises ``StoreUnavailable`` if anything in it is damaged."""
    try:
        with closing(open_copy(path, 0)) as connection:
            (told,) = connection.execute("pragma integrity_check(1)").fetchone()
            orphans = connection.execute("pragma foreign_key_check").fetchone()
    except FAULTS as error:
        raise unavailable(path, error) from error
    if told != "ok" or orphans is not None:
        raise unavailable(path, "corrupt")


def count_rows(path: Path, table: str) -> int:
    """How many rows a table has; ``table`` is a name of ours. Raises ``StoreUnavailable``."""
    try:
        with closing(open_copy(path, 0)) as connection:
            sql = f"select count(*) from {table}"  # noqa: S608 - Callers name tables of ours.
            return int(connection.execute(sql).fetchone()[0])
    except FAULTS as error:
        raise unavailable(path, error) from error


def open_copy(path: Path, patience: float = 0) -> sqlite3.Connection:
    """A connection to a file to which nothing is written."""
    address = f"file:{quote(str(path.absolute()))}?mode=ro"
    return sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None)
