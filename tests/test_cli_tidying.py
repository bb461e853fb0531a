"""``riskq tidy``: removes what is kept no longer, and tells it first with ``--dry-run``."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from riskq.cli import main
from riskq.clock import now
from riskq.questionnaire import Catalogue
from riskq.services import Desk, start
from riskq.store import Bundle, NewItem, open_bundles, open_store
from tests.ai_law import EDITION
from tests.stores import contents_of


def numbers_of(told: str) -> list[int]:
    return [int(line.rpartition(": ")[2]) for line in told.splitlines() if line.startswith("  ")]


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One assessment and one bundle that have expired, one of each that has not, a lost file."""
    path = tmp_path / "riskq.db"
    monkeypatch.setenv("RISKQ_DATABASE", str(path))
    monkeypatch.setenv("RISKQ_SECRET_KEY", "s" * 40)
    store = open_store(path)
    bundles = open_bundles(tmp_path / "riskq-bundles.db")
    for number, moment in enumerate((now() - timedelta(days=500), now())):
        start(
            Desk(store, Catalogue(), partial(datetime.fromtimestamp, moment.timestamp(), UTC)),
            "kz-ai-law",
            "kk",
        )
        about = ("kz-ai-law", EDITION, "digest", "kk", EDITION, moment, moment + timedelta(days=7))
        bundles.create(Bundle(f"b{number}", bytes([number]), *about), [NewItem("a", "{}")], 9)
    store.close()
    bundles.close()
    lost = tmp_path / "riskq-evidence" / ("a" * 12)
    lost.parent.mkdir()
    lost.write_bytes(b"x")
    os.utime(lost, (0, 0))
    return path


def test_what_would_be_removed_is_told_and_then_removed(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents_of(database)
    assert main(["tidy", "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Would be removed:")
    assert numbers_of(told) == [1, 1, 0, 1]
    assert contents_of(database) == before
    assert len(list((database.parent / "riskq-evidence").iterdir())) == 1
    assert main(["tidy"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Removed:")
    assert numbers_of(told) == [1, 1, 0, 1]
    assert main(["tidy", "--dry-run"]) == 0
    assert numbers_of(capsys.readouterr().out) == [0, 0, 0, 0]
    assert list((database.parent / "riskq-evidence").iterdir()) == []
