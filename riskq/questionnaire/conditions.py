"""Conditions: the closed set of forms in which a questionnaire says when something holds.

A condition is data, never code: it can be run, drawn, proved and explained. It speaks of answers,
and of the facts, scales and scores that the same questionnaire defines. Whether it holds, fails or
is open for given answers is the engine's business.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from riskq.questionnaire.reader import Place

__all__ = [
    "ALWAYS",
    "NOWHERE",
    "RESERVED",
    "UNSURE",
    "AllOf",
    "Always",
    "AnyOf",
    "Atom",
    "Beyond",
    "Bound",
    "Compares",
    "Comparison",
    "Condition",
    "FactHolds",
    "Includes",
    "Not",
    "OlderThan",
    "Period",
    "ScaleAt",
    "ScoreCompares",
    "parts_of",
    "walk",
]

UNSURE = "unsure"
"""The answer "I don't know", which is never a "no"; conditions may test that it was given."""

RESERVED = frozenset({"all", "any", "not", "always", "fact", "scale", "score"})
"""Words that open a form of condition and can therefore not be the id of a question."""

NOWHERE = Place("", 0)


class Comparison(StrEnum):
    """How a number, a date or a score is compared with a bound."""

    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    ABOVE = "above"
    BELOW = "below"

    def holds(self, left: Bound, right: Bound) -> bool:
        """Tell whether ``left`` stands to ``right`` as this word says (both of the same type)."""
        if self is Comparison.AT_LEAST:
            return left >= right  # type: ignore[operator]  # Both sides are of one type.
        if self is Comparison.AT_MOST:
            return left <= right  # type: ignore[operator]  # Both sides are of one type.
        if self is Comparison.ABOVE:
            return left > right  # type: ignore[operator]  # Both sides are of one type.
        return left < right  # type: ignore[operator]  # Both sides are of one type.


Bound = Decimal | date
"""What a number (``Decimal``) or a date is compared with."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of calendar time, such as one year; ``days`` are added after ``months``."""

    months: int
    days: int

    def before(self, day: date) -> date:
        """The day that lies one period before ``day`` (a 29 February becomes a 28 February)."""
        return _shift(day, -self.months, -self.days)

    def after(self, day: date) -> date:
        """The day that lies one period after ``day`` (a 29 February becomes a 28 February)."""
        return _shift(day, self.months, self.days)


def _shift(day: date, months: int, days: int) -> date:
    """Move a day by months and then by days; the calendar's first and last day stop it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        moved = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        return moved + timedelta(days=days)
    except (ValueError, OverflowError):
        return date.min if months + days < 0 else date.max


@dataclass(frozen=True, slots=True)
class Always:
    """Holds for all answers."""

    place: Place = field(default=NOWHERE, compare=False, repr=False)


ALWAYS = Always()
"""The condition that holds for all answers."""


@dataclass(frozen=True, slots=True)
class Includes:
    """The answer to ``question`` is, or includes, one of ``options`` (``unsure`` among them)."""

    question: str
    options: tuple[str, ...]
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Beyond:
    """The answer is, or includes, something other than ``options``; a number or a date counts."""

    question: str
    options: tuple[str, ...]
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Compares:
    """A number or a date, compared with a bound; an option in its place never compares."""

    question: str
    comparison: Comparison
    bound: Bound
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OlderThan:
    """A date that lies more than ``period`` before the day of the assessment."""

    question: str
    period: Period
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Condition, ...]
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The part fails."""

    part: Condition
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FactHolds:
    """The fact of this name holds."""

    fact: str
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ScaleAt:
    """The scale stands at one of ``levels``."""

    scale: str
    levels: tuple[str, ...]
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ScoreCompares:
    """The score (the sum of the points of all counted answers), compared with a bound."""

    score: str
    comparison: Comparison
    bound: Decimal
    place: Place = field(default=NOWHERE, compare=False, repr=False)


Atom = Includes | Beyond | Compares | OlderThan
"""The conditions that speak of one question's answer directly."""

Condition = (
    Always
    | Includes
    | Beyond
    | Compares
    | OlderThan
    | AllOf
    | AnyOf
    | Not
    | FactHolds
    | ScaleAt
    | ScoreCompares
)


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """The conditions that this one is directly made of."""
    if isinstance(condition, AllOf | AnyOf):
        return condition.parts
    if isinstance(condition, Not):
        return (condition.part,)
    return ()


def walk(condition: Condition) -> Iterator[Condition]:
    """The condition and everything it is made of, outermost first."""
    yield condition
    for part in parts_of(condition):
        yield from walk(part)
