"""What can be seen of what a questionnaire makes of answers: nothing finer than people are shown.

The diagrams of ``outcomes`` look behind every "I don't know", where nobody can look. Two of them
may differ there and still show the same of all answers. Here a leaf holds what is shown, and all
truths that may lie behind one "I don't know" lead to one leaf: the one that shows their results
together.

Why two questionnaires whose nodes are equal here show the same of all answers that can be given:
what is shown of several results together follows from what is shown of each. A question is in the
journey if one completion asks it; a condition holds, fails or is open as its truths agree or not;
a duty has the state on which all states agree, and is unknown otherwise. An answer leaves one class
possible, or the truths behind "I don't know", which one leaf holds; an unanswered question leaves
all of these, so that what is shown follows from those leaves again.

Levels, deciding rules and further reasons are compared without this, since the questions that still
decide are found behind the "I don't know" too. So is every answer whose days may be yet to come,
since fewer truths lie behind an "I don't know" before they have.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import reduce
from typing import cast

from riskq.checks.outcomes import Outcome, asking, outcomes
from riskq.engine import FALSE, TRUE, Compiled, CompiledScale
from riskq.questionnaire import DutyState

__all__ = ["shown"]

_EXACT = ("level", "because", "applies")
"""The outcomes that are compared as they are."""

_Leaves = frozenset[int]


def shown(compiled: Compiled) -> Iterator[tuple[Outcome, int]]:
    """What a reader is shown, each thing as one diagram; equal nodes show the same of all answers.

    The conclusion is meant, and not what is made of it: neither the order in which several reasons
    are told, nor how each is explained from the parts of its condition, nor what a level hangs on.
    """
    seen = _Seen(compiled)
    for outcome, node in outcomes(compiled):
        if outcome.what in _EXACT:
            yield outcome, node
        elif outcome.what == "duty":
            yield outcome, seen.state(node)
        elif outcome.what != "met":
            yield outcome, seen.truths(node)
    for name, node in compiled.met.items():
        yield Outcome("met", name), seen.truths(node)
    for scale in compiled.scales.values():
        yield from _reasons(compiled, scale)
    for outcome, node in asking(compiled):
        yield outcome, seen.possible(node)


def _reasons(compiled: Compiled, scale: CompiledScale) -> Iterator[tuple[Outcome, int]]:
    """Where each rule stands beside the deciding one as a further reason for its level."""
    diagrams = compiled.diagrams
    for rule, condition in zip(scale.scale.rules, scale.conditions, strict=True):
        leaf = diagrams.leaf(scale.scale.levels.index(rule.level))

        def is_level(node: int, wanted: int = leaf) -> int:
            return TRUE if node == wanted else FALSE

        there = diagrams.change(("level is", leaf), scale.level, is_level)
        # A rule that always holds is never told beside others.
        yield (
            Outcome("reason", rule.id),
            FALSE if condition == TRUE else diagrams.both(there, condition),
        )


class _Seen:
    """Diagrams in which "I don't know" hides the truth behind it."""

    def __init__(self, compiled: Compiled) -> None:
        self.diagrams = compiled.diagrams
        self.everything = {i: classes.all for i, classes in enumerate(compiled.classes)}
        self.hidden = {
            variable: classes.unsure
            for variable, classes in enumerate(compiled.classes)
            if classes.tests_unsure and not classes.waits
        }
        self._memo: dict[int, int] = {}

    def truths(self, node: int) -> int:
        """The diagram whose leaves hold the set of leaves that the truths lead to."""
        for inner in self.diagrams.below(node, self.everything, self._memo):
            self._memo[inner] = self._truths(inner)
        return self._found(node)

    def _found(self, node: int) -> int:
        is_leaf = self.diagrams.is_leaf(node)
        return self.diagrams.leaf(frozenset({node})) if is_leaf else self._memo[node]

    def _truths(self, node: int) -> int:
        variable = self.diagrams.variable[node]
        branches = [self._found(branch) for branch in self.diagrams.branches[node]]
        behind = self.hidden.get(variable, ())
        if behind:
            together = reduce(self._together, (branches[choice] for choice in behind))
            for choice in behind:
                branches[choice] = together
        return self.diagrams.node(variable, tuple(branches))

    def _together(self, left: int, right: int) -> int:
        return self.diagrams.add(left, right, _union)

    def possible(self, node: int) -> int:
        """The diagram that holds where some truth makes the node hold."""
        return self.diagrams.change("possible", self.truths(node), self._is_possible)

    def _is_possible(self, leaf: int) -> int:
        return TRUE if TRUE in self._leaves(leaf) else FALSE

    def state(self, node: int) -> int:
        """The diagram whose leaves hold whether a duty may be absent, and the state shown of it."""
        return self.diagrams.change("shown", self.truths(node), self._shown_state)

    def _shown_state(self, leaf: int) -> int:
        values = [self.diagrams.value[own] for own in self._leaves(leaf)]
        states = [value for value in values if isinstance(value, DutyState)]
        agreed = states[0] if len(states) == 1 else DutyState.UNKNOWN
        shown_state = (None in values, agreed if states else None)
        return self.diagrams.leaf(shown_state)

    def _leaves(self, leaf: int) -> _Leaves:
        return cast("_Leaves", self.diagrams.value[leaf])


def _union(left: Hashable, right: Hashable) -> Hashable:
    return cast("_Leaves", left) | cast("_Leaves", right)
