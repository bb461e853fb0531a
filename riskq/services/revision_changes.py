"""Two states of one assessment side by side: revisions, or a revision and the present state."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from riskq.clock import local_time
from riskq.engine import Answers
from riskq.questionnaire import Questionnaire
from riskq.report import Report
from riskq.services.desk import Desk
from riskq.services.documents import report_of, report_so_far
from riskq.services.opening import Opened
from riskq.services.revisions import find_revision

__all__ = ["State", "changed_questions", "state_of"]


class State(Struct, frozen=True):
    """A state of an assessment: ``number`` is that of the revision, None for the present state.

    ``counted`` are those of the answers that count.
    """

    number: int | None
    at: datetime
    questionnaire: Questionnaire
    answers: Answers
    counted: Answers
    report: Report


def state_of(desk: Desk, opened: Opened, number: int | None, language: str) -> State | None:
    """The revision of this number, or the present state; None if there is no such revision."""
    if number is None:
        told = report_so_far(opened, language)
        at, counted = local_time(opened.record.touched_at), opened.journey.counted
        return State(None, at, opened.questionnaire, opened.answers, counted, told)
    found = find_revision(desk, opened, number)
    if found is None:
        return None
    at, counted = local_time(found.record.submitted_at), found.conclusion.journey.counted
    told = report_of(found, language)
    return State(number, at, found.questionnaire, found.answers, counted, told)


def changed_questions(old: State, new: State) -> tuple[str, ...]:
    """The questions whose answers differ, or count in one of the states only, in their order."""
    order = [question.id for question in new.questionnaire.questions]
    gone = [one.id for one in old.questionnaire.questions if one.id not in new.questionnaire.by_id]
    return tuple(
        name
        for name in (*order, *gone)
        if (old.answers.get(name), name in old.counted)
        != (new.answers.get(name), name in new.counted)
    )
