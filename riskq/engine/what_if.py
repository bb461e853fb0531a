"""What if: the smallest changes of answers that would change a level, and what to find out first.

It tells which answers a level hangs on, and never that one should answer otherwise. Changes are
tried over the classes of answers that the questionnaire tells apart, so that none is missed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from msgspec import Struct

from riskq.engine.answers import Answer, Unsure
from riskq.engine.conclusion import Truth
from riskq.engine.find_out import best_order
from riskq.engine.judge import Judge

__all__ = ["Change", "WhatIf"]

_Move = tuple[int, int]
"""A variable, and the class that its answer would have instead."""


class Change(Struct, frozen=True):
    """Other answers to one question or two, and the levels that would then be possible.

    No level is possible where the scale would not apply any more.
    """

    answers: Mapping[str, Answer]
    possible: tuple[str, ...]


class WhatIf:
    """What a level hangs on, for given answers on one scale."""

    def __init__(self, judge: Judge, scale: str) -> None:
        compiled = judge.compiled
        self.judge = judge
        self.result = judge.scale(scale)
        self._diagrams = compiled.diagrams
        self._classes = compiled.classes
        self._asked = compiled.asked
        self._relevant = compiled.relevant[scale]
        self._level = compiled.scales[scale].level
        self._levels = judge.questionnaire.rulebook.scale(scale).levels
        everything = {i: classes.all for i, classes in enumerate(compiled.classes)}
        self._allowed = judge.allowed(everything)
        self._seen = sorted(self._diagrams.depends_on(self._relevant, everything))

    @property
    def is_settled(self) -> bool:
        """Whether the scale surely applies and has one level."""
        return self.result.applies is Truth.HOLDS and self.result.level is not None

    def changes(self) -> tuple[Change, ...]:
        """The smallest changes after which the level is another or not sure any more.

        First those of one answer, then those of two of which neither is enough. Of several
        answers to the same questions with the same effect the first is told. Empty while the
        level is open.
        """
        if not self.is_settled:
            return ()
        found: dict[tuple[tuple[str, ...], tuple[str, ...]], Change] = {}
        for moves, possible in self._tried():
            answers = {self._name(v): self._classes[v].samples[choice] for v, choice in moves}
            found.setdefault((tuple(answers), possible), Change(answers, possible))
        return tuple(found.values())

    def _tried(self) -> Iterator[tuple[tuple[_Move, ...], tuple[str, ...]]]:
        """The moves that change something, each with the levels it leaves."""
        now, rest = self._possible(()), []
        for move in self._moves():
            possible = self._possible((move,))
            if possible != now:
                yield (move,), possible
            else:
                rest.append(move)
        for pair in combinations(rest, 2):
            possible = now if pair[0][0] == pair[1][0] else self._possible(pair)
            if possible != now:
                yield pair, possible

    def _moves(self) -> Iterator[_Move]:
        """Every other answer to a question that counts, is known, and could matter here."""
        counted = self.judge.journey.counted
        for variable in self._seen:
            answer = counted.get(self._name(variable))
            if answer is not None and not isinstance(answer, Unsure):
                others = self._classes[variable].certain(self.judge.on)
                yield from ((variable, o) for o in others if o not in self._allowed[variable])

    def _possible(self, moves: tuple[_Move, ...]) -> tuple[str, ...]:
        """The levels left after some moves; answers that come back to the path count again."""
        allowed = {**self._allowed, **{variable: (choice,) for variable, choice in moves}}
        values = self._diagrams.values(self._diagrams.leaves(self._relevant, allowed, {}))
        reached = {value for value in values if isinstance(value, int)}
        return tuple(level for i, level in enumerate(self._levels) if i in reached)

    def order(self) -> tuple[str, ...]:
        """The questions on which an open level depends, in the order in which to find them out.

        The one in which fewest have to be asked until the level is settled (see ``find_out``). A
        question comes after those that decide whether it is asked.
        """
        place = self.judge.compiled.position
        deciding = frozenset(place[name] for name in self.result.decides)
        known = {v: self._classes[v].certain(self.judge.on) for v in deciding}
        needs = {v: (self._waits(v) & deciding) - {v} for v in deciding}
        ordered = best_order(self._diagrams, self._level, {**self._allowed, **known}, needs)
        return tuple(map(self._name, ordered))

    def _waits(self, variable: int) -> frozenset[int]:
        """The open questions that decide whether a question is asked."""
        return self._diagrams.depends_on(self._asked[variable], self._allowed)

    def _name(self, variable: int) -> str:
        return self._classes[variable].question.id
