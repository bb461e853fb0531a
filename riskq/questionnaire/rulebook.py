"""What is made of the answers: facts, scales, duties, notices, fines and the law's open points.

These classes are the format of ``rules.yml`` (see ``model`` for how classes and files belong
together). They hold no prose: texts are keyed by the same ids in ``text/``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar, TypeVar

from msgspec import Struct, field

from riskq.questionnaire.conditions import ALWAYS, Condition
from riskq.questionnaire.forms import Citation, Id, Keyed, Low
from riskq.questionnaire.measures import Period, TimeSpan
from riskq.questionnaire.place import Placed

__all__ = [
    "Bodies",
    "Documents",
    "Due",
    "Duty",
    "DutyState",
    "Fact",
    "Fine",
    "Limit",
    "Notice",
    "Reading",
    "Requirement",
    "Rule",
    "Rulebook",
    "Scale",
    "UnitValue",
]


class DutyState(StrEnum):
    """How far a duty is met, as far as the answers tell."""

    DONE = "done"
    PARTLY = "partly"
    MISSING = "missing"
    UNKNOWN = "unknown"


class Reading(StrEnum):
    """Whether a rule is what the law says, or a cautious reading where the law leaves a gap."""

    PLAIN = "plain"
    CAUTIOUS = "cautious"


class Fact(Placed, frozen=True):
    """A named condition that rules share."""

    WHOLE: ClassVar[str] = "when"
    id: Id
    when: Condition


class Rule(Placed, frozen=True):
    """Gives a scale its level when it is the first of the scale's rules that holds."""

    id: Id
    level: Id
    when: Condition
    cites: Annotated[tuple[Citation, ...], Low(1)]
    reading: Reading = Reading.PLAIN


class Scale(Placed, frozen=True):
    """One dimension of the result: its levels, lightest to gravest, and the rules that choose.

    Where ``applies_if`` fails, the level is computed but means nothing, and pages say so.
    ``monotone`` declares for questions which answers are graver, from the lightest to the gravest:
    options, of which more are graver where many can be chosen, or ``less`` and ``more`` of a
    number. It is proved that a graver answer never gives a lighter level.
    """

    id: Id
    levels: Annotated[tuple[Id, ...], Low(1)]
    rules: Annotated[tuple[Rule, ...], Low(1)]
    applies_if: Condition = ALWAYS
    headline: bool = False
    monotone: Mapping[Id, tuple[Id, ...]] = field(default_factory=dict)

    def rule(self, rule_id: str) -> Rule:
        """The rule of this id; raises ``KeyError`` when there is none."""
        return _find(self.rules, rule_id)


class Due(Struct, frozen=True):
    """A deadline: one period after the date that answers the question ``after``."""

    after: Id
    every: Period


class Duty(Placed, frozen=True):
    """What the law asks for, when it applies, of whom, and how far the answers show it met.

    ``states`` are tried in the order written; where none surely holds the state is unknown.
    """

    id: Id
    when: Condition
    cites: Annotated[tuple[Citation, ...], Low(1)]
    who: Annotated[tuple[Id, ...], Low(1)]
    states: Mapping[DutyState, Condition]
    due: Due | None = None
    fine: Id | None = None


class Notice(Placed, frozen=True):
    """A warning that belongs to a combination of answers; a grave one stands first."""

    id: Id
    when: Condition
    cites: Annotated[tuple[Citation, ...], Low(1)]
    grave: bool = False


class Requirement(Placed, frozen=True):
    """One thing that the headline's best level needs; ``advice`` is not asked for by the law."""

    id: Id
    met: Condition
    when: Condition
    cites: Annotated[tuple[Citation, ...], Low(1)]
    advice: bool = False


class Fine(Placed, frozen=True):
    """A fine in units (see ``UnitValue``), by the option chosen for the question ``by``."""

    id: Id
    when: Condition
    cites: Annotated[tuple[Citation, ...], Low(1)]
    by: Id
    unit: Id
    first: Mapping[Id, Decimal]
    repeat: Mapping[Id, Decimal]


class UnitValue(Struct, frozen=True):
    """What one unit of a fine is worth in tenge, and in which time."""

    start: date = field(name="from")
    tenge: Decimal
    cites: Annotated[tuple[Citation, ...], Low(1)]
    end: date | None = field(default=None, name="until")

    def includes(self, day: date) -> bool:
        """Tell whether the amount is in force on the day."""
        return TimeSpan(self.start, self.end).includes(day)


class Documents(Placed, frozen=True):
    """Which options of ``question`` (documents one has) each level of ``scale`` requires."""

    question: Id
    scale: Id
    levels: Mapping[Id, tuple[Id, ...]]
    cites: Annotated[tuple[Citation, ...], Low(1)]


class Bodies(Placed, frozen=True):
    """Candidate state bodies for each option of ``question``: an opinion, not the law's word."""

    question: Id
    options: Mapping[Id, tuple[Id, ...]]
    cites: Annotated[tuple[Citation, ...], Low(1)]


class Limit(Placed, frozen=True):
    """An open point of the law, or something that could not be confirmed."""

    id: Id
    cites: Annotated[tuple[Citation, ...], Low(1)]


Item = TypeVar("Item", Fact, Rule, Scale)


class Rulebook(Struct, frozen=True):
    """``rules.yml``: everything that is made of the answers."""

    in_force: TimeSpan
    acts: tuple[Id, ...]
    scales: Annotated[tuple[Scale, ...], Keyed(), Low(1)]
    facts: Annotated[tuple[Fact, ...], Keyed()] = ()
    scores: tuple[Id, ...] = ()
    duties: tuple[Duty, ...] = ()
    notices: tuple[Notice, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    fines: tuple[Fine, ...] = ()
    units: Mapping[Id, tuple[UnitValue, ...]] = field(default_factory=dict)
    documents: Documents | None = None
    bodies: Bodies | None = None
    limits: tuple[Limit, ...] = ()

    def scale(self, scale_id: str) -> Scale:
        """The scale of this id; raises ``KeyError`` when there is none."""
        return _find(self.scales, scale_id)

    def fact(self, fact_id: str) -> Fact:
        """The fact of this id; raises ``KeyError`` when there is none."""
        return _find(self.facts, fact_id)

    @property
    def headline(self) -> Scale:
        """The scale that answers the reader's main question (the first one if none is marked)."""
        return next((scale for scale in self.scales if scale.headline), self.scales[0])


def _find(items: Iterable[Item], item_id: str) -> Item:
    for item in items:
        if item.id == item_id:
            return item
    raise KeyError(item_id)
