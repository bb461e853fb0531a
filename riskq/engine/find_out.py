"""In which order to find out what is not known, so that a level is settled soonest.

An order is good if few questions have to be asked until the level is settled, on average over all
answers to them, a question that has come to matter to nothing being skipped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from math import prod

from riskq.engine.diagrams import Diagrams

__all__ = ["MOST_EXACT", "best_order"]

MOST_EXACT = 7
"""Of so many questions the best order is found; of more, the first ones are chosen one by one."""

MOST_WEIGHED = 20_000
"""Where questions times nodes are more, the first ones stand in the order of asking: to weigh each
against all others would take seconds."""

Needs = Mapping[int, frozenset[int]]
"""The variables that have to be asked before each variable."""


def best_order(
    diagrams: Diagrams, node: int, allowed: Mapping[int, tuple[int, ...]], needs: Needs
) -> tuple[int, ...]:
    """The variables of ``needs`` in the order in which to ask, for a diagram that is open.

    ``allowed`` gives the branches of each variable, all as likely as one another. Of orders that
    are as good the one that asks in the order of the variables is given.
    """
    return _Asking(diagrams, node, allowed, needs).order()


class _Asking:
    """The states that a diagram comes to as variables are asked, in a store of its own."""

    def __init__(
        self, diagrams: Diagrams, node: int, allowed: Mapping[int, tuple[int, ...]], needs: Needs
    ) -> None:
        self.needs = needs
        self.width = {variable: len(allowed[variable]) for variable in needs}
        # Threads share the questionnaire's store, so that nothing may be added to it here.
        self.own = Diagrams()
        self.root = self._copied(diagrams, node, allowed)
        # The diagram may branch on more than the questions that decide.
        self.everything = {v: tuple(range(len(choices))) for v, choices in allowed.items()}
        self._seen: dict[int, frozenset[int]] = {}
        self.best = cache(self._best)
        self._known = {frozenset[int](): Counter({self.root: 1})}

    def _copied(self, diagrams: Diagrams, node: int, allowed: Mapping[int, tuple[int, ...]]) -> int:
        """The node with the branches that are allowed and no others."""
        copies: dict[int, int] = {}

        def copied(own: int) -> int:
            return self.own.leaf(diagrams.value[own]) if diagrams.is_leaf(own) else copies[own]

        for inner in diagrams.below(node, allowed):
            variable, row = diagrams.variable[inner], diagrams.branches[inner]
            kept = tuple(copied(row[choice]) for choice in allowed[variable])
            copies[inner] = self.own.node(variable, kept)
        return copied(node)

    def order(self) -> tuple[int, ...]:
        asked: tuple[int, ...] = ()
        is_weighed = len(self.own.variable) * len(self.needs) <= MOST_WEIGHED
        while len(self.needs) - len(asked) > MOST_EXACT:
            done = frozenset(asked)
            ready = self._ready(done)
            if is_weighed:
                ready.sort(key=lambda v: (*self._merit(done, v), v))
            asked = (*asked, ready[0])
        return (*asked, *self.best(frozenset(asked))[1])

    def _ready(self, asked: frozenset[int]) -> list[int]:
        """The variables that may be asked next."""
        return [v for v in sorted(self.needs) if v not in asked and self.needs[v] <= asked]

    def _best(self, asked: frozenset[int]) -> tuple[int, tuple[int, ...]]:
        """What asking the rest costs in the best order, and that order."""
        ways = [
            (self._cost(asked, variable) + cost, (variable, *rest))
            for variable in self._ready(asked)
            for cost, rest in [self.best(asked | {variable})]
        ]
        return min(ways, default=(0, ()))

    def _cost(self, asked: frozenset[int], variable: int) -> int:
        """How many of all the answers make it necessary to ask the variable after the others."""
        ways = sum(n for node, n in self.states(asked).items() if variable in self.sees(node))
        return ways * prod(width for v, width in self.width.items() if v not in asked)

    def _merit(self, asked: frozenset[int], variable: int) -> tuple[float, float]:
        """Less is better: the share of answers that leave the level open, and what they leave."""
        states = self.states(asked | {variable})
        left = [(len(self.sees(node)), n) for node, n in states.items()]
        total = sum(n for _, n in left)
        return sum(n for seen, n in left if seen) / total, sum(s * n for s, n in left) / total

    def states(self, asked: frozenset[int]) -> Counter[int]:
        """What the diagram comes to once the variables are known, and for how many answers."""
        late: list[int] = []
        while asked not in self._known:
            late.append(max(asked))
            asked -= {late[-1]}
        for last in reversed(late):
            found: Counter[int] = Counter()
            for node, count in self._known[asked].items():
                for choice in range(self.width[last]):
                    found[self.own.given(last, choice, node)] += count
            asked |= {last}
            self._known[asked] = found
        return self._known[asked]

    def sees(self, node: int) -> frozenset[int]:
        """The variables that a diagram depends on."""
        nothing = frozenset[int]()
        if node not in self._seen:
            for inner in self.own.below(node, self.everything, self._seen):
                behind = (self._seen.get(row, nothing) for row in self.own.branches[inner])
                self._seen[inner] = frozenset({self.own.variable[inner]}).union(*behind)
        return self._seen.get(node, nothing)
