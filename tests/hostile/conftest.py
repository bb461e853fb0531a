"""One walk for the whole sweep: its answers are replaced, not walked again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from riskq.questionnaire import Catalogue
from riskq.report import Sealer
from riskq.services import Desk, Documents
from riskq.settings import Settings
from riskq.store import open_store
from riskq.web import create_app
from tests.keys import KEYS
from tests.web.answered import answered
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.members import SECRET


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile") / "riskq.db"


@pytest.fixture(scope="module")
def app(database: Path, sealer: Sealer) -> Iterator[Flask]:
    """An application that answers errors with pages, as it does for people."""
    store, documents = open_store(database), Documents(sealer)
    desk = Desk(store, Catalogue(), Clock(), keys=KEYS)
    yield create_app(Settings(str(database), SECRET), desk=desk, documents=documents)
    documents.close()
    store.close()


@pytest.fixture(scope="module")
def holder(app: Flask) -> Browser:
    """A browser that has answered every question."""
    return answered(Browser(app))
