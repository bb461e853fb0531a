"""A scale as one diagram: which rule decides, and whether the level means anything."""

from __future__ import annotations

from collections.abc import Hashable
from typing import cast

from msgspec import Struct

from riskq.engine import Compiled, Outcome, Truth

__all__ = ["JointScale", "ScaleEnd"]

_IDLE = "idle"
"""Marks the rules that decide a scale where it does not apply."""


class ScaleEnd(Struct, frozen=True):
    """What the leaves that a row reaches say of a scale.

    ``shown`` are the levels that completions reach in which the scale applies.
    """

    outcome: Outcome
    applies: Truth
    shown: frozenset[str]


class JointScale:
    """One walk down instead of three: the leaves hold the rule, marked where it counts for nothing.

    What is read off them is what ``Judge.scale`` reads off the scale's own diagrams.
    """

    def __init__(self, compiled: Compiled, name: str) -> None:
        self._scale = compiled.scales[name]
        self._diagrams = compiled.diagrams
        idle = self._diagrams.change((_IDLE, "of"), self._scale.rule, self._marked)
        self.root = self._diagrams.choose(compiled.applies[name], self._scale.rule, idle)

    def _marked(self, leaf: int) -> int:
        return self._diagrams.leaf((_IDLE, self._diagrams.value[leaf]))

    def end(self, bits: int) -> ScaleEnd:
        """What the leaves of these bits say."""
        values = self._diagrams.values(bits)
        idle = [value[1] for value in values if isinstance(value, tuple)]
        counting = [value for value in values if not isinstance(value, tuple)]
        rules = (self._diagrams.leaf(value) for value in {*idle, *counting})
        outcome = self._scale.outcome(
            sum(self._diagrams.bit[leaf] for leaf in rules), self._diagrams
        )
        applies = Truth.OPEN if idle and counting else Truth.HOLDS if counting else Truth.FAILS
        return ScaleEnd(outcome, applies, frozenset(map(self._level, counting)) - {""})

    def _level(self, rule: Hashable) -> str:
        """The level that a rule gives; where no rule holds, none."""
        return "" if rule is None else self._scale.scale.rules[cast("int", rule)].level
