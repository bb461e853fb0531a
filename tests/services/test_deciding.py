"""What a reviewer says is about the submission that was looked at, and about no other."""

from __future__ import annotations

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from riskq.engine import Answers, read_answer
from riskq.services import (
    ChangedMeanwhileError,
    LockedAnswerError,
    delete,
    screenings,
    tell,
    workspaces,
)
from riskq.services.audit import check_books
from riskq.services.desk import NEVER
from riskq.services.screenings import Round
from riskq.services.screenings.answering import begin_vendor
from riskq.store import HOLDER, Act, AnswerChange, StaleSequence, Taken
from tests.services.conftest import Service
from tests.services.test_screenings import (
    ANSWERS,
    come_in,
    give,
    hand_in,
    invite,
    lines,
    looked,
    of,
    resume_again,
    say,
    secret_of,
    states,
)

__all__ = ["of"]


@pytest.fixture
def vendor(service: Service, of: Round) -> str:
    """A vendor that has submitted."""
    made = invite(service, of, "Alatau")["Alatau"]
    hand_in(service, come_in(service, of, made))
    return made


def decide(service: Service, of: Round, seen: screenings.Looked, decision: str) -> None:
    screenings.decide(service.desk, of, seen, decision, "Because")


def test_nothing_said_of_an_older_submission_is_taken(
    service: Service, of: Round, vendor: str
) -> None:
    old = looked(service, of, vendor)
    decide(service, of, old, "returned")
    opened = resume_again(service, old.opened)  # type: ignore[arg-type]  # It was submitted.
    hand_in(service, opened, users=7)
    with pytest.raises(screenings.MovedOnError):
        decide(service, of, old, "accepted")
    said = screenings.Said("Sound", asks=True, value=None)
    with pytest.raises(screenings.MovedOnError):
        screenings.review_answer(service.desk, of, old, "users", said)
    assert states(service, of) == {"Alatau": "submitted"}
    assert not looked(service, of, vendor).reviews


def test_of_two_decisions_at_once_one_is_taken(service: Service, of: Round, vendor: str) -> None:
    seen, start = looked(service, of, vendor), Barrier(2)

    def attempt(decision: str) -> bool:
        start.wait()
        try:
            decide(service, of, seen, decision)
        except screenings.MovedOnError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(attempt, ("accepted", "returned")))
    assert sorted(taken) == [False, True]
    assert states(service, of) == {"Alatau": "accepted" if taken[0] else "returned"}


def test_asking_again_takes_an_acceptance_back(service: Service, of: Round, vendor: str) -> None:
    decide(service, of, looked(service, of, vendor), "accepted")
    say(service, of, vendor, "users", asks=True)
    screenings.ask_again(service.desk, of, looked(service, of, vendor))
    assert states(service, of) == {"Alatau": "asked"}
    assert not looked(service, of, vendor).is_decided
    service.wait(days=30)
    assert [line.is_late for line in lines(service, of)] == [True]
    hand_in(service, come_in(service, of, vendor))
    assert states(service, of) == {"Alatau": "submitted"}


def test_returned_answers_that_come_back_unchanged_are_to_be_reviewed(
    service: Service, of: Round, vendor: str
) -> None:
    decide(service, of, looked(service, of, vendor), "returned")
    assert looked(service, of, vendor).is_decided
    hand_in(service, come_in(service, of, vendor))
    assert states(service, of) == {"Alatau": "submitted"}
    assert not looked(service, of, vendor).is_decided


def test_nothing_is_said_while_the_vendor_answers(service: Service, of: Round, vendor: str) -> None:
    say(service, of, vendor, "users", comment="How many?", asks=True)
    screenings.ask_again(service.desk, of, looked(service, of, vendor))
    with pytest.raises(screenings.NotSubmittedError):
        say(service, of, vendor, "users", comment="For us alone: they lie")


def test_a_link_that_is_withdrawn_while_somebody_begins_opens_nothing(
    service: Service, of: Round
) -> None:
    made = invite(service, of, "Steppe")["Steppe"]
    secret = secret_of(service, of, made)
    found = screenings.find_by_link(service.desk, secret)
    begin = begin_vendor(service.desk, found, "en", HOLDER)
    screenings.withdraw_link(service.desk, of, made)
    with pytest.raises(screenings.LinkOverError):
        service.desk.store.change(begin)
    screenings.remove_vendor(service.desk, of, made)
    with pytest.raises(screenings.LinkOverError):
        service.desk.store.change(begin)


def test_a_save_from_before_the_submission_meets_the_lock_in_the_store(
    service: Service, of: Round, vendor: str
) -> None:
    record = looked(service, of, vendor).opened.record  # type: ignore[union-attr]
    say(service, of, vendor, "users", asks=True)
    screenings.ask_again(service.desk, of, looked(service, of, vendor))
    at, versions = service.moments[-1], {one.question: one.version for one in record.answers}
    late = AnswerChange("name", '"Another"', "", versions["name"])
    asked = AnswerChange("users", "9", "", versions["users"])
    with pytest.raises(StaleSequence):
        service.desk.store.save(record.id, record.sequence, [late], Act(at, HOLDER), at)
    service.desk.store.save(record.id, record.sequence, [asked], Act(at, HOLDER), at)
    assert looked(service, of, vendor).opened.record.expires_at == NEVER  # type: ignore[union-attr]


def report_answers(service: Service, of: Round, **changes: object) -> Answers:
    return {
        name: read_answer(of.questionnaire.by_id[name], raw, service.desk.today())
        for name, raw in {**ANSWERS, **changes}.items()
    }


def test_a_report_replaces_the_answers_of_a_vendor_who_was_asked_again(
    service: Service, of: Round, vendor: str
) -> None:
    say(service, of, vendor, "users", asks=True)
    screenings.ask_again(service.desk, of, looked(service, of, vendor))
    answers = report_answers(service, of, name="Heron")
    screenings.take_in(service.desk, of, looked(service, of, vendor), answers, {})
    seen = looked(service, of, vendor)
    assert seen.submitted is not None
    assert (seen.submitted.record.number, seen.submitted.answers) == (2, answers)
    assert states(service, of) == {"Alatau": "submitted"}


def test_a_report_does_not_overwrite_what_the_vendor_answers_meanwhile(
    service: Service, of: Round
) -> None:
    made = invite(service, of, "Steppe")["Steppe"]
    seen = looked(service, of, made)
    opened = give(service, come_in(service, of, made), "name", "Crane")
    with pytest.raises(ChangedMeanwhileError):
        screenings.take_in(service.desk, of, seen, report_answers(service, of), {})
    assert resume_again(service, opened).answers == opened.answers


@pytest.mark.in_a_file
def test_a_report_is_written_whole_or_not_at_all(
    service: Service, of: Round, tmp_path: Path
) -> None:
    made = invite(service, of, "Steppe")["Steppe"]
    refusal = "create trigger full before insert on revisions begin select raise(abort, 'x'); end"
    with closing(sqlite3.connect(tmp_path / "riskq.db")) as database:
        database.execute(refusal)
    answers = report_answers(service, of)
    with pytest.raises(Taken):
        screenings.take_in(service.desk, of, looked(service, of, made), answers, {})
    assert states(service, of) == {"Steppe": "invited"}
    with closing(sqlite3.connect(tmp_path / "riskq.db")) as database:
        database.execute("drop trigger full")
    screenings.take_in(service.desk, of, looked(service, of, made), answers, {})
    assert states(service, of) == {"Steppe": "submitted"}


@pytest.mark.in_a_file
def test_nothing_of_the_answers_of_a_removed_vendor_is_left_in_the_files(
    service: Service, of: Round, tmp_path: Path
) -> None:
    made = invite(service, of, "Steppe")["Steppe"]
    opened = give(service, come_in(service, of, made), "name", "a swan, taken back")
    hand_in(service, resume_again(service, opened), name="a quail, submitted")
    own = read_answer(of.questionnaire.by_id["name"], "a raven, accepted", service.desk.today())
    say(service, of, made, "name", comment="Not a lark?", value=own)
    event = tell(service.desk, workspaces.book_of(of.seat.workspace.id))[0]
    assert event.detail["new"] == {
        "comment": "Not a lark?",
        "asks": False,
        "value": '"a raven, accepted"',
    }
    words = ciphertexts(service)
    assert len(words) > 8
    plain = (b"swan", b"quail", b"raven", b"lark")
    assert not [word for word in plain if word in files(tmp_path)]
    assert all(word in files(tmp_path) for word in words)
    screenings.remove_vendor(service.desk, of, made)
    service.desk.store.close()
    assert not [word for word in words if word in files(tmp_path)]
    service.open(tmp_path / "riskq.db")
    assert not any(book.faults for book in check_books(service.desk, {}))


def test_a_vendor_deletes_nothing_that_it_submits_at_the_same_moment(
    service: Service, of: Round
) -> None:
    before = come_in(service, of, invite(service, of, "Steppe")["Steppe"])
    hand_in(service, before)
    with pytest.raises(LockedAnswerError):
        delete(service.desk, before.record.id)
    assert states(service, of) == {"Steppe": "submitted"}


def ciphertexts(service: Service) -> list[bytes]:
    """All that is stored encrypted of answers, as it stands in the files."""
    sql = (
        "select value from answers union all select snapshot from revisions"
        " union all select detail from events where action in ('answer', 'answer-reviewed')"
        " union all select comment from reviews union all select value from reviews"
    )
    texts = [row[0] or "" for row in service.desk.store.read(lambda unit: unit.rows(sql))]
    # Long ones lie in pieces; the first letters lie together.
    return [one.encode() for text in texts for one in re.findall(r"[A-Za-z0-9+/]{60}", text)[:1]]


def files(folder: Path) -> bytes:
    """The database with its log, byte by byte."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("riskq.db*")))
