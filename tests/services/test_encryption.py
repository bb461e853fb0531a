"""What people answer stands encrypted in the database: who has nothing else, has no answer."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from riskq.engine import read_answer
from riskq.services import (
    KeyMissingError,
    Opened,
    Saving,
    Started,
    UnreadableError,
    download,
    evidence,
    find_issued,
    find_revision,
    key_ring,
    list_revisions_of,
    open_assessment,
    resume,
    save_answer,
    start,
    submit,
    tell,
    workspaces,
)
from riskq.services.documents import issue_of
from riskq.services.encryption import decrypt_file, encrypt_file, key_for_link
from riskq.services.encryption.files import HEAD_BYTES, PIECE
from riskq.services.opening import open_again, open_by_id
from riskq.services.workspaces import Seat
from riskq.store import book_of, copying
from tests.services.conftest import Service
from tests.users import add_user

CONTENT = b"%PDF-1.7\n" + b"bytes-of-the-marker " * 8000 + b"\nstartxref\n0\n%%EOF\n"
MARKER, WORDS = "Zhaiyq-Marker-Crane", "lest the marker of words falls"
ANSWERS: dict[str, object] = {
    "name": MARKER,
    "in-scope": "yes",
    "harms": ["people"],
    "users": 54321,
    "reviewed": "never",
}
WRITTEN = {**ANSWERS, "users": "54321", "harms": {"answer": ["people"], "because": WORDS}}
SECRETS = (MARKER, "people", "54321", "never", WORDS)


def answer(service: Service, opened: Opened, name: str, raw: object) -> Opened:
    question = opened.questionnaire.by_id[name]
    said = read_answer(question, raw, opened.on)
    if name == "harms":
        said = replace(said, because=WORDS)
    saving = Saving(opened.versions.get(name, 0), confirmed=True)
    return save_answer(service.desk, opened, name, said, saving)


def walked(service: Service) -> Started:
    """An assessment that was walked, changed, and submitted."""
    started = start(service.desk, "small", "kk")
    opened = resume(service.desk, started.secret)
    for name, raw in ANSWERS.items():
        opened = answer(service, opened, name, raw)
    opened = answer(service, opened, "users", 777_888)
    opened = answer(service, opened, "users", 54321)
    submit(service.desk, opened, seen=opened.record.sequence, language="kk")
    return started


def forget(service: Service, started: Started) -> None:
    """Let nothing be known any more that was read before."""
    service.desk.recent.forget(started.id)


def files_of(service: Service) -> Iterator[Path]:
    database = next(service.files.parent.glob("riskq.db"))
    yield from database.parent.glob("riskq.db*")
    yield from service.files.glob("*")


def found_in(path: Path, words: tuple[str, ...] = SECRETS) -> list[str]:
    """Which of the words the bytes of a file hold, as they are or as JSON writes them."""
    content = path.read_bytes()
    return [
        word for word in words if word.encode() in content or json.dumps(word).encode() in content
    ]


def a_seat(service: Service) -> Seat:
    owner = add_user(service.desk)
    workspace = workspaces.found(service.desk, owner, "Alatau")
    return workspaces.take_seat(service.desk, owner, workspace.id)


def run(service: Service, sql: str, *values: object) -> int:
    """Change rows behind the service's back."""
    return service.desk.store.change(lambda unit: unit.run(sql, values))


@pytest.mark.in_a_file
def test_the_database_alone_has_no_answer(service: Service, tmp_path: Path) -> None:
    started = walked(service)
    assert [found_in(path) for path in files_of(service) if found_in(path)] == []
    copy = tmp_path / "copy.db"
    copying.copy_database(tmp_path / "riskq.db", copy)
    assert found_in(copy) == []
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("select count(*) from revision_levels").fetchone() == (0,)
    assert found_in(copy, (started.secret,)) == []


def test_with_its_link_everything_opens(service: Service) -> None:
    started = walked(service)
    forget(service, started)
    opened = open_assessment(service.desk, started.id, started.secret)
    assert opened.versions["users"] == 7
    told = json.loads(download(service.desk, opened))
    assert told["answers"] == WRITTEN
    assert told["revisions"][0]["answers"] == WRITTEN
    changes = [one["detail"] for one in told["history"] if one["subject"] == "users"]
    new = [json.loads(one["new"]["answer"]) for one in changes]
    assert new == ["54321", "777888", "54321"]
    newest = find_revision(service.desk, opened)
    assert newest is not None
    assert newest.conclusion == opened.conclusion
    (revision,) = list_revisions_of(service.desk, opened)
    submitted = tell(service.desk, book_of(started.id), None, opened)[0]
    assert submitted.detail["sha256"] == revision.sha256 == newest.record.sha256


def test_a_report_is_looked_up_by_its_number_and_code_with_nobody_there(service: Service) -> None:
    started = walked(service)
    opened = resume(service.desk, started.secret)
    newest = find_revision(service.desk, opened)
    assert newest is not None
    issue = issue_of(newest)
    forget(service, started)
    code = issue.code.lower().replace("-", " ")
    found = find_issued(service.desk, issue.number, code)
    assert found is not None
    assert found.form["answers"] == WRITTEN
    assert find_issued(service.desk, issue.number, "AAAA-BBBB-CCCC-DDDD") is None


def test_the_code_of_a_report_does_not_follow_from_its_answers(service: Service) -> None:
    numbers = [walked(service) for _ in range(2)]
    digests = set()
    for started in numbers:
        newest = find_revision(service.desk, resume(service.desk, started.secret))
        assert newest is not None
        digests.add(issue_of(newest).digest)
    assert len(digests) == 2


@pytest.mark.parametrize(
    "swap",
    [
        "update answers set value = (select value from answers where question = 'reviewed')",
        "update answers set version = version + 1 where question = 'name'",
        "update answers set value = replace(value, substr(value, 60, 4), 'AAAA')",
    ],
)
def test_answers_that_were_swapped_or_damaged_are_not_shown(service: Service, swap: str) -> None:
    started = walked(service)
    forget(service, started)
    assert run(service, swap)
    with pytest.raises(UnreadableError):
        open_assessment(service.desk, started.id, started.secret)


def test_an_answer_of_another_assessment_does_not_open(service: Service) -> None:
    mine, other = walked(service), walked(service)
    forget(service, mine)
    sql = (
        "update answers set value = (select value from answers o where o.assessment = ? and"
        " o.question = answers.question) where assessment = ?"
    )
    run(service, sql, other.id, mine.id)
    with pytest.raises(UnreadableError):
        open_assessment(service.desk, mine.id, mine.secret)


def test_a_snapshot_of_another_revision_does_not_open(service: Service) -> None:
    started = walked(service)
    opened = answer(service, resume(service.desk, started.secret), "users", 5)
    submit(service.desk, opened, seen=opened.record.sequence, language="kk")
    swap = "update revisions set snapshot = (select snapshot from revisions where number = 1)"
    run(service, swap)
    opened = resume(service.desk, started.secret)
    assert find_revision(service.desk, opened, 1) is not None
    with pytest.raises(UnreadableError):
        find_revision(service.desk, opened, 2)


@pytest.mark.in_a_file
def test_a_workspace_opens_what_it_took_in_and_its_link_does_not(service: Service) -> None:
    started, seat = walked(service), a_seat(service)
    workspaces.claim(service.desk, seat, resume(service.desk, started.secret), "Crane")
    assert [found_in(path) for path in files_of(service) if found_in(path)] == []
    held = workspaces.held_in(service.desk, seat, started.id)
    opened = workspaces.open_held(service.desk, held)
    assert json.loads(download(service.desk, opened))["answers"] == WRITTEN
    opened = answer(service, opened, "users", 6)
    assert workspaces.open_held(service.desk, held).answers == opened.answers


def test_taking_in_keeps_the_levels_that_lists_need(service: Service) -> None:
    started, seat = walked(service), a_seat(service)
    opened = resume(service.desk, started.secret)
    workspaces.claim(service.desk, seat, opened, "Crane")
    kept = service.desk.store.read(
        lambda unit: unit.rows("select scale, levels from revision_levels order by scale")
    )
    scales = {scale.id: " ".join(scale.if_applies) for scale in opened.conclusion.scales}
    assert dict(kept) == scales


def test_without_the_master_key_nothing_of_a_workspace_opens(service: Service) -> None:
    started, seat = walked(service), a_seat(service)
    workspaces.claim(service.desk, seat, resume(service.desk, started.secret), "Crane")
    copied = workspaces.copy(
        service.desk, workspaces.held_in(service.desk, seat, started.id), "Another"
    )
    for keys in (key_ring([]), key_ring(["another master key, long enough to be one"])):
        desk = replace(service.desk, keys=keys)
        for assessment in (started.id, copied):
            service.desk.recent.forget(assessment)
            with pytest.raises(KeyMissingError):
                open_by_id(desk, assessment)
    assert open_by_id(service.desk, copied).answers == open_by_id(service.desk, started.id).answers


def test_an_old_master_key_still_opens_what_stands_under_it(service: Service) -> None:
    started, seat = walked(service), a_seat(service)
    workspaces.claim(service.desk, seat, resume(service.desk, started.secret), "Crane")
    service.desk.recent.forget(started.id)
    newer = key_ring(["a newer master key, long enough to be one"])
    ring = replace(newer, masters=(*newer.masters, *service.desk.keys.masters))
    assert open_by_id(replace(service.desk, keys=ring), started.id).answers


def test_what_was_saved_before_there_were_keys_is_read_as_it_is(service: Service) -> None:
    started = walked(service)
    opened = resume(service.desk, started.secret)
    run(service, "update assessments set sealed_key = null")
    for stored in opened.record.answers:
        sql = "update answers set value = ?, because = ? where question = ?"
        run(service, sql, stored.value, stored.because, stored.question)
    assert resume(service.desk, started.secret).answers == opened.answers


def test_a_key_does_not_show_in_logs(service: Service) -> None:
    opened = resume(service.desk, walked(service).secret)
    assert opened.key is not None
    assert str(opened.key.secret) not in repr(opened)
    assert str(service.desk.keys.masters[0].secret) not in repr(service.desk.keys)


@pytest.mark.in_a_file
def test_files_and_their_names_are_encrypted_too(service: Service) -> None:
    started = walked(service)
    opened = resume(service.desk, started.secret)
    file_given = evidence.Given("Stolypin-Marker.pdf", BytesIO(CONTENT))
    file = evidence.attach(service.desk, opened, "harms", file_given, "holder")
    named, (stored,) = (
        ("Stolypin-Marker", "bytes-of-the-marker", file.sha256),
        service.files.iterdir(),
    )
    assert [found_in(path, named) for path in files_of(service) if found_in(path, named)] == []
    opened = resume(service.desk, started.secret)
    assert evidence.files_of(service.desk, opened) == (file,)
    assert evidence.content_of(service.desk, opened, file) == CONTENT
    event = tell(service.desk, book_of(started.id), None, opened)[0]
    assert (event.detail["name"], event.detail["sha256"]) == (file.name, file.sha256)
    evidence.remove(service.desk, opened, file, "holder")
    event = tell(service.desk, book_of(started.id), None, opened)[0]
    assert (event.action, event.detail["name"]) == ("evidence-removed", file.name)
    assert not stored.exists()


@pytest.mark.in_a_file
def test_the_name_of_a_refused_file_is_encrypted_too(service: Service) -> None:
    started = walked(service)
    opened = resume(service.desk, started.secret)
    file_given = evidence.Given("Stolypin-Marker.exe", BytesIO(b"MZ"))
    with pytest.raises(evidence.RefusedFileError):
        evidence.attach(service.desk, opened, "harms", file_given, "holder")
    named = ("Stolypin-Marker",)
    assert [found_in(path, named) for path in files_of(service) if found_in(path, named)] == []
    event = tell(service.desk, book_of(started.id), None, opened)[0]
    assert (event.action, event.detail["name"]) == ("evidence-refused", "Stolypin-Marker.exe")


def test_a_workspace_opens_the_files_of_what_it_took_in(service: Service) -> None:
    started, seat = walked(service), a_seat(service)
    opened = resume(service.desk, started.secret)
    file_given = evidence.Given("a.pdf", BytesIO(CONTENT))
    file = evidence.attach(service.desk, opened, "harms", file_given, "holder")
    workspaces.claim(service.desk, seat, open_again(service.desk, opened), "Crane")
    held = workspaces.open_held(service.desk, workspaces.held_in(service.desk, seat, started.id))
    assert evidence.content_of(service.desk, held, file) == CONTENT


@given(st.integers(0, 3 * PIECE), st.data())
@settings(max_examples=25, deadline=None)
def test_files_of_every_length_come_back_and_cut_ones_do_not(
    size: int, data: st.DataObject
) -> None:
    key, content = key_for_link("a", "link"), secrets.token_bytes(size)
    pieces = (content[at : at + PIECE] for at in range(0, size, PIECE))
    stored = b"".join(encrypt_file(key, "f", pieces))
    assert decrypt_file(key, "f", stored) == content
    cut = data.draw(st.integers(7, len(stored) - 1))
    with pytest.raises(UnreadableError):
        decrypt_file(key, "f", stored[:cut])
    with pytest.raises(UnreadableError):
        decrypt_file(key, "g", stored)


def test_a_file_cut_between_two_pieces_does_not_open() -> None:
    key = key_for_link("a", "link")
    stored = b"".join(encrypt_file(key, "f", [bytes(PIECE), bytes(PIECE), b"end"]))
    for end in (1, 2):
        with pytest.raises(UnreadableError):
            decrypt_file(key, "f", stored[: HEAD_BYTES + end * (PIECE + 16)])


@pytest.mark.in_a_file
def test_private_notes_are_encrypted(service: Service) -> None:
    started, seat = walked(service), a_seat(service)
    workspaces.claim(service.desk, seat, resume(service.desk, started.secret), "Crane")
    held = workspaces.held_in(service.desk, seat, started.id)
    seen = workspaces.describe(service.desk, held)
    said = replace(seen, note="a note with Turgenev-Marker")
    workspaces.redescribe(service.desk, held, said, seen.digest)
    named = ("Turgenev-Marker",)
    assert [found_in(path, named) for path in files_of(service) if found_in(path, named)] == []
    assert workspaces.describe(service.desk, held) == said
