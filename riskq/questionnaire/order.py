"""Conditions on asking may look at earlier questions only, which is why every journey ends.

They may do so directly, or through facts, scales and scores. No fact or scale may lead back to
itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from riskq.errors import Problem
from riskq.questionnaire.conditions import (
    Beyond,
    Compares,
    Condition,
    FactHolds,
    Includes,
    OlderThan,
    ScaleAt,
    ScoreCompares,
    parts_of,
    walk,
)
from riskq.questionnaire.model import Question, Section
from riskq.questionnaire.rulebook import Rulebook

__all__ = ["MOST_NESTED", "Order"]

MOST_NESTED = 150
"""How deep conditions may stand in one another, through the facts and scales that they name."""


class _DeepError(Exception):
    """A fact or scale stands on so many others that nobody could follow it."""


class _CircleError(Exception):
    """A fact or scale leads back to itself; ``step`` is the one at which the circle closes."""

    def __init__(self, trail: tuple[str, ...], step: str) -> None:
        self.step = step
        super().__init__(" → ".join((*trail[trail.index(step) :], step)))


@dataclass(frozen=True)
class Order:
    """Which questions conditions look at, and whether they are asked early enough."""

    sections: tuple[Section, ...]
    rulebook: Rulebook
    _known: dict[str, frozenset[str]] = field(default_factory=dict, init=False, repr=False)
    _depths: dict[str, int] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the order in which they are asked."""
        return tuple(question for section in self.sections for question in section.questions)

    def problems(self) -> Iterator[Problem]:
        """Circles, facts and scales that stand too deep, and conditions that look ahead."""
        circles = tuple(self._circles())
        yield from circles
        if not circles:
            yield from self._late()

    def support(self, condition: Condition, trail: tuple[str, ...] = ()) -> frozenset[str]:
        """The questions that a condition looks at, through facts, scales and scores too.

        Raises ``_CircleError`` when a fact or scale leads back to itself.
        """
        found: set[str] = set()
        for part in walk(condition):
            match part:
                case Includes() | Beyond() | Compares() | OlderThan():
                    found.add(part.question)
                case FactHolds(fact=name):
                    found |= self._behind("fact", name, trail)
                case ScaleAt(scale=name):
                    found |= self._behind("scale", name, trail)
                case ScoreCompares(score=name):
                    found |= {
                        q.id for q in self.questions if any(name in o.points for o in q.options)
                    }
                case _:
                    pass
        return frozenset(found)

    def _behind(self, what: str, name: str, trail: tuple[str, ...]) -> frozenset[str]:
        step = f"{what} {name}"
        if step in trail:
            raise _CircleError(trail, step)
        if step not in self._known:
            if len(trail) > MOST_NESTED:
                raise _DeepError
            inner = self._inner(what, name)
            found = [self.support(part, (*trail, step)) for part in inner]
            self._depths[step] = max(map(self._depth, inner), default=0)
            if self._depths[step] > MOST_NESTED:
                raise _DeepError
            self._known[step] = frozenset().union(*found)
        return self._known[step]

    def _inner(self, what: str, name: str) -> list[Condition]:
        """The conditions that a fact or a scale stands on."""
        if what == "fact":
            return [fact.when for fact in self.rulebook.facts if fact.id == name]
        scales = [scale for scale in self.rulebook.scales if scale.id == name]
        return [rule.when for scale in scales for rule in scale.rules]

    def _depth(self, condition: Condition) -> int:
        """How deep a condition goes, through facts and scales whose depth is known."""
        match condition:
            case FactHolds(fact=name):
                return 1 + self._depths[f"fact {name}"]
            case ScaleAt(scale=name):
                return 1 + self._depths[f"scale {name}"]
            case _:
                return 1 + max(map(self._depth, parts_of(condition)), default=0)

    def _circles(self) -> Iterator[Problem]:
        named = [("fact", fact.id, fact.place) for fact in self.rulebook.facts]
        named += [("scale", scale.id, scale.place) for scale in self.rulebook.scales]
        for what, name, place in named:
            try:
                self._behind(what, name, ())
            except _CircleError as error:
                if error.step == f"{what} {name}":
                    told = f'the {what} "{name}" leads back to itself'
                    yield Problem("circle", str(place), told, f"Break the circle {error}.")
            except _DeepError:
                told = (
                    f'the {what} "{name}" stands more than {MOST_NESTED} deep on other conditions'
                )
                mend = "Write its conditions out, instead of naming facts that name facts."
                yield Problem("too-deep", str(place), told, mend)
                return

    def _late(self) -> Iterator[Problem]:
        position = {question.id: index for index, question in enumerate(self.questions)}
        for section in self.sections:
            first = position[section.questions[0].id]
            yield from self._ahead(section.ask_if, first, position)
            for question in section.questions:
                yield from self._ahead(question.ask_if, position[question.id], position)

    def _ahead(
        self, condition: Condition, upto: int, position: dict[str, int]
    ) -> Iterator[Problem]:
        for name in sorted(self.support(condition) & position.keys(), key=position.__getitem__):
            if position[name] >= upto:
                what = f'ask_if looks at "{name}", which is not asked before'
                mend = "Let it look at earlier questions only, or move the question down."
                yield Problem("later-question", str(condition.place), what, mend)
