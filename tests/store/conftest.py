"""Stores for tests, each in a folder of its own and closed at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from riskq.store import Store, open_store

pytest.register_assert_rewrite("tests.store.contract", "tests.store.builders")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store's file will be."""
    return tmp_path / "riskq.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An empty store in SQLite."""
    opened = open_store(path)
    yield opened
    opened.close()
