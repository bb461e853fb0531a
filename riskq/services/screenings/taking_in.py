"""A report that a vendor sent instead of answering by its link, taken in as its submission.

What the report says of its conclusion counts for nothing: its answers are judged here, by the
edition of the screening, as all others are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from riskq.engine import Answers, Judge, write_answer
from riskq.errors import RiskqError
from riskq.services.desk import Desk
from riskq.services.opening import Opened, open_by_id
from riskq.services.revisions import ChangedMeanwhileError, submit
from riskq.services.screenings.answering import Invitation, begin_vendor
from riskq.services.screenings.reviewing import Looked
from riskq.services.screenings.rounds import Round
from riskq.services.unguessable import new_id
from riskq.services.workspaces import record
from riskq.store import Act, AnswerChange, StaleAnswer, StaleSequence, Unit

__all__ = ["WrongReportError", "take_in"]


class WrongReportError(RiskqError):
    """The report cannot be taken in; ``reason`` is "other", "incomplete" or "locked"."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The report cannot be taken in ({reason}).")


def take_in(
    desk: Desk, of: Round, looked: Looked, answers: Answers, told: Mapping[str, object]
) -> None:
    """Make the answers of a report the vendor's submission; ``told`` goes into the history.

    Raises ``WrongReportError``, and ``ChangedMeanwhileError`` if the vendor answers meanwhile.
    """
    judge = Judge(of.questionnaire, answers, desk.today())
    if judge.journey.next is not None:
        raise WrongReportError("incomplete")
    opened = _open(desk, of, looked)
    if opened.is_locked:
        raise WrongReportError("locked")
    by, now = of.seat.actor, desk.clock()
    changes = _changes(opened, answers)
    act = Act(now, by)
    until = opened.record.expires_at
    try:
        desk.store.save(opened.record.id, opened.record.sequence, changes, act, until)
    except (StaleSequence, StaleAnswer) as error:
        raise ChangedMeanwhileError("The vendor answers at this moment.") from error

    def change(unit: Unit) -> None:
        said = {**told, "title": looked.vendor.name}
        record(unit, of.seat, now, "report-taken-in", looked.vendor.id, **said)

    desk.store.change(change)
    saved = open_by_id(desk, opened.record.id)
    language = of.screening.language
    submit(desk, saved, seen=saved.record.sequence, language=language, by=by)


def _open(desk: Desk, of: Round, looked: Looked) -> Opened:
    """The vendor's assessment, begun if it was not."""
    if looked.opened is not None:
        return looked.opened
    invitation = Invitation(of.seat.workspace, of.screening, looked.vendor, ())
    by = of.seat.actor
    return open_by_id(desk, begin_vendor(desk, invitation, new_id(), of.screening.language, by))


def _changes(opened: Opened, answers: Answers) -> list[AnswerChange]:
    """What makes the answers exactly those."""
    gone = [name for name in opened.versions if name not in answers]
    changes = [AnswerChange(name, None, "", opened.versions[name]) for name in gone]
    for name, answer in answers.items():
        if opened.answers.get(name) != answer:
            raw = write_answer(opened.questionnaire.by_id[name], answer)
            value = json.dumps(raw, ensure_ascii=False)
            seen = opened.versions.get(name, 0)
            changes.append(AnswerChange(name, value, answer.because, seen))
    return changes
