"""A service moves from its file into a server's database and back, whole and compared."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

from riskq.cli import main
from riskq.clock import now
from riskq.engine import read_answers
from riskq.questionnaire import Catalogue
from riskq.services import (
    Desk,
    check_books,
    evidence,
    resume,
    start,
    submit,
)
from riskq.services.backups import (
    BackupError,
    Kept,
    KeptOnServer,
    back_up,
    migrate,
    restore_backup,
)
from riskq.store import Bundle, NewItem, moving, open_bundles, open_files, open_store
from tests.ai_law import EDITION, NAME, answers_of, questionnaire
from tests.attachments import PDF, PNG
from tests.postgres import new_database, server
from tests.stores import contents_of
from tests.users import CHEAP

pytestmark = pytest.mark.slow


def kept_in(folder: Path) -> Kept:
    folder.mkdir()
    return Kept(folder / "riskq.db", folder / "riskq-bundles.db", folder / "riskq-evidence")


def desk_at(rows: Path | str, files: Path | str) -> Desk:
    return Desk(open_store(rows), Catalogue(), passwords=CHEAP, files=open_files(files, spare=0))


@pytest.fixture
def address() -> Iterator[str]:
    made = new_database()
    yield made
    server().drop(made)


@pytest.fixture
def secret() -> list[str]:
    return []


@pytest.fixture
def kept(tmp_path: Path, secret: list[str]) -> Kept:
    """A service in files: an assessment with files, submitted, and a bundle that waits."""
    place = kept_in(tmp_path / "service")
    desk = desk_at(place.database, place.evidence)
    answers = read_answers(questionnaire(), answers_of("attention-camera"), EDITION.max)
    secret.append(start(desk, NAME, "kk", answers).secret)
    opened = resume(desk, secret[0])
    name = next(iter(opened.journey.counted))
    for body, title in ((PDF, "Жоба «Қала».pdf"), (PNG, "b.png")):
        given = evidence.Given(title, BytesIO(body))
        evidence.attach(desk, resume(desk, secret[0]), name, given, "holder")
    opened = resume(desk, secret[0])
    submit(desk, opened, seen=opened.record.sequence, language="kk")
    desk.store.close()
    with closing(open_bundles(place.bundles)) as bundles:
        at = now()
        bundle = Bundle(
            *("one", b"key", NAME, EDITION, "0" * 64, "kk", at.date(), at),
            at + timedelta(days=7),
        )
        bundles.create(bundle, [NewItem("a", '{"a": 1}')], 9)
    return place


def said(database: Path) -> list[str]:
    """What a database says, but when its tables were made."""
    return [line for line in contents_of(database) if "_sqlite_migrations" not in line]


def files_at(desk: Desk, secret: str) -> dict[str, bytes]:
    opened = resume(desk, secret)
    files = evidence.files_of(desk, opened)
    return {one.name: evidence.content_of(desk, opened, one) for one in files}


def test_everything_arrives_and_comes_back(
    kept: Kept, secret: list[str], address: str, tmp_path: Path
) -> None:
    told = migrate(kept, address)
    assert (told["assessments"], told["files"], told["bundles"], told["items"]) == (1, 2, 1, 1)
    desk = desk_at(address, address)
    assert resume(desk, secret[0]).record.last_revision == 1
    assert files_at(desk, secret[0]) == {"Жоба «Қала».pdf": PDF, "b.png": PNG}
    assert not [state for state in check_books(desk, {}) if state.faults]
    with closing(open_bundles(address)) as bundles:
        assert bundles.unfinished(now()) == (("one", 0),)
    back_up(KeptOnServer(address), tmp_path / "a.tar", now())
    again = kept_in(tmp_path / "again")
    restore_backup(tmp_path / "a.tar", again)
    assert said(again.database) == said(kept.database)
    assert files_at(desk_at(again.database, again.evidence), secret[0]) == files_at(desk, secret[0])
    desk.store.close()


def test_a_backup_is_put_back_into_a_server(
    kept: Kept, secret: list[str], address: str, tmp_path: Path
) -> None:
    back_up(kept, tmp_path / "a.tar", now())
    restore_backup(tmp_path / "a.tar", KeptOnServer(address))
    desk = desk_at(address, address)
    assert set(files_at(desk, secret[0]).values()) == {PDF, PNG}
    desk.store.close()
    with pytest.raises(moving.NotEmptyError):
        restore_backup(tmp_path / "a.tar", KeptOnServer(address))


def test_nothing_is_moved_to_where_something_is(kept: Kept, address: str) -> None:
    migrate(kept, address)
    with pytest.raises(moving.NotEmptyError, match="something is there already"):
        migrate(kept, address)
    with pytest.raises(BackupError, match="a server's already"):
        migrate(KeptOnServer(address), address)


def test_a_file_whose_content_was_changed_stops_the_move(kept: Kept, address: str) -> None:
    damaged = next(kept.evidence.iterdir())
    damaged.write_bytes(b"another")
    with pytest.raises(BackupError, match=damaged.name):
        migrate(kept, address)
    desk = desk_at(address, address)
    assert desk.store.read(lambda unit: unit.rows("select count(*) from assessments")) == [(0,)]
    desk.store.close()
    shutil.rmtree(kept.evidence)
    assert migrate(kept, address)["files"] == 0


def test_a_row_that_the_server_would_change_stops_the_move(kept: Kept, address: str) -> None:
    with closing(sqlite3.connect(kept.database)) as damaging:
        damaging.execute("pragma ignore_check_constraints = on")
        damaging.execute("pragma foreign_keys = off")
        damaging.execute("update revisions set assessment = 'nowhere'")
        damaging.commit()
    with pytest.raises(Exception, match="postgresql"):
        migrate(kept, address)
    with closing(open_store(address)) as store:
        assert store.read(lambda unit: unit.rows("select count(*) from assessments")) == [(0,)]


def test_the_command_moves_and_tells(
    kept: Kept, address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RISKQ_DATABASE", str(kept.database))
    for name in ("RISKQ_SECRET_KEY", "RISKQ_MASTER_KEY"):
        monkeypatch.setenv(name, "s" * 40)
    assert main(["migrate", "--to", "riskq.db"]) == 2
    assert main(["migrate", "--to", address]) == 0
    told = capsys.readouterr().out
    assert "assessments: 1" in told
    assert "RISKQ_DATABASE_URL" in told
    monkeypatch.delenv("RISKQ_DATABASE")
    monkeypatch.setenv("RISKQ_DATABASE_URL", address)
    for command in (
        ["doctor", "database", "evidence", "worker", "queue"],
        ["tidy"],
        ["audit", "verify"],
    ):
        assert main(command) == 0, capsys.readouterr().out
    told = capsys.readouterr().out
    assert "The server reads and writes: 1 assessments." in told
    assert "All 2 attached files are there." in told
