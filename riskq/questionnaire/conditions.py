"""Conditions: the closed set of forms in which a questionnaire says when something holds.

A condition is data, never code: it can be run, drawn, proved and explained. It speaks of answers,
and of the facts, scales and scores that the same questionnaire defines. Whether it holds, fails or
is open for given answers is the engine's business.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from riskq.questionnaire.measures import Bound, Comparison, Period
from riskq.questionnaire.place import Placed

__all__ = [
    "ALWAYS",
    "RESERVED",
    "UNSURE",
    "AllOf",
    "Always",
    "AnyOf",
    "Atom",
    "Beyond",
    "Compares",
    "Condition",
    "FactHolds",
    "Includes",
    "Not",
    "OlderThan",
    "ScaleAt",
    "ScoreCompares",
    "parts_of",
    "walk",
]

UNSURE = "unsure"
"""The answer "I don't know", which is never a "no"; conditions may test that it was given."""

RESERVED = frozenset({"all", "any", "not", "always", "fact", "scale", "score"})
"""Words that open a form of condition and can therefore not be the id of a question."""


class Always(Placed, frozen=True):
    """Holds for all answers."""


ALWAYS = Always()
"""The condition that holds for all answers."""


class Includes(Placed, frozen=True):
    """The answer to ``question`` is, or includes, one of ``options`` (``unsure`` among them)."""

    question: str
    options: tuple[str, ...]


class Beyond(Placed, frozen=True):
    """The answer is, or includes, something other than ``options``; a number or a date counts."""

    question: str
    options: tuple[str, ...]


class Compares(Placed, frozen=True):
    """A number or a date, compared with a bound; an option in its place never compares."""

    question: str
    comparison: Comparison
    bound: Bound


class OlderThan(Placed, frozen=True):
    """A date that lies more than ``period`` before the day of the assessment."""

    question: str
    period: Period


class AllOf(Placed, frozen=True):
    """Every part holds."""

    parts: tuple[Condition, ...]


class AnyOf(Placed, frozen=True):
    """At least one part holds."""

    parts: tuple[Condition, ...]


class Not(Placed, frozen=True):
    """The part fails."""

    part: Condition


class FactHolds(Placed, frozen=True):
    """The fact of this name holds."""

    fact: str


class ScaleAt(Placed, frozen=True):
    """The scale stands at one of ``levels``."""

    scale: str
    levels: tuple[str, ...]


class ScoreCompares(Placed, frozen=True):
    """The score (the sum of the points of all counted answers), compared with a bound."""

    score: str
    comparison: Comparison
    bound: Decimal


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
