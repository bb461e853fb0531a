"""A newer edition: offered once it is in force, looked at without a trace, and moved to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from riskq.engine import read_answer
from riskq.services import (
    ChangedMeanwhileError,
    NoAssessmentError,
    Opened,
    Saving,
    delete,
    find_newer,
    find_revision,
    move,
    newer_edition,
    open_assessment,
    save_answer,
    start,
    submit,
)
from tests.services.conftest import FIRST, SECOND, Service

ANSWERS = {"name": "Crane", "in-scope": "yes", "harms": ["none"], "users": "unknown",
           "reviewed": "2026-02-01"}  # fmt: skip
AFTER = SECOND + timedelta(days=30)


def begun(service: Service, answers: dict[str, object]) -> tuple[Opened, str]:
    """An assessment with answers, and its secret."""
    started = start(service.desk, "small", "en")
    opened = open_assessment(service.desk, started.id, started.secret)
    for name, raw in answers.items():
        answer = read_answer(opened.questionnaire.by_id[name], raw, opened.on)
        opened = save_answer(service.desk, opened, name, answer, Saving(0))
    return opened, started.secret


def later(service: Service, opened: Opened, secret: str, day: date = AFTER) -> Opened:
    """The assessment as it is opened on a later day."""
    service.go_to(day)
    return open_assessment(service.desk, opened.record.id, secret)


def test_while_its_own_edition_is_in_force_there_is_no_newer_one(service: Service) -> None:
    opened, secret = begun(service, dict(ANSWERS))
    for day in (FIRST, SECOND - timedelta(days=1)):
        same = later(service, opened, secret, day)
        assert newer_edition(service.desk, same) is None
        assert find_newer(service.desk, same) is None
        assert move(service.desk, same, seen=same.record.sequence) is same


def test_from_its_first_day_on_the_newer_edition_is_found(service: Service) -> None:
    opened, secret = begun(service, dict(ANSWERS))
    assert newer_edition(service.desk, later(service, opened, secret, SECOND)) == SECOND


def test_what_would_be_asked_and_what_would_not_count_is_told(service: Service) -> None:
    opened, secret = begun(service, dict(ANSWERS))
    newer = find_newer(service.desk, later(service, opened, secret))
    assert newer is not None
    assert newer.opened.questionnaire.edition == SECOND
    assert newer.not_taken == ("users",)
    assert newer.asked == ("users", "spare")


def test_to_look_at_the_newer_edition_changes_nothing(service: Service) -> None:
    opened, secret = begun(service, dict(ANSWERS))
    before = later(service, opened, secret)
    find_newer(service.desk, before)
    after = open_assessment(service.desk, opened.record.id, secret)
    assert after.record == before.record
    assert after.questionnaire.edition == FIRST


def test_a_move_keeps_every_answer_also_those_that_do_not_count(service: Service) -> None:
    opened, secret = begun(service, dict(ANSWERS))
    moved = move(service.desk, later(service, opened, secret), seen=opened.record.sequence)
    again = open_assessment(service.desk, opened.record.id, secret)
    assert moved.questionnaire.edition == again.questionnaire.edition == SECOND
    assert again.record.digest == again.questionnaire.digest
    assert {a.question for a in again.record.answers} == set(ANSWERS)
    assert again.not_taken == ("users",)
    assert newer_edition(service.desk, again) is None


def test_a_move_lets_the_newer_rules_judge(service: Service) -> None:
    opened, secret = begun(service, {**ANSWERS, "users": "700"})
    assert opened.judge.scale("risk").possible == ("low",)
    moved = move(service.desk, later(service, opened, secret), seen=opened.record.sequence)
    assert moved.judge.scale("risk").possible == ("high",)


def test_revisions_stay_with_the_edition_they_were_made_by(service: Service) -> None:
    opened, secret = begun(service, {**ANSWERS, "users": "700"})
    submit(service.desk, opened, seen=opened.record.sequence, language="en")
    same = later(service, opened, secret)
    moved = move(service.desk, same, seen=same.record.sequence)
    revision = find_revision(service.desk, moved, 1)
    assert revision is not None
    assert revision.questionnaire.edition == FIRST
    assert [scale.if_applies for scale in revision.conclusion.scales][-1] == ("low",)


def test_a_move_over_changes_that_were_not_seen_is_refused(service: Service) -> None:
    opened, secret = begun(service, dict(ANSWERS))
    same = later(service, opened, secret)
    with pytest.raises(ChangedMeanwhileError):
        move(service.desk, same, seen=same.record.sequence - 1)
    assert open_assessment(service.desk, opened.record.id, secret).questionnaire.edition == FIRST


def test_a_move_that_somebody_else_was_faster_than_is_refused(service: Service) -> None:
    opened, secret = begun(service, dict(ANSWERS))
    stale = later(service, opened, secret)
    question = stale.questionnaire.by_id["name"]
    renamed = read_answer(question, "Hoist", stale.on)
    save_answer(service.desk, stale, "name", renamed, Saving(1))
    with pytest.raises(ChangedMeanwhileError):
        move(service.desk, stale, seen=stale.record.sequence)


def test_what_was_deleted_cannot_be_moved(service: Service) -> None:
    opened, secret = begun(service, dict(ANSWERS))
    same = later(service, opened, secret)
    delete(service.desk, same.record.id)
    with pytest.raises(NoAssessmentError):
        move(service.desk, same, seen=same.record.sequence)
