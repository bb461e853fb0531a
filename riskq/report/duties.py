"""Duties as a checklist: what the law asks for, of whom, by when, how far it is met, which fine."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from riskq.engine import Chosen, Dated, DutyResult, Truth
from riskq.i18n import write_amount
from riskq.questionnaire import (
    Atom,
    Duty,
    DutyState,
    FactHolds,
    Fine,
    ScaleAt,
    ScoreCompares,
    UnitValue,
    walk,
)
from riskq.report.duty_views import DeadlineView, DutyView, FineRow, FineView
from riskq.report.subject import Subject

__all__ = ["duty_views", "unit_name"]


def duty_views(subject: Subject) -> tuple[DutyView, ...]:
    """Every duty that applies or may apply, in the rulebook's order."""
    duties = {duty.id: duty for duty in subject.questionnaire.rulebook.duties}
    results = subject.conclusion.duties
    return tuple(_duty_view(subject, duties[result.id], result) for result in results)


def _duty_view(subject: Subject, duty: Duty, result: DutyResult) -> DutyView:
    text = subject.prose.duties[duty.id]
    return DutyView(
        id=duty.id,
        title=text.title,
        what=text.what,
        when=text.when,
        evidence=text.evidence,
        whose=", ".join(subject.prose.roles[role] for role in duty.who),
        state=result.state,
        state_text=_state_text(subject, duty, result.state),
        is_open=result.applies is Truth.OPEN,
        cites=subject.cites(duty.cites),
        deadline=_deadline(subject, duty),
        fine=_fine(subject, duty),
    )


def _state_text(subject: Subject, duty: Duty, state: DutyState) -> str:
    if state is DutyState.UNKNOWN and not _is_asked_about(subject, duty):
        return subject.say("The questionnaire has no question about this")
    texts = {
        DutyState.DONE: subject.say("Done"),
        DutyState.PARTLY: subject.say("Done in part"),
        DutyState.MISSING: subject.say("Not done"),
        DutyState.UNKNOWN: subject.say("Not known"),
    }
    return texts[state]


def _is_asked_about(subject: Subject, duty: Duty) -> bool:
    """Whether a question is asked that could tell more of the duty's state than it does.

    A duty is known to be missing only from an answer to it; no question asks for its being done.
    """
    tests = [part for when in duty.states.values() for part in walk(when)]
    asked = [test for test in tests if isinstance(test, Atom) and subject.is_asked(test.question)]
    unknown = [test for test in asked if not isinstance(subject.counted(test.question), Chosen)]
    others = [part for part in tests if isinstance(part, ScaleAt | FactHolds | ScoreCompares)]
    return bool(unknown or others)


def _deadline(subject: Subject, duty: Duty) -> DeadlineView | None:
    answer = subject.counted(duty.due.after) if duty.due else None
    if duty.due is None or not isinstance(answer, Dated):
        return None
    day = duty.due.every.after(answer.day)
    is_overdue = day < subject.on
    shown = subject.day(day)
    ahead, past = subject.say("due: %(day)s", day=shown), subject.say("overdue: %(day)s", day=shown)
    return DeadlineView(day, past if is_overdue else ahead, is_overdue)


def _fine(subject: Subject, duty: Duty) -> FineView | None:
    """The fine that the duty names, where its ground exists or may exist."""
    result = next((fine for fine in subject.conclusion.fines if fine.id == duty.fine), None)
    if result is None:
        return None
    fine = next(fine for fine in subject.questionnaire.rulebook.fines if fine.id == result.id)
    value = _unit_value(subject, fine)
    chosen = _chosen(subject, fine)
    return FineView(
        id=fine.id,
        title=subject.prose.fines[fine.id].title,
        text=subject.prose.fines[fine.id].text,
        unit=unit_name(subject, fine.unit),
        unit_text=_unit_text(subject, fine, value),
        rows=tuple(_row(subject, fine, who, value) for who in chosen or tuple(fine.first)),
        cites=subject.cites((*fine.cites, *(value.cites if value else ()))),
        is_open=result.applies is Truth.OPEN,
        is_known_who=bool(chosen),
    )


def _chosen(subject: Subject, fine: Fine) -> tuple[str, ...]:
    """Who would be fined, where that was answered."""
    answer = subject.counted(fine.by)
    return answer.options if isinstance(answer, Chosen) else ()


def _unit_value(subject: Subject, fine: Fine) -> UnitValue | None:
    values = subject.questionnaire.rulebook.units.get(fine.unit, ())
    return next((value for value in values if value.includes(subject.on)), None)


def unit_name(subject: Subject, unit: str) -> str:
    """The short name of a unit of fines."""
    return {"mci": subject.say("MCI")}.get(unit, unit)


def _unit_text(subject: Subject, fine: Fine, value: UnitValue | None) -> str:
    unit = unit_name(subject, fine.unit)
    if value is None:
        return subject.say(
            "What one %(unit)s is worth on this day is not known here (%(day)s). The fine is "
            "therefore told in %(unit)s alone.",
            unit=unit,
            day=subject.day(subject.on),
        )
    tenge = write_amount(value.tenge, subject.language)
    full = {"mci": subject.say("monthly calculation index")}.get(fine.unit, fine.unit)
    return subject.say(
        "1 %(unit)s (%(full)s) = %(tenge)s; in force: %(span)s.",
        unit=unit,
        full=full,
        tenge=tenge,
        span=_span(subject, value),
    )


def _span(subject: Subject, value: UnitValue) -> str:
    days: tuple[date | None, ...] = (value.start, value.end)
    return " – ".join(subject.day(day) if day else "…" for day in days)


def _row(subject: Subject, fine: Fine, who: str, value: UnitValue | None) -> FineRow:
    first, repeat = fine.first[who], fine.repeat[who]
    return FineRow(
        who=subject.option(fine.by, who),
        first_units=_units(subject, fine, first),
        first_tenge=_tenge(subject, first, value),
        repeat_units=_units(subject, fine, repeat),
        repeat_tenge=_tenge(subject, repeat, value),
    )


def _units(subject: Subject, fine: Fine, amount: Decimal) -> str:
    return f"{amount.normalize():f}\u00a0{unit_name(subject, fine.unit)}"


def _tenge(subject: Subject, amount: Decimal, value: UnitValue | None) -> str:
    return "" if value is None else write_amount(amount * value.tenge, subject.language)
