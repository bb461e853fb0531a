"""Empty stores for tests: their tables are made once, and each test gets a copy of the file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from riskq.store import Store, open_store

__all__ = ["new_store"]


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
