"""``riskq doctor``: what is wrong is found, named, and told how to mend."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

from riskq.cli import main
from riskq.clock import now
from riskq.engine import read_answers
from riskq.questionnaire import Catalogue
from riskq.report import Sealer
from riskq.services import Desk, evidence, resume, start
from riskq.settings import SealSettings
from riskq.store import OUTBOX, QueuedLetter, open_files, open_store
from tests.ai_law import EDITION, NAME, questionnaire
from tests.attachments import PDF
from tests.keys import KEYS

Doctor = Callable[..., tuple[int, str]]


@pytest.fixture
def doctor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Doctor:
    """Looks at parts of a deployment with one assessment; its exit code, and what it printed."""
    monkeypatch.setenv("RISKQ_DATABASE", str(tmp_path / "riskq.db"))
    monkeypatch.setenv("RISKQ_SECRET_KEY", "s" * 40)
    monkeypatch.setenv("RISKQ_ORIGIN", "https://riskq.example.kz")
    monkeypatch.setenv("RISKQ_SEAL_FOLDER", str(tmp_path / "seal"))
    store = open_store(tmp_path / "riskq.db")
    desk = Desk(
        store, Catalogue(), files=open_files(tmp_path / "riskq-evidence", spare=0), keys=KEYS
    )
    answers = read_answers(questionnaire(), {"system-name": "Sorter"}, EDITION.max)
    opened = resume(desk, start(desk, NAME, "kk", answers).secret)
    evidence.attach(desk, opened, "system-name", evidence.Given("a.pdf", BytesIO(PDF)), "holder")
    store.close()

    def look(*parts: str) -> tuple[int, str]:
        code = main(["doctor", *parts])
        return code, capsys.readouterr().out

    return look


def test_what_is_well_is_told(doctor: Doctor) -> None:
    code, told = doctor("settings", "database", "keys", "evidence", "mail", "worker", "queue")
    assert (code, told.count("[+]")) == (0, 8), told
    assert "All 1 assessments are encrypted." in told
    assert "whole, 1 assessments" in told


@pytest.mark.slow
def test_all_is_well(doctor: Doctor, tmp_path: Path) -> None:
    Sealer(SealSettings(tmp_path / "seal")).close()
    code, told = doctor()
    assert code == 0, told
    assert "[x]" not in told
    assert "whole, 1 assessments" in told
    assert "All 1 attached files are there." in told
    assert "A report takes" in told
    assert "It answers; messages that wait: 0." in told
    parts = [line.split()[1] for line in told.splitlines() if line.startswith("[")]
    assert parts == [
        *("settings:", "room:", "database:", "clock:", "keys:", "evidence:", "questionnaires:"),
        *("seal:", "reports:", "mail:", "worker:", "queue:"),
    ]


def test_a_database_that_others_may_read_is_told(doctor: Doctor, tmp_path: Path) -> None:
    (tmp_path / "riskq.db").chmod(0o640)
    code, told = doctor("database")
    assert code == 1
    assert f"chmod 600 {tmp_path / 'riskq.db'}" in told


def test_a_damaged_database_is_told(doctor: Doctor, tmp_path: Path) -> None:
    with (tmp_path / "riskq.db").open("r+b") as file:
        file.seek(4096 * 2)
        file.write(b"\x55" * 4096)
    code, told = doctor("database", "worker")
    assert code == 1
    assert "[x] database:" in told
    assert "docs/backups.md" in told


def test_a_database_that_is_not_there_is_to_be_looked_at(
    doctor: Doctor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RISKQ_DATABASE", str(tmp_path / "other.db"))
    code, told = doctor("database", "evidence", "worker")
    assert code == 0
    assert "there is none yet" in told
    assert not (tmp_path / "other.db").exists()


def test_a_clock_that_was_set_back_is_told(doctor: Doctor, tmp_path: Path) -> None:
    later = int((now() + timedelta(days=3)).timestamp() * 1000)
    with closing(sqlite3.connect(tmp_path / "riskq.db")) as database, database:
        database.execute("update assessments set touched_at = ?", (later,))
    code, told = doctor("database")
    assert code == 1
    assert "[x] clock: Somebody saved at" in told


def test_files_that_are_lost_are_told(doctor: Doctor, tmp_path: Path) -> None:
    (file,) = (tmp_path / "riskq-evidence").iterdir()
    file.unlink()
    code, told = doctor("evidence")
    assert code == 1
    assert f"1 of 1 attached files are not there, such as {file.name}." in told


def test_a_key_that_others_may_read_is_told(doctor: Doctor, tmp_path: Path) -> None:
    (tmp_path / "seal").mkdir()
    (tmp_path / "seal" / "key.pem").write_text("x")
    (tmp_path / "seal" / "key.pem").chmod(0o644)
    code, told = doctor("seal")
    assert code == 1
    assert "run chmod 600 on it" in told


def test_a_mail_server_that_does_not_answer_is_told(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RISKQ_SMTP", "smtp://127.0.0.1:9")
    monkeypatch.setenv("RISKQ_MAIL_FROM", "riskq@example.kz")
    code, told = doctor("mail")
    assert code == 1
    assert "[x] mail: 127.0.0.1:9 takes no letters (connection)." in told


def test_a_queue_that_does_not_answer_is_told(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RISKQ_QUEUE", "redis://127.0.0.1:9/0")
    code, told = doctor("queue")
    assert code == 1
    assert "Look at RISKQ_QUEUE" in told


def test_letters_that_nobody_sends_are_told(doctor: Doctor, tmp_path: Path) -> None:
    long_ago = now() - timedelta(hours=2)
    about = ("book", "about", "member", "title", b"", long_ago)
    store = open_store(tmp_path / "riskq.db")
    store.change(lambda unit: OUTBOX.add(unit, QueuedLetter("a", *about, "queued", 0, long_ago)))
    store.close()
    code, told = doctor("worker")
    assert code == 1
    assert "1 letters or messages" in told
    assert "riskq worker" in told


def test_a_folder_that_is_not_there_is_told(
    doctor: Doctor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RISKQ_DATABASE", str(tmp_path / "nowhere" / "riskq.db"))
    code, told = doctor("room")
    assert code == 1
    assert "[x] room:" in told


def test_a_service_for_oneself_is_to_be_looked_at(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RISKQ_ORIGIN")
    code, told = doctor("settings")
    assert code == 0
    assert "[?] settings:" in told


def test_a_part_that_there_is_not_is_refused(
    doctor: Doctor, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", "databse"]) == 2
    assert '"databse" is no part. These are: settings, room,' in capsys.readouterr().err
    assert doctor("room")[0] == 0
