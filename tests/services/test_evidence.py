"""Files at answers: within limits, whole or not at all, frozen by a revision, gone with it all."""

from __future__ import annotations

import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from io import BytesIO

import pytest
from msgspec.structs import replace

from riskq.engine import Answer, Chosen, Counted, Dated, Written
from riskq.services import (
    ChangedMeanwhileError,
    Keeper,
    NoAssessmentError,
    Opened,
    Saving,
    Submitted,
    delete,
    download,
    evidence,
    find_revision,
    resume,
    save_answer,
    start,
    submit,
    tell,
)
from riskq.services.evidence import MOST_BYTES, FileLostError, NoFileError, RefusedFileError
from riskq.services.issue import Issue, issue_of_snapshot
from riskq.services.opening import open_again
from riskq.services.received import read_issue
from riskq.store import (
    EVIDENCE,
    HOLDER,
    EvidenceFile,
    StoreUnavailable,
    book_of,
    open_files,
)
from tests.attachments import DOCX, PDF, PNG, padded_pdf
from tests.services.conftest import FIRST, Service

ANSWERS: dict[str, Answer] = {
    "name": Written("Crane"),
    "in-scope": Chosen(("yes",)),
    "harms": Chosen(("people",), because="It falls."),
    "users": Counted(Decimal(5)),
    "reviewed": Dated(FIRST),
}


@pytest.fixture
def opened(service: Service) -> Opened:
    """An assessment of which every question has an answer."""
    found = resume(service.desk, start(service.desk, "small", "en").secret)
    for name, answer in ANSWERS.items():
        found = save_answer(service.desk, found, name, answer, Saving(0))
    return found


def attach(
    service: Service, opened: Opened, name: str = "a.pdf", content: bytes = PDF, to: str = "harms"
) -> EvidenceFile:
    service.wait(seconds=1)
    given = evidence.Given(name, BytesIO(content))
    return evidence.attach(service.desk, opened, to, given, HOLDER)


def refused(service: Service, opened: Opened, name: str = "a.pdf", content: bytes = PDF) -> str:
    with pytest.raises(RefusedFileError) as told:
        attach(service, opened, name, content)
    return told.value.reason


def on_disk(service: Service) -> set[str]:
    return {path.name for path in service.files.iterdir()} if service.files.exists() else set()


def submit_now(service: Service, opened: Opened) -> Submitted:
    now = open_again(service.desk, opened)
    return submit(service.desk, now, seen=now.record.sequence, language="en")


def issue_of(submitted: Submitted) -> Issue:
    record = submitted.record
    return issue_of_snapshot(record.snapshot, submitted.number, record.number, "")


def test_a_file_comes_back_as_it_was_attached(service: Service, opened: Opened) -> None:
    file = attach(service, opened, "../Есеп.pdf")
    assert (file.name, file.bytes) == ("Есеп.pdf", len(PDF))
    assert file.sha256 == hashlib.sha256(PDF).hexdigest()
    assert evidence.content_of(service.desk, opened, file) == PDF
    assert evidence.files_of(service.desk, opened, "harms") == (file,)
    assert evidence.count_files(service.desk, opened) == {"harms": 1}
    assert on_disk(service) == {file.id}


def test_what_happens_to_files_stands_in_the_history(service: Service, opened: Opened) -> None:
    file = attach(service, opened)
    evidence.remove(service.desk, opened, file, "aida")
    events = tell(service.desk, book_of(opened.record.id), None, opened)[:2]
    told = {"name": "a.pdf", "bytes": len(PDF), "sha256": file.sha256}
    assert [(e.actor, e.action, e.subject, e.detail) for e in events] == [
        ("aida", "evidence-removed", "harms", told),
        (HOLDER, "evidence-added", "harms", told),
    ]
    assert on_disk(service) == set()


def test_an_empty_or_large_file_is_refused(service: Service, opened: Opened) -> None:
    assert refused(service, opened, content=b"") == "empty"
    assert refused(service, opened, content=padded_pdf(MOST_BYTES + 1)) == "too-large"
    assert attach(service, opened, content=padded_pdf(MOST_BYTES)).bytes == MOST_BYTES


def test_an_answer_has_ten_files_at_most(service: Service, opened: Opened) -> None:
    for number in range(10):
        attach(service, opened, f"{number}.pdf")
    assert refused(service, opened) == "too-many"
    assert attach(service, opened, to="users").question == "users"
    assert len(on_disk(service)) == 11


def test_an_assessment_has_a_hundred_megabytes_at_most(service: Service, opened: Opened) -> None:
    small = attach(service, opened, to="users")
    for number in range(9):
        large = replace(small, id=f"{number}", question="reviewed", bytes=MOST_BYTES)
        service.desk.store.change(partial(EVIDENCE.add, record=large))
    assert refused(service, opened, content=padded_pdf(MOST_BYTES)) == "no-room"
    left = MOST_BYTES - small.bytes
    assert attach(service, opened, content=padded_pdf(left)).bytes == left
    assert refused(service, opened) == "no-room"
    assert len(on_disk(service)) == 2


def test_uploads_at_once_do_not_pass_the_limit_together(service: Service, opened: Opened) -> None:
    for number in range(7):
        attach(service, opened, f"{number}.pdf")

    def try_one(number: int) -> bool:
        try:
            attach(service, opened, f"at once {number}.pdf")
        except RefusedFileError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(try_one, range(8)))
    assert sum(taken) == 3
    files = evidence.files_of(service.desk, opened)
    assert on_disk(service) == {file.id for file in files}
    assert len(files) == 10


def test_a_full_disk_leaves_nothing_half(service: Service, opened: Opened) -> None:
    full = replace(service.desk, files=open_files(service.files, spare=1 << 60))
    with pytest.raises(StoreUnavailable) as told:
        evidence.attach(full, opened, "harms", evidence.Given("a.pdf", BytesIO(PDF)), HOLDER)
    assert told.value.reason == "full"
    assert evidence.files_of(service.desk, opened) == ()
    assert on_disk(service) == set()


def test_what_was_deleted_meanwhile_takes_no_file(service: Service, opened: Opened) -> None:
    delete(service.desk, opened.record.id)
    with pytest.raises(NoAssessmentError):
        attach(service, opened)
    assert on_disk(service) == set()


def test_a_file_is_found_by_its_own_answer_alone(service: Service, opened: Opened) -> None:
    file = attach(service, opened)
    other = resume(service.desk, start(service.desk, "small", "en").secret)
    for where, question in ((opened, "users"), (other, "harms")):
        with pytest.raises(NoFileError):
            evidence.find_file(service.desk, where, question, file.id)
    evidence.remove(service.desk, other, file, HOLDER)
    assert evidence.find_file(service.desk, opened, "harms", file.id) == file


def test_lost_or_changed_content_is_never_given_out(service: Service, opened: Opened) -> None:
    file = attach(service, opened)
    (service.files / file.id).write_bytes(PDF + b"changed")
    with pytest.raises(FileLostError):
        evidence.content_of(service.desk, opened, file)
    (service.files / file.id).unlink()
    with pytest.raises(FileLostError):
        evidence.content_of(service.desk, opened, file)
    evidence.remove(service.desk, opened, file, HOLDER)
    assert evidence.files_of(service.desk, opened) == ()


def test_a_revision_tells_what_was_attached_then(service: Service, opened: Opened) -> None:
    pdf = attach(service, opened, "b.pdf")
    attach(service, opened, "a.docx", DOCX)
    attach(service, opened, "first.png", PNG, to="name")
    first = submit_now(service, opened)
    evidence.remove(service.desk, opened, pdf, HOLDER)
    second = submit_now(service, opened)
    names = [[file.name for file in issue_of(one).files] for one in (first, second)]
    assert names == [["first.png", "b.pdf", "a.docx"], ["first.png", "a.docx"]]
    assert (first.record.number, second.record.number) == (1, 2)
    again = find_revision(service.desk, open_again(service.desk, opened), 1)
    assert again is not None
    assert issue_of(again).files == issue_of(first).files
    assert not again.is_current
    assert not again.has_other_answers


def test_without_files_a_revision_has_no_key_for_them(service: Service, opened: Opened) -> None:
    assert "evidence" not in json.loads(submit_now(service, opened).record.snapshot)


def test_files_of_answers_set_aside_do_not_count(service: Service, opened: Opened) -> None:
    attach(service, opened)
    now = open_again(service.desk, opened)
    seen = now.versions["in-scope"]
    saving = Saving(seen, confirmed=True)
    outside = save_answer(service.desk, now, "in-scope", Chosen(("no",)), saving)
    assert issue_of(submit_now(service, outside)).files == ()
    assert evidence.count_files(service.desk, outside) == {"harms": 1}


def test_whoever_submits_is_told_that_files_changed(service: Service, opened: Opened) -> None:
    attach(service, opened)
    with pytest.raises(ChangedMeanwhileError):
        submit(service.desk, opened, seen=opened.record.sequence, language="en")


def test_a_document_is_another_with_other_files(service: Service, opened: Opened) -> None:
    attach(service, opened)
    first = issue_of(submit_now(service, opened))
    told = json.loads(first.data())["evidence"]
    other = replace(first, form={**first.form, "evidence": [{**told[0], "sha256": "0" * 64}]})
    assert first.code != other.code
    assert read_issue(first.data()).digest == first.digest
    loaded = opened.questionnaire
    assert first.job(loaded, "kk") == read_issue(first.data()).job(loaded, "kk")


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "x"},
        {"bytes": True},
        {"bytes": 0},
        {"bytes": MOST_BYTES + 1},
        {"name": "x" * 121},
        {"name": ["x"]},
        {"question": None},
        {"type": 1},
    ],
)
def test_foreign_data_that_tell_of_files_otherwise_are_no_report(
    service: Service, opened: Opened, change: dict[str, object]
) -> None:
    attach(service, opened)
    data = json.loads(issue_of(submit_now(service, opened)).data())
    wrong: list[object] = [[{**data["evidence"][0], **change}], {}, "x", [], [1]]
    for told in wrong:
        with pytest.raises(ValueError, match="evidence"):
            read_issue(json.dumps({**data, "evidence": told}))


def test_foreign_data_may_name_a_question_that_is_not_there(
    service: Service, opened: Opened
) -> None:
    attach(service, opened)
    data = json.loads(issue_of(submit_now(service, opened)).data())
    data["evidence"][0]["question"] = "<b>other</b>"
    report = read_issue(json.dumps(data)).report(opened.questionnaire, "en")
    assert [(view.ask, len(view.files)) for view in report.evidence] == [("<b>other</b>", 1)]


def test_a_download_of_all_data_lists_the_files(service: Service, opened: Opened) -> None:
    file = attach(service, opened)
    (told,) = json.loads(download(service.desk, open_again(service.desk, opened)))["evidence"]
    assert (told["id"], told["sha256"], told["added_by"]) == (file.id, file.sha256, "holder")


def test_files_go_with_their_assessment(service: Service, opened: Opened) -> None:
    attach(service, opened)
    delete(service.desk, opened.record.id)
    assert on_disk(service) == set()


def make_older(service: Service, *names: str) -> None:
    """Let files have been there for two hours."""
    for name in names:
        path = service.files / name
        then = path.stat().st_mtime - 7200
        os.utime(path, (then, then))


def test_what_expires_takes_its_files_along(service: Service, opened: Opened) -> None:
    file = attach(service, opened)
    make_older(service, file.id)
    service.wait(days=401)
    thread = Keeper(service.desk).tidy()
    assert thread is not None
    thread.join()
    assert on_disk(service) == set()


def test_only_old_files_that_nobody_knows_are_swept_up(service: Service, opened: Opened) -> None:
    known = attach(service, opened)
    old, new = "abcdefghjkmn", "npqrstuvwxyz"
    for name in (old, new):
        service.desk.files.put(name, [b"x"])
    (service.files / f"{old}.part").write_bytes(b"half")
    make_older(service, known.id, old, f"{old}.part")
    assert evidence.sweep(service.desk) == 2
    assert on_disk(service) == {known.id, new}


def test_attaching_keeps_an_assessment_as_answering_does(service: Service, opened: Opened) -> None:
    service.wait(days=399)
    attach(service, opened)
    service.wait(days=399)
    assert open_again(service.desk, opened).answers == opened.answers
