"""A report that a vendor sent instead of answering by its link, taken in as its submission.

What the report says of its conclusion counts for nothing: its answers are judged here, by the
edition of the screening, as all others are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from riskq.engine import Answers, Judge, write_answer
from riskq.errors import RiskqError
from riskq.services.desk import NEVER, Desk
from riskq.services.encryption import DataKey, encrypt_change, key_in
from riskq.services.evidence import counted_files
from riskq.services.opening import Opened
from riskq.services.revisions import ChangedMeanwhileError, as_stored, freeze
from riskq.services.screenings.answering import Invitation, begin_vendor
from riskq.services.screenings.reviewing import Looked
from riskq.services.screenings.rounds import Round
from riskq.services.workspaces import record
from riskq.store import (
    Act,
    AnswerChange,
    StaleAnswer,
    StaleSequence,
    Unit,
    open_answers,
    save_answers,
    standing_of,
    submit_revision,
)

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
    if looked.is_waiting:
        raise WrongReportError("locked")
    act, language = Act(desk.clock(), of.seat.actor), of.screening.language
    opened = looked.opened
    begun = act.at if opened is None else opened.record.created_at
    files = () if opened is None else counted_files(desk, _with(opened, answers))
    new = freeze(judge, language, files, created_at=begun, submitted_at=act.at)
    invitation = Invitation(of.seat.workspace, of.screening, looked.vendor, ())
    begin = begin_vendor(desk, invitation, language, act.by)
    changes = _changes(of, opened, answers)
    expected = 0 if opened is None else opened.record.sequence
    standing = ("*", 0) if opened is None else (opened.record.open_to, opened.record.last_revision)

    def change(unit: Unit) -> str:
        name = begin(unit)
        if standing_of(unit, name) != standing:
            raise StaleSequence(expected, expected)
        # The report may say otherwise than what was not asked about again.
        open_answers(unit, name, "*")
        key = key_in(unit, desk.keys, name)
        sequence = save_answers(unit, name, expected, _kept(key, changes, expected), act, NEVER)
        said = {**told, "title": looked.vendor.name}
        record(unit, of.seat, act.at, "report-taken-in", looked.vendor.id, **said)
        submit_revision(unit, name, sequence, as_stored(key, new, standing[1] + 1), act)
        return name

    try:
        desk.recent.forget(desk.store.change(change))
    except (StaleSequence, StaleAnswer) as error:
        raise ChangedMeanwhileError("The vendor answers at this moment.") from error


def _kept(key: DataKey | None, changes: Sequence[AnswerChange], seen: int) -> list[AnswerChange]:
    """The changes as they are stored."""
    return [encrypt_change(key, one, seen + 1) for one in changes]


def _with(opened: Opened, answers: Answers) -> Opened:
    """The vendor's assessment as it will be, whose answers decide which files count."""
    return Opened(opened.record, opened.questionnaire, answers, opened.on, opened.key)


def _changes(of: Round, opened: Opened | None, answers: Answers) -> list[AnswerChange]:
    """What makes the answers exactly those."""
    versions = {} if opened is None else opened.versions
    present = {} if opened is None else opened.answers
    gone = [name for name in versions if name not in answers]
    changes = [AnswerChange(name, None, "", versions[name]) for name in gone]
    for name, answer in answers.items():
        if present.get(name) != answer:
            raw = write_answer(of.questionnaire.by_id[name], answer)
            value = json.dumps(raw, ensure_ascii=False)
            seen = versions.get(name, 0)
            changes.append(AnswerChange(name, value, answer.because, seen))
    return changes
