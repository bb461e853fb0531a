"""A browser without scripts for the tests of the pages, on a real application and a real store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from riskq.questionnaire import Catalogue
from riskq.services import Desk
from riskq.store import open_store
from riskq.web import Settings, create_app
from tests.web.browser import Browser

SECRET = "a secret of the tests, long enough to be one"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def move(self, days: int) -> None:
        self.moment += timedelta(days=days)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "riskq.db"


@pytest.fixture
def desk(database: Path, catalogue: Catalogue, clock: Clock) -> Iterator[Desk]:
    store = open_store(database)
    yield Desk(store, catalogue, clock)
    store.close()


@pytest.fixture
def app(desk: Desk, database: Path) -> Iterator[Flask]:
    yield from make_app(desk, database)


def make_app(desk: Desk, database: Path, origin: str = "") -> Iterator[Flask]:
    """An application at a desk; what it started ends with the test."""
    app = create_app(Settings(str(database), SECRET, origin), desk=desk)
    app.config["PROPAGATE_EXCEPTIONS"] = True
    yield app
    app.extensions["riskq"].documents.close()


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)
