"""A browser without scripts for the tests of the pages, on a real application and a real store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from riskq.questionnaire import Catalogue
from riskq.report import Sealer
from riskq.services import Desk, Documents
from riskq.settings import SealSettings, Settings
from riskq.store import open_files
from riskq.web import create_app
from riskq.web.app import make_state
from riskq.web.state import KEY
from tests.keys import KEYS
from tests.stores import new_store
from tests.users import CHEAP
from tests.web.browser import Browser
from tests.web.members import SECRET

MakeApp = Callable[..., Flask]


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


@pytest.fixture(scope="session")
def documents(sealer: Sealer) -> Iterator[Documents]:
    made = Documents(sealer)
    yield made
    made.close()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "riskq.db"


@pytest.fixture
def desk(database: Path, catalogue: Catalogue, clock: Clock) -> Iterator[Desk]:
    store = new_store(database)
    files = open_files(Settings(str(database), SECRET).evidence, spare=0)
    yield Desk(store, catalogue, clock, passwords=CHEAP, files=files, keys=KEYS)
    store.close()


@pytest.fixture(scope="session")
def shared() -> list[Flask]:
    """The application that tests without settings of their own use in turn, once there is one."""
    return []


@pytest.fixture
def make_app(
    desk: Desk,
    database: Path,
    documents: Documents,
    seal_folder: Path,
    shared: list[Flask],
) -> MakeApp:
    """Makes applications at the desk; all of them share one maker of documents."""

    def make(origin: str = "", at: Desk = desk, **others: Any) -> Flask:
        seal = SealSettings(seal_folder)
        settings = Settings(str(database), SECRET, origin, seal=seal, **others)
        made = create_app(settings, desk=at, documents=documents)
        made.config["PROPAGATE_EXCEPTIONS"] = True
        return made

    def share() -> Flask:
        if not shared:
            shared.append(make())
        (app,) = shared
        app.config["PROPAGATE_EXCEPTIONS"] = True
        settings = Settings(str(database), SECRET, seal=SealSettings(seal_folder))
        app.extensions[KEY] = make_state(settings, desk, documents)
        return app

    return lambda *given, **others: make(*given, **others) if given or others else share()


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app()


@pytest.fixture
def fresh(desk: Desk, database: Path, documents: Documents, seal_folder: Path) -> Flask:
    """An application as a page worker has it at its start, which no other test uses."""
    settings = Settings(str(database), SECRET, seal=SealSettings(seal_folder))
    return create_app(settings, desk=desk, documents=documents)


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)
