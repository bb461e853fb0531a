"""Words for what is wrong with a cell, in any language: which text says it, of which values.

The texts themselves come from whoever shows them: one for each of ``FAULT_CODES``, with places for
the values that are given here. What is wrong is decided by the reader of all answers, as ever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from riskq.engine import AnswerFault
from riskq.errors import nearest
from riskq.questionnaire import UNSURE, Kind, Question
from riskq.services.table_order import fit_to_show

if TYPE_CHECKING:
    from riskq.bulk import Raw, Say

__all__ = ["FAULT_CODES", "say_with"]

FAULT_CODES: Mapping[str, tuple[str, ...]] = {
    "mistyped-option": ("given", "meant"),
    "unknown-option": ("given", "known"),
    "no-number": ("given",),
    "no-number-nor": ("given", "known"),
    "no-day": ("given",),
    "no-day-nor": ("given", "known"),
    "out-of-range": ("low", "high"),
    "in-future": ("given",),
    "too-short": ("low",),
    "too-long": ("given", "limit"),
    "bad-character": (),
    "excluded-option": ("alone",),
    "nothing-chosen": ("known",),
    "other": (),
}
"""What may be wrong with a cell, each with the names of its values."""

_MOST_NAMED = 12
_USUAL_LENGTH = (1, 200)

Values = Mapping[str, str | int]


def say_with(words: Mapping[str, str]) -> Say:
    """Words for the faults of cells, by the texts of their codes."""

    def say(question: Question, raw: Raw, fault: AnswerFault) -> str:
        code, values = _told(question, raw, fault.code)
        return words[code] % values

    return say


def _told(question: Question, raw: Raw, code: str) -> tuple[str, Values]:
    """The code of the text and its values."""
    known = _some(question.accepts)
    if code == "unknown-option":
        return _no_option(question, raw)
    if code == "excluded-option":
        return code, {"alone": _alone(question, raw)}
    if code == "nothing-chosen":
        return code, {"known": known}
    given = fit_to_show(raw if isinstance(raw, str) else " ".join(raw))
    kind = {Kind.NUMBER: "no-number", Kind.DATE: "no-day"}.get(question.kind)
    if code == "wrong-kind" and kind:
        return (f"{kind}-nor" if known else kind), {"given": given, "known": known}
    return _of_measure(question, raw, code) or ("other", {})


def _no_option(question: Question, raw: Raw) -> tuple[str, Values]:
    words = [raw] if isinstance(raw, str) else raw
    word = next((word for word in words if word not in question.option_ids), "")
    given, meant = fit_to_show(word), nearest(fit_to_show(word), question.accepts)
    if meant:
        return "mistyped-option", {"given": given, "meant": meant}
    return "unknown-option", {"given": given, "known": _some(question.accepts)}


def _alone(question: Question, raw: Raw) -> str:
    """Which of the options excludes the others."""
    exclusive = {option.id for option in question.options if option.exclusive}
    return next((word for word in raw if word in exclusive or word == UNSURE), UNSURE)


def _of_measure(question: Question, raw: Raw, code: str) -> tuple[str, Values] | None:
    """Faults of texts, numbers and days; ``None`` for any other."""
    length = question.length
    low, high = (length.min, length.max) if length else _USUAL_LENGTH
    values: dict[str, Values] = {
        "in-future": {"given": fit_to_show(str(raw))},
        "too-short": {"low": low},
        "too-long": {"given": len(raw), "limit": high},
        "bad-character": {},
    }
    if question.range:
        values["out-of-range"] = {"low": str(question.range.min), "high": str(question.range.max)}
    return (code, values[code]) if code in values else None


def _some(known: Sequence[str]) -> str:
    """The words from which one may be chosen, unless they are very many."""
    return ", ".join(known[:_MOST_NAMED]) + (", …" if len(known) > _MOST_NAMED else "")
