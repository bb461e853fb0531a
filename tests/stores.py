"""Stores for tests: empty ones, and what one holds.

The tables of an empty one are made once, and each test gets a copy of the file.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from riskq.store import Store, open_store

__all__ = ["contents_of", "new_store"]


@cache
def _empty() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "riskq.db"
        open_store(path).close()
        return path.read_bytes()


def new_store(path: Path) -> Store:
    """Open a new store at the path."""
    path.touch(0o600)
    path.write_bytes(_empty())
    return open_store(path)


def contents_of(path: Path) -> list[str]:
    """All that the database says, as statements.

    Its bytes may change afterwards: the log is emptied some time after a deletion.
    """
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return list(connection.iterdump())
