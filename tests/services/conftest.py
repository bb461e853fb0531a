"""Desks for tests of services: with the published editions, or with two that differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from riskq.questionnaire import Catalogue
from riskq.services import Desk
from riskq.store import open_files
from tests.builders import CHANGES, Folder, make_folder
from tests.keys import KEYS
from tests.stores import new_store
from tests.users import CHEAP
from tests.web.conftest import Clock

__all__ = ["FIRST", "SECOND", "Service"]

FIRST, SECOND = date(2026, 5, 1), date(2026, 9, 1)
SECOND_CHANGES = CHANGES.replace("2026-05-01", "2026-09-01").replace("Owners", "Whoever guesses")


@dataclass
class Service:
    """A desk, and the time that it is there."""

    folder: Folder
    moments: list[datetime] = field(default_factory=lambda: [datetime(2026, 6, 1, 8, tzinfo=UTC)])
    desk: Desk = field(init=False)
    files: Path = field(init=False)

    def open(self, path: Path) -> None:
        """Open the store and put the catalogue on the desk."""
        store = new_store(path)
        self.files = path.with_name("riskq-evidence")
        self.desk = Desk(
            *(store, Catalogue(self.folder.root), lambda: self.moments[-1]),
            passwords=CHEAP,
            files=open_files(self.files, spare=0),
            keys=KEYS,
        )

    def wait(self, **time: float) -> None:
        """Let time pass."""
        self.moments.append(self.moments[-1] + timedelta(**time))

    def go_to(self, day: date) -> None:
        """Let it be noon of a day."""
        self.moments.append(datetime(day.year, day.month, day.day, 7, tzinfo=UTC))


def add_second(folder: Folder) -> None:
    """A second edition: one option is gone, a question is new, and a level has another bound."""
    copy = folder.root / "small" / SECOND.isoformat()
    copytree(folder.edition.folder, copy)
    for name, old, new in (
        ("questions.yml", "edition: 2026-05-01", f"edition: {SECOND}"),
        ("questions.yml", "options: [unknown], cites", "cites"),
        (
            "questions.yml",
            "      - {id: reviewed,",
            "      - {id: spare, kind: text, length: {max: 9}}\n      - {id: reviewed,",
        ),
        ("rules.yml", "{users: {at-least: 1000}}]}", "{users: {at-least: 500}}]}"),
        *(
            (f"text/{code}.yml", "  reviewed:", "  spare: {ask: What else?}\n  reviewed:")
            for code in ("kk", "ru", "en")
        ),
    ):
        text = (copy / name).read_text("utf-8")
        assert text.count(old) == 1, (name, old)
        (copy / name).write_text(text.replace(old, new), "utf-8")
    log = SECOND_CHANGES + CHANGES.partition("editions:\n")[2]
    folder.write("changes.yml", log)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    store = new_store(tmp_path / "riskq.db")
    files = open_files(tmp_path / "files", spare=0)
    yield Desk(store, Catalogue(), clock, passwords=CHEAP, files=files, keys=KEYS)
    store.close()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """A service with two editions, in June, when the first is in force."""
    folder = make_folder(tmp_path / "data")
    add_second(folder)
    made = Service(folder)
    made.open(tmp_path / "riskq.db")
    yield made
    made.desk.store.close()
