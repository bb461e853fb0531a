"""Stores for tests: empty ones, and what one holds.

The tables of an empty one are made once, and each test gets a copy of the file.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from riskq.store import Store, open_store

__all__ = ["IN_POSTGRES", "contents_of", "new_store"]

IN_POSTGRES = "RISKQ_TEST_IN_POSTGRES"
"""With this in the environment, tests that need no file have their stores in PostgreSQL."""


_ADDRESSES: dict[Path, str] = {}
"""Where the store is that a test has at a path, if it is in PostgreSQL."""


_COUNT = 'INSERT INTO "attempts"'
"""How many costly things somebody has asked for, which to look at something may change."""


@cache
def _empty() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "riskq.db"
        open_store(path).close()
        return path.read_bytes()


def new_store(path: Path) -> Store:
    """Open a new store at the path; in PostgreSQL instead where the tests are told so."""
    if os.environ.get(IN_POSTGRES):
        from tests.postgres import new_database

        _ADDRESSES[path] = new_database()
        return open_store(_ADDRESSES[path])
    path.touch(0o600)
    path.write_bytes(_empty())
    return open_store(path)


def contents_of(path: Path, *, counts: bool = True) -> list[str]:
    """All that the database says, as statements; without what is ``counts``, if that is wished.

    Its bytes may change afterwards: the log is emptied some time after a deletion.
    """
    if path in _ADDRESSES:
        from tests.postgres import rows_of

        told = rows_of(_ADDRESSES[path])
        return told if counts else [one for one in told if not one.startswith("attempts:")]
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        told = list(connection.iterdump())
    return told if counts else [one for one in told if not one.startswith(_COUNT)]
