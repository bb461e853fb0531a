"""Databases of earlier states of riskq: opened, brought up to date, and all in them as it was.

tests/store/upgrades/README.md says how they were made. What is expected stands beside each dump, as
the riskq that wrote it told it.
"""

from __future__ import annotations

import base64
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from riskq.cli import main
from riskq.cli.terminal import FAULTY
from riskq.engine import Written
from riskq.questionnaire import Catalogue
from riskq.services import (
    Desk,
    Opened,
    Saving,
    accounts,
    audit,
    conclusion_form,
    evidence,
    find_revision,
    resume,
    save_answer,
    screenings,
    submit,
    tokens,
    workspaces,
)
from riskq.services.backups import (
    Kept,
    back_up,
    restore_backup,
)
from riskq.store import copying, open_bundles, open_files, open_store
from tests.users import CHEAP

DUMPS = Path(__file__).resolve().parents[1] / "store" / "upgrades"
FIRST, WORKSPACES = "schema-03", "schema-18"

Told = dict[str, Any]


@dataclass(frozen=True)
class Upgraded:
    """A database of an earlier state that is open now, and what that state told of it."""

    path: Path
    desk: Desk
    told: Told

    def owner(self) -> workspaces.Seat:
        """The seat of the workspace's owner, who signs in with the password of then."""
        place = self.told["workspace"]
        given = (place["owner"], place["password"])
        entrance = accounts.sign_in(self.desk, *given, address="127.0.0.1", browser="a browser")
        signed_in = accounts.who(self.desk, entrance.secret)
        assert signed_in is not None
        return workspaces.take_seat(self.desk, signed_in.user, place["id"])


def write_dump(dump: str, path: Path) -> None:
    """Make the database that a dump describes, with the version of its schema."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((DUMPS / f"{dump}.sql").read_text("utf-8"))


def read_told(dump: str) -> Told:
    """What the riskq that wrote a database told of it."""
    told: Told = json.loads((DUMPS / f"{dump}.json").read_text("utf-8"))
    return told


def open_desk(path: Path, told: Told) -> Desk:
    """The desk of a service at this database, some days after it was last written to."""
    moment = datetime.fromisoformat(told["at"])
    files = open_files(path.with_name("riskq-evidence"), spare=0)
    return Desk(open_store(path), Catalogue(), lambda: moment, passwords=CHEAP, files=files)


@pytest.fixture
def upgrade(tmp_path: Path) -> Iterator[Callable[[str], Upgraded]]:
    """Opens the database of a dump, with the files attached to its answers."""
    opened: list[Desk] = []

    def open_one(dump: str) -> Upgraded:
        path, told = tmp_path / "riskq.db", read_told(dump)
        write_dump(dump, path)
        if "evidence" in told:
            folder = tmp_path / "riskq-evidence"
            folder.mkdir()
            content = base64.b64decode(told["evidence"]["content"])
            (folder / told["evidence"]["id"]).write_bytes(content)
        opened.append(open_desk(path, told))
        return Upgraded(path, opened[-1], told)

    yield open_one
    for desk in opened:
        desk.store.close()


def missing(expected: object, found: object, where: str = "") -> Iterator[str]:
    """Where something that was told then is told no more, or otherwise; new keys may be there."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            yield from missing(value, found.get(key), f"{where}/{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for number, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from missing(one, other, f"{where}/{number}")
    elif expected != found:
        yield f"{where}: {expected!r} became {found!r}"


def expect_as_told(desk: Desk, opened: Opened, told: Told) -> None:
    """The answers are those of then, the conclusion is, and every revision with its own."""
    saved = {one.question: [one.value, one.because, one.version] for one in opened.record.answers}
    assert saved == told["saved"]
    now = conclusion_form(opened.questionnaire, opened.judge.conclusion)
    assert list(missing(told["conclusion"], json.loads(json.dumps(now)))) == []
    assert opened.record.last_revision == len(told["revisions"])
    for one in told["revisions"]:
        found = find_revision(desk, opened, one["number"])
        assert found is not None
        assert found.record.sha256 == one["sha256"]
        now = conclusion_form(found.questionnaire, found.conclusion)
        before = json.loads(found.record.snapshot)["conclusion"]
        assert list(missing(before, json.loads(json.dumps(now)))) == []


@pytest.mark.parametrize("dump", [FIRST, WORKSPACES])
def test_every_assessment_opens_by_its_link_and_is_judged_as_then(
    upgrade: Callable[[str], Upgraded], dump: str
) -> None:
    upgraded = upgrade(dump)
    assert upgraded.told["assessments"]
    for told in upgraded.told["assessments"]:
        expect_as_told(upgraded.desk, resume(upgraded.desk, told["secret"]), told)


@pytest.mark.parametrize("dump", [FIRST, WORKSPACES])
def test_an_upgraded_database_is_whole_and_takes_answers(
    upgrade: Callable[[str], Upgraded], dump: str
) -> None:
    upgraded = upgrade(dump)
    copying.check_copy(upgraded.path)
    secret, name = upgraded.told["assessments"][-1]["secret"], "system-name"
    opened = resume(upgraded.desk, secret)
    saving = Saving(opened.versions.get(name, 0))
    save_answer(upgraded.desk, opened, name, Written("Given after the upgrade"), saving)
    opened = resume(upgraded.desk, secret)
    assert opened.answers[name] == Written("Given after the upgrade")
    before = opened.record.last_revision
    made = submit(upgraded.desk, opened, seen=opened.record.sequence, language="en")
    assert made.record.number == before + 1


def test_a_workspace_has_its_members_and_what_they_said(
    upgrade: Callable[[str], Upgraded],
) -> None:
    upgraded = upgrade(WORKSPACES)
    desk, told, seat = upgraded.desk, upgraded.told["workspace"], upgraded.owner()
    assert seat.workspace.name == told["name"]
    colleagues = workspaces.list_members(desk, seat)
    assert {one.email: one.role.value for one in colleagues} == told["roles"]
    held = workspaces.held_in(desk, seat, upgraded.told["held"]["id"])
    said = workspaces.describe(desk, held)
    assert (said.title, list(said.tags), said.note, str(said.review_on)) == tuple(
        told[key] for key in ("title", "tags", "note", "review_on")
    )
    (client,) = workspaces.clients_of(desk, seat)
    assert client.name == told["client"]
    expect_as_told(desk, workspaces.open_held(desk, held), upgraded.told["held"])


def test_links_tokens_and_calendars_that_were_handed_out_go_on_to_work(
    upgrade: Callable[[str], Upgraded],
) -> None:
    upgraded = upgrade(WORKSPACES)
    desk, told = upgraded.desk, upgraded.told["workspace"]
    assert workspaces.find_invitation(desk, told["invitation"]).workspace.name == told["name"]
    token = tokens.seat_of_token(desk, told["token"])
    assert token is not None
    assert token.workspace.id == told["id"]
    assert [one.title for one in workspaces.open_feed(desk, told["calendar"]).due] == [
        told["title"]
    ]


def test_an_attached_file_is_there_with_its_content(upgrade: Callable[[str], Upgraded]) -> None:
    upgraded = upgrade(WORKSPACES)
    told = upgraded.told["evidence"]
    held = workspaces.held_in(upgraded.desk, upgraded.owner(), upgraded.told["held"]["id"])
    opened = workspaces.open_held(upgraded.desk, held)
    (file,) = evidence.files_of(upgraded.desk, opened, told["question"])
    assert (file.name, file.sha256) == (told["name"], told["sha256"])
    content = evidence.content_of(upgraded.desk, opened, file)
    assert content == base64.b64decode(told["content"])


def test_a_screening_stands_where_it_stood(upgrade: Callable[[str], Upgraded]) -> None:
    upgraded = upgrade(WORKSPACES)
    desk, told = upgraded.desk, upgraded.told["screening"]
    of = screenings.find_screening(desk, upgraded.owner(), told["id"])
    for vendor, then in told["vendors"].items():
        looked = screenings.look_at(desk, of, vendor)
        assert looked.opened is not None
        assert (looked.vendor.name, looked.vendor.decision, looked.vendor.reason) == tuple(
            then[key] for key in ("name", "decision", "reason")
        )
        assert {name: said.comment for name, said in looked.reviews.items()} == then["comments"]
        assert looked.opened.record.open_to == then["open_to"]
        expect_as_told(desk, looked.opened, then)
        assert looked.accepted is not None
        accepted = {one.id: list(one.possible) for one in looked.accepted.conclusion.scales}
        assert accepted == then["accepted"]
        assert screenings.find_by_link(desk, then["secret"]).vendor.id == vendor


def test_the_history_is_unbroken(upgrade: Callable[[str], Upgraded]) -> None:
    upgraded = upgrade(WORKSPACES)
    books = audit.check_books(upgraded.desk, {})
    assert {one.book: [one.events, one.head] for one in books} == upgraded.told["books"]
    assert not [fault for one in books for fault in one.faults]


def test_bundles_of_reports_go_on_to_wait(tmp_path: Path) -> None:
    write_dump(f"{FIRST}-bundles", tmp_path / "riskq-bundles.db")
    with closing(open_bundles(tmp_path / "riskq-bundles.db")) as bundles:
        items = bundles.items(read_told(FIRST)["bundle"])
        assert [(one.name, one.state) for one in items] == [
            ("one.yml", "waiting"),
            ("two.yml", "failed"),
        ]


def test_a_backup_made_before_the_upgrade_is_restored_and_brought_up_to_date(
    tmp_path: Path,
) -> None:
    told = read_told(FIRST)
    old, new = kept_in(tmp_path / "old"), kept_in(tmp_path / "new")
    for kept in (old, new):
        kept.database.parent.mkdir()
    write_dump(FIRST, old.database)
    write_dump(f"{FIRST}-bundles", old.bundles)
    back_up(old, tmp_path / "before.tar", datetime.fromisoformat(told["at"]))
    restore_backup(tmp_path / "before.tar", new)
    desk = open_desk(new.database, told)
    with closing(desk.store):
        for one in told["assessments"]:
            expect_as_told(desk, resume(desk, one["secret"]), one)


def kept_in(folder: Path) -> Kept:
    """What a service in this folder keeps."""
    return Kept(folder / "riskq.db", folder / "riskq-bundles.db", folder / "riskq-evidence")


def test_a_newer_database_is_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_dump(WORKSPACES, tmp_path / "riskq.db")
    with closing(sqlite3.connect(tmp_path / "riskq.db")) as newer:
        newer.execute("pragma user_version = 999")
    before = (tmp_path / "riskq.db").read_bytes()
    monkeypatch.setenv("RISKQ_DATABASE", str(tmp_path / "riskq.db"))
    monkeypatch.setenv("RISKQ_SECRET_KEY", "k" * 40)
    assert main(["tidy"]) == FAULTY
    told = capsys.readouterr().err
    assert "a newer riskq wrote it. Install that release, or restore a backup." in told
    assert (tmp_path / "riskq.db").read_bytes() == before
