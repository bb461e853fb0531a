"""The order in which to find things out is the best one, held against all orders there are."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings

from riskq.engine import Judge, WhatIf
from riskq.engine.diagrams import Diagrams
from riskq.engine.find_out import MOST_EXACT, best_order
from tests.ai_law import questionnaire
from tests.engine.strategies import ON, SEEDS, draw_answers, draw_questionnaire

Allowed = Mapping[int, tuple[int, ...]]
FEW = 5


@dataclass
class Averages:
    """How many questions are asked in some order until a diagram is settled."""

    diagrams: Diagrams
    node: int
    seen: dict[object, frozenset[int]] = field(default_factory=dict)
    known: dict[object, Fraction] = field(default_factory=dict)

    def of(self, allowed: Allowed, order: tuple[int, ...]) -> Fraction:
        """The average over all ways that the answers may fall out, each as likely as another."""
        kept = tuple(allowed.items())
        if kept not in self.seen:
            self.seen[kept] = self.diagrams.depends_on(self.node, allowed)
        matters = tuple(variable for variable in order if variable in self.seen[kept])
        if (kept, matters) not in self.known:
            self.known[kept, matters] = self._of(allowed, matters)
        return self.known[kept, matters]

    def _of(self, allowed: Allowed, matters: tuple[int, ...]) -> Fraction:
        if not matters:
            return Fraction(0)
        first, *rest = matters
        ways = [self.of({**allowed, first: (choice,)}, tuple(rest)) for choice in allowed[first]]
        return 1 + sum(ways, Fraction(0)) / len(ways)


def orders_of(needs: Mapping[int, frozenset[int]]) -> Iterator[tuple[int, ...]]:
    """Every order in which each variable comes after those that it needs."""
    for order in permutations(sorted(needs)):
        if all(needs[v] <= set(order[:place]) for place, v in enumerate(order)):
            yield order


def expect_the_best(seed: int) -> None:
    rng = random.Random(seed)
    diagrams = Diagrams()
    widths = [rng.choice((2, 2, 3)) for _ in range(rng.randint(2, FEW))]
    node = grown(rng, diagrams, widths, 0)
    allowed = {v: tuple(range(width)) for v, width in enumerate(widths)}
    needs = {
        v: frozenset(other for other in range(v) if rng.random() < 0.15) for v in range(len(widths))
    }
    found = best_order(diagrams, node, allowed, needs)
    averages = Averages(diagrams, node)
    cost = {order: averages.of(allowed, order) for order in orders_of(needs)}
    assert found == min(cost, key=lambda order: (cost[order], order))


def grown(rng: random.Random, diagrams: Diagrams, widths: list[int], variable: int) -> int:
    """A diagram with random leaves."""
    if variable == len(widths):
        return diagrams.leaf(rng.choice("aab"))
    branches = (grown(rng, diagrams, widths, variable + 1) for _ in range(widths[variable]))
    return diagrams.node(variable, tuple(branches))


@pytest.mark.slow
@given(seed=SEEDS)
@settings(max_examples=60)
def test_no_order_settles_a_diagram_with_fewer_questions(seed: int) -> None:
    expect_the_best(seed)


@pytest.mark.slow
@given(seed=SEEDS)
@settings(max_examples=2_000)
def test_no_order_settles_any_of_many_diagrams_with_fewer_questions(seed: int) -> None:
    expect_the_best(seed)


@given(seed=SEEDS)
@settings(max_examples=100)
def test_the_order_of_questions_is_the_best_that_keeps_to_their_conditions(seed: int) -> None:
    rng = random.Random(seed)
    asked = draw_questionnaire(rng)
    judge = Judge(asked, draw_answers(rng, asked, 3), ON)
    compiled = judge.compiled
    for scale in asked.rulebook.scales:
        deciding = [compiled.position[name] for name in judge.scale(scale.id).decides]
        if not 1 < len(deciding) <= FEW:
            continue
        allowed = judge.allowed(range(len(compiled.classes)))
        gates = {v: compiled.diagrams.depends_on(compiled.asked[v], allowed) for v in deciding}
        needs = {v: gates[v] & set(deciding) - {v} for v in deciding}
        known = {v: compiled.classes[v].certain(ON) for v in deciding}
        node = compiled.scales[scale.id].level
        averages = Averages(compiled.diagrams, node)
        cost = {order: averages.of({**allowed, **known}, order) for order in orders_of(needs)}
        order = tuple(compiled.position[name] for name in WhatIf(judge, scale.id).order())
        assert cost[order] == min(cost.values())


def test_a_question_comes_after_those_that_it_needs() -> None:
    diagrams = Diagrams()
    yes, no = diagrams.leaf("yes"), diagrams.leaf("no")
    node = diagrams.node(0, (diagrams.node(1, (diagrams.node(2, (yes, no)), no)), no))
    everything = dict.fromkeys(range(3), (0, 1))
    alone = dict.fromkeys(range(3), frozenset[int]())
    assert best_order(diagrams, node, everything, alone) == (0, 1, 2)
    assert best_order(diagrams, node, everything, {**alone, 0: frozenset({2})}) == (1, 2, 0)


def test_more_questions_than_can_be_tried_are_ordered_too() -> None:
    judge = Judge(questionnaire(), {}, ON)
    order = WhatIf(judge, "trusted-list").order()
    assert len(order) > MOST_EXACT
    assert order[:3] == ("model-based", "functions", "kazakhstan-link")
    assert sorted(order) == sorted(judge.scale("trusted-list").decides)
