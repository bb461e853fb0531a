"""What was stored before there were keys: read as it is, encrypted when it is written to."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from riskq.cli import main
from riskq.engine import Judge, read_answer, write_answer
from riskq.services import (
    Opened,
    Saving,
    Started,
    delete,
    download,
    encrypt_held,
    evidence,
    find_issued,
    find_revision,
    resume,
    save_answer,
    tell,
    workspaces,
)
from riskq.services.assessments import new_names, new_record
from riskq.services.audit import check_books
from riskq.services.documents import issue_of
from riskq.services.encryption import count_keys
from riskq.services.opening import open_by_id
from riskq.services.revisions import freeze
from riskq.services.workspaces import Held
from riskq.store import (
    EVIDENCE,
    HOLDER,
    HOLDINGS,
    NOTES,
    Act,
    AnswerChange,
    EvidenceFile,
    Holding,
    Note,
    Unit,
    book_of,
    evidence_added,
    history,
)
from tests.keys import KEYS, MASTER
from tests.services.conftest import Service
from tests.services.test_encryption import (
    ANSWERS,
    CONTENT,
    SECRETS,
    WORDS,
    WRITTEN,
    a_seat,
    files_of,
    found_in,
    run,
)

NAMED = (*SECRETS, "Stolypin-Marker", "bytes-of-the-marker")


def begun_before(service: Service) -> Started:
    """A submitted assessment with a file, stored as it was before there were keys."""
    desk, started = service.desk, new_names()
    loaded = desk.catalogue.load("small", desk.catalogue.in_force("small", desk.today()))
    record = new_record(desk, loaded, started, "kk", {})
    desk.store.create(record)
    act = Act(desk.clock(), HOLDER)
    answers = {}
    for number, (name, raw) in enumerate(ANSWERS.items()):
        question = loaded.by_id[name]
        answers[name] = read_answer(question, WRITTEN[name], desk.today())
        value = json.dumps(write_answer(question, read_answer(question, raw, desk.today())))
        change = AnswerChange(name, value, WORDS if name == "harms" else "", 0)
        desk.store.save(record.id, number, [change], act, record.expires_at)
    add_file(service, record.id, act)
    times = {"created_at": act.at, "submitted_at": act.at}
    new = freeze(Judge(loaded, answers, desk.today()), "kk", (), **times)
    desk.store.submit(record.id, len(ANSWERS), new, act)
    return started


def add_file(service: Service, assessment: str, act: Act) -> None:
    digest = hashlib.sha256(CONTENT).hexdigest()
    about = (assessment, "harms", "Stolypin-Marker.pdf", "application/pdf", len(CONTENT), digest)
    file = EvidenceFile("f" * 12, *about, *(act.at, act.by))
    service.desk.files.put(file.id, [CONTENT])

    def change(unit: Unit) -> None:
        EVIDENCE.add(unit, file)
        history.append(unit, book_of(assessment), evidence_added(act, file))

    service.desk.store.change(change)


def readable(service: Service) -> set[str]:
    """What of it stands readable in the files."""
    return {word for path in files_of(service) for word in found_in(path, NAMED)}


def save(service: Service, opened: Opened, name: str, raw: object) -> Opened:
    given = read_answer(opened.questionnaire.by_id[name], raw, opened.on)
    return save_answer(service.desk, opened, name, given, Saving(opened.versions[name], True))


def is_whole(service: Service, opened: Opened) -> None:
    """Everything that was there is there, and the books hold."""
    told = json.loads(download(service.desk, opened))
    assert told["revisions"][0]["answers"] == WRITTEN
    events = {one["subject"]: one["detail"] for one in told["history"] if one["action"] == "answer"}
    assert events["harms"]["new"]["because"] == WORDS
    (file,) = evidence.files_of(service.desk, opened)
    assert (file.name, file.sha256) == ("Stolypin-Marker.pdf", hashlib.sha256(CONTENT).hexdigest())
    assert evidence.content_of(service.desk, opened, file) == CONTENT
    assert tell(service.desk, book_of(opened.record.id), None, opened)
    assert not [book for book in check_books(service.desk, {}) if book.faults]


@pytest.mark.in_a_file
def test_it_is_read_as_it_is_and_encrypted_with_the_next_answer(service: Service) -> None:
    started = begun_before(service)
    assert readable(service) == set(NAMED)
    opened = resume(service.desk, started.secret)
    is_whole(service, opened)
    assert readable(service) == set(NAMED)
    opened = save(service, opened, "users", 6)
    assert readable(service) == set()
    is_whole(service, opened)
    is_whole(service, resume(service.desk, started.secret))
    assert service.desk.store.read(lambda unit: unit.rows("select 1 from revision_levels")) == []


def test_two_windows_come_to_the_same_key(service: Service) -> None:
    started = begun_before(service)
    first, second = (resume(service.desk, started.secret) for _ in range(2))
    save(service, first, "users", 6)
    with_both = save(service, second, "reviewed", "unsure")
    assert with_both.key is not None
    service.desk.recent.forget(started.id)
    opened = resume(service.desk, started.secret)
    assert opened.answers == with_both.answers
    is_whole(service, opened)


def test_a_report_from_before_is_still_looked_up_by_its_code(service: Service) -> None:
    opened = resume(service.desk, begun_before(service).secret)
    newest = find_revision(service.desk, opened)
    assert newest is not None
    issue = issue_of(newest)
    save(service, opened, "users", 6)
    found = find_issued(service.desk, issue.number, issue.code)
    assert found is not None
    assert found.form["answers"] == WRITTEN


@pytest.mark.in_a_file
def test_taking_it_in_encrypts_it(service: Service) -> None:
    started, seat = begun_before(service), a_seat(service)
    workspaces.claim(service.desk, seat, resume(service.desk, started.secret), "Crane")
    assert readable(service) == set()
    is_whole(service, open_by_id(service.desk, started.id))


@pytest.fixture
def held(service: Service) -> Held:
    """An assessment that a workspace has held since before there were keys."""
    started, seat = begun_before(service), a_seat(service)
    holding = Holding(started.id, seat.workspace.id, "Crane", service.desk.clock(), "crane")

    def change(unit: Unit) -> None:
        HOLDINGS.add(unit, holding)
        NOTES.add(unit, Note(started.id, "a note with Stolypin-Marker"))

    service.desk.store.change(change)
    return Held(holding, seat)


@pytest.mark.in_a_file
def test_what_workspaces_hold_is_encrypted_when_asked_for(service: Service, held: Held) -> None:
    assert encrypt_held(service.desk, is_dry=True) == 1
    is_whole(service, workspaces.open_held(service.desk, held))
    assert readable(service) == set(NAMED)
    assert encrypt_held(service.desk) == 1
    assert readable(service) == set()
    is_whole(service, workspaces.open_held(service.desk, held))
    assert workspaces.describe(service.desk, held).note == "a note with Stolypin-Marker"
    assert encrypt_held(service.desk) == 0
    assert count_keys(service.desk.store, KEYS).held == 1


def test_an_answer_that_slipped_through_is_found(service: Service, held: Held) -> None:
    encrypt_held(service.desk)
    plain = "update answers set value = '\"yes\"' where question = 'in-scope'"
    assert run(service, plain) == 1
    assert encrypt_held(service.desk) == 1
    opened = workspaces.open_held(service.desk, held)
    is_whole(service, opened)


@pytest.mark.in_a_file
def test_the_command_encrypts(
    service: Service,
    held: Held,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("RISKQ_DATABASE", str(tmp_path / "riskq.db"))
    monkeypatch.setenv("RISKQ_SECRET_KEY", "s" * 40)
    monkeypatch.setenv("RISKQ_MASTER_KEY", MASTER)
    assert main(["keys", "encrypt", "--dry-run"]) == 0
    assert main(["keys", "encrypt"]) == 0
    assert capsys.readouterr().out.count("assessments of workspaces: 1") == 2
    is_whole(service, workspaces.open_held(service.desk, held))


@pytest.mark.in_a_file
def test_it_is_deleted_as_every_other(service: Service) -> None:
    opened = resume(service.desk, begun_before(service).secret)
    delete(service.desk, opened.record.id)
    service.desk.store.close()
    assert readable(service) == set()
