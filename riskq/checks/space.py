"""All combinations of answers to a questionnaire at once: what the proofs are made in.

It is the questionnaire's own decision diagrams, the same that judge people's answers, with the
questions that only a proof asks of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property, reduce
from itertools import accumulate
from math import prod

from msgspec import Struct

from riskq.checks.apart import written
from riskq.checks.finding import Example
from riskq.engine import FALSE, TRUE, Classes, Compiled, Unsure
from riskq.questionnaire import (
    AllOf,
    Beyond,
    Condition,
    Includes,
    Kind,
    Not,
    Question,
    Questionnaire,
    parts_of,
)

__all__ = ["Space"]

_Test = Includes | Beyond

_DOUBT = 1000
"""What a step over "I don't know" costs in the search for an example: more than any other path."""


class _Way(Struct, frozen=True):
    """A path to a leaf: what it costs, its first step (variable and branch), and the rest of it."""

    cost: int
    first: tuple[int, int] | None = None
    rest: _Way | None = None

    @property
    def steps(self) -> Iterator[tuple[int, int]]:
        """The steps from the top down."""
        way: _Way | None = self
        while way is not None and way.first is not None:
            yield way.first
            way = way.rest


class Space:
    """The diagrams of a questionnaire with every class of every question allowed."""

    def __init__(self, questionnaire: Questionnaire, *, all_asked: bool = False) -> None:
        self.questionnaire = questionnaire
        # Not the one that judges: proofs make many more diagrams, and other threads read that one.
        self.compiled = Compiled(questionnaire, all_asked=all_asked)
        self.diagrams = self.compiled.diagrams
        self._rests: dict[int, tuple[int, ...]] = {}
        self.everything = {i: classes.all for i, classes in enumerate(self.compiled.classes)}

    def condition(self, condition: Condition) -> int:
        """The diagram that holds where the condition holds."""
        return self.compiled.condition(condition)

    def all_of(self, nodes: Iterable[int]) -> int:
        """The diagram that holds where all of them hold."""
        return reduce(self.diagrams.both, nodes, TRUE)

    def any_of(self, nodes: Iterable[int]) -> int:
        """The diagram that holds where at least one of them holds."""
        return reduce(self.diagrams.either, nodes, FALSE)

    def without(self, node: int, other: int) -> int:
        """The diagram that holds where the first holds and the other does not."""
        return self.diagrams.both(node, self.diagrams.negation(other))

    def classes(self, question: str) -> Classes:
        """The classes of answers to a question."""
        return self.compiled.classes[self.compiled.position[question]]

    def asked(self, question: str) -> int:
        """The diagram that holds where the question is asked."""
        return self.compiled.asked[self.compiled.position[question]]

    def at(self, question: str, classes: Collection[int]) -> int:
        """The diagram that holds where the question is asked and answered by one of the classes."""
        variable = self.compiled.position[question]
        branches = tuple(TRUE if i in classes else FALSE for i in self.everything[variable])
        return self.diagrams.both(
            self.compiled.asked[variable], self.diagrams.node(variable, branches)
        )

    def chosen(self, question: str, option: str) -> int:
        """The diagram that holds where the question is asked and its answer includes the option."""
        including = Includes(question, (option,))
        return self.at(question, self.classes(question).holding(including))

    @cached_property
    def all_asked(self) -> Space:
        """The same conditions as they would be if every question were asked."""
        return Space(self.questionnaire, all_asked=True)

    def with_part(self, condition: Condition, path: tuple[int, ...], node: int) -> int:
        """The diagram of a condition in which the part at a path has the diagram ``node``."""
        if not path:
            return node
        parts = parts_of(condition)
        inner = self.with_part(parts[path[0]], path[1:], node)
        if isinstance(condition, Not):
            return self.diagrams.negation(inner)
        join = self.diagrams.both if isinstance(condition, AllOf) else self.diagrams.either
        return join(inner, self._others(condition)[path[0]])

    def with_test(
        self, condition: Condition, path: tuple[int, ...], own: _Test, other: _Test
    ) -> int:
        """The diagram of a condition in which its own test at a path is another one."""
        classes = self.classes(own.question)
        holds = classes.holding(own) ^ classes.differing(own, other)
        return self.with_part(condition, path, self.at(own.question, holds))

    def _others(self, condition: Condition) -> tuple[int, ...]:
        """For each part of an "all" or "any", the diagram of all its other parts together."""
        # By identity, since the questionnaire keeps its conditions and hashing long ones is slow.
        found = self._rests.get(id(condition))
        if found is None:
            is_all = isinstance(condition, AllOf)
            join = self.diagrams.both if is_all else self.diagrams.either
            nodes = [self.condition(part) for part in parts_of(condition)]
            start = TRUE if is_all else FALSE
            before = list(accumulate(nodes, join, initial=start))[:-1]
            after = list(accumulate(reversed(nodes), join, initial=start))[-2::-1]
            found = tuple(map(join, before, after))
            self._rests[id(condition)] = found
        return found

    def sees(self, node: int) -> frozenset[int]:
        """The variables that the diagram depends on."""
        return self.diagrams.depends_on(node, self.everything)

    def example(self, node: int, leaf: int = TRUE) -> Example | None:
        """The fewest answers with which the diagram has the leaf; ``None`` if none lead there.

        An "I don't know" is among them only where nothing else leads there.
        """
        way = self._cheapest(node, leaf)
        return None if way is None else dict(self.written(step) for step in way.steps)

    def written(self, step: tuple[int, int]) -> tuple[str, str | list[str]]:
        """The question of a variable, and an answer of one of its classes."""
        return written(self.compiled.classes, step)

    def _cheapest(self, node: int, leaf: int) -> _Way | None:
        known: dict[int, _Way] = {leaf: _Way(0)}
        for inner in self.diagrams.below(node, self.everything):
            variable, row = self.diagrams.variable[inner], self.diagrams.branches[inner]
            samples = self.compiled.classes[variable].samples
            ways: list[_Way] = []
            for choice, branch in enumerate(row):
                rest = known.get(branch)
                if rest is not None:
                    price = _DOUBT if isinstance(samples[choice], Unsure) else 1
                    ways.append(_Way(rest.cost + price, (variable, choice), rest))
            if ways:
                known[inner] = min(ways, key=lambda way: way.cost)
        return known.get(node)

    def count(self) -> int:
        """How many sets of answers there are, numbers, dates and texts by their classes."""
        return prod(
            _ways(question, self.classes(question.id)) for question in self.questionnaire.questions
        )


def _ways(question: Question, classes: Classes) -> int:
    """In how many ways a question can be answered."""
    alone = sum(option.exclusive for option in question.options)
    free = len(question.options) - alone
    doubt = 1 if question.unsure else 0
    if question.kind is Kind.MANY:
        return alone + (1 << free) - 1 + doubt
    if question.kind is Kind.ONE:
        return free + doubt
    return len(classes)
