"""``riskq backup`` and ``riskq restore`` as an operator calls them."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskq.cli import main
from riskq.questionnaire import Catalogue
from riskq.services import Desk, start
from riskq.store import open_store
from tests.stores import contents_of


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "riskq.db"
    monkeypatch.setenv("RISKQ_DATABASE", str(path))
    monkeypatch.setenv("RISKQ_SECRET_KEY", "s" * 40)
    store = open_store(path)
    start(Desk(store, Catalogue()), "kz-ai-law", "kk")
    store.close()
    return path


def test_a_backup_is_made_proved_and_put_back(
    database: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    packed = tmp_path / "a.tar"
    assert main(["backup", str(packed)]) == 0
    told = capsys.readouterr().out
    assert "assessments: 1" in told
    assert "The service's keys are not in it." in told
    assert main(["restore", "--check", str(packed)]) == 0
    new = tmp_path / "new.db"
    monkeypatch.setenv("RISKQ_DATABASE", f"sqlite:///{new}")
    assert main(["restore", str(packed)]) == 0
    assert contents_of(new) == contents_of(database)
    assert main(["restore", str(packed)]) == 2
    assert "something is there already" in capsys.readouterr().err


@pytest.mark.usefixtures("database")
def test_what_goes_wrong_is_told_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.tar").write_bytes(b"no tar")
    assert main(["restore", "--check", str(tmp_path / "x.tar")]) == 2
    assert main(["restore", "--check", str(tmp_path / "nothing.tar")]) == 2
    assert main(["backup", str(tmp_path / "nowhere" / "a.tar")]) == 2
    assert main(["backup", str(tmp_path / "x.tar")]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 4
    assert "no backup that riskq made" in lines[0]
    assert "No such file or directory" in lines[1]
    assert "No such file or directory" in lines[2]
    assert "this file exists" in lines[3]
