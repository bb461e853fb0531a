"""Decision diagrams: functions of the answers, shared, canonical, and quick to ask.

A diagram is a graph. An inner node looks at one variable (a question) and has one branch for each
class of answers that the questionnaire tells apart; a leaf holds the value. Equal functions are
always the same node, so that "does it depend on this question?" and "can it still become that?"
are answered exactly, by looking, for complete answers and for open ones, in proof and at run time.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterator, Mapping
from functools import reduce
from itertools import repeat
from operator import or_
from typing import cast

from riskq.errors import TooLargeError

__all__ = ["FALSE", "TRUE", "Allowed", "Diagrams"]

FALSE = 0
TRUE = 1
_LEAF = 1 << 60
"""The variable of leaves: larger than every real one, so that leaves come last in every path."""

MOST_NODES = 3_000_000
"""So many nodes are made and no more: with what is known of them they fill over a gigabyte."""

Allowed = Mapping[int, tuple[int, ...]]
"""The branches that each variable may still take; at least one for every variable."""

_Operands = tuple[int, ...]
_Simplify = Callable[..., int | _Operands]
_Split = tuple[int, list[int | _Operands]]
"""The variable that operands look at first, and what they leave for each of its branches."""


class Diagrams:
    """A store of nodes, which are numbers; ``FALSE`` and ``TRUE`` are the leaves of truth."""

    def __init__(self) -> None:
        self.variable: list[int] = []
        self.branches: list[tuple[int, ...]] = []
        self.value: list[Hashable] = []
        self.bit: list[int] = []
        self.leaf_of_bit: list[int] = []
        self._nodes: dict[tuple[int, tuple[int, ...]], int] = {}
        self._leaves: dict[tuple[type, Hashable], int] = {}
        self._memo: dict[Hashable, dict[_Operands, int]] = {}
        self.leaf(("truth", False))
        self.leaf(("truth", True))

    def leaf(self, value: Hashable) -> int:
        """The leaf that holds a value; equal values of two types (0 and a score of 0) have two."""
        key = (type(value), value)
        node = self._leaves.get(key)
        if node is None:
            node = self._leaves[key] = self._add(_LEAF, (), value)
            self.bit[node] = 1 << len(self.leaf_of_bit)
            self.leaf_of_bit.append(node)
        return node

    def node(self, variable: int, branches: tuple[int, ...]) -> int:
        """The node that looks at a variable; a node whose branches are all equal is that branch."""
        first = branches[0]
        if branches.count(first) == len(branches):
            return first
        key = (variable, branches)
        node = self._nodes.get(key)
        if node is None:
            node = self._nodes[key] = self._add(variable, branches, None)
        return node

    def _add(self, variable: int, branches: tuple[int, ...], value: Hashable) -> int:
        if len(self.variable) >= MOST_NODES:
            told = f"its rules need more than {MOST_NODES:,} nodes of decision diagrams"
            raise TooLargeError(f"{told}. Let fewer questions decide together.")
        self.variable.append(variable)
        self.branches.append(branches)
        self.value.append(value)
        self.bit.append(0)
        return len(self.variable) - 1

    def both(self, left: int, right: int) -> int:
        """Holds where both hold."""
        return self._merge("both", self._both, (left, right))

    @staticmethod
    def _both(left: int, right: int) -> int | _Operands:
        if right in (left, TRUE):
            return left
        if left == TRUE:
            return right
        if FALSE in (left, right):
            return FALSE
        return (left, right) if left < right else (right, left)

    def either(self, left: int, right: int) -> int:
        """Holds where at least one holds."""
        return self._merge("either", self._either, (left, right))

    @staticmethod
    def _either(left: int, right: int) -> int | _Operands:
        if right in (left, FALSE):
            return left
        if left == FALSE:
            return right
        if TRUE in (left, right):
            return TRUE
        return (left, right) if left < right else (right, left)

    def negation(self, node: int) -> int:
        """Holds where the node fails."""
        return self.change("negation", node, lambda leaf: TRUE if leaf == FALSE else FALSE)

    def choose(self, condition: int, then: int, otherwise: int) -> int:
        """The value of ``then`` where the condition holds, of ``otherwise`` where it fails."""
        return self._merge("choose", self._choose, (condition, then, otherwise))

    @staticmethod
    def _choose(condition: int, then: int, otherwise: int) -> int | _Operands:
        if condition == TRUE or then == otherwise:
            return then
        return otherwise if condition == FALSE else (condition, then, otherwise)

    def select(self, variable: int, branches: tuple[int, ...]) -> int:
        """The value of the branch that the variable takes; branches may look at any variable."""
        if all(self.variable[branch] > variable for branch in branches):
            return self.node(variable, branches)
        choices = tuple(self.leaf(("choice", index)) for index in range(len(branches)))
        return self._merge("select", self._select, (self.node(variable, choices), *branches))

    def _select(self, choice: int, *branches: int) -> int | _Operands:
        if branches.count(branches[0]) == len(branches):
            return branches[0]
        if self.variable[choice] == _LEAF:
            return branches[cast("tuple[str, int]", self.value[choice])[1]]
        return (choice, *branches)

    def add(self, left: int, right: int, sum_of: Callable[[Hashable, Hashable], Hashable]) -> int:
        """The diagram whose leaves hold the sums of the leaves of two diagrams."""

        def added(one: int, other: int) -> int | _Operands:
            if self.variable[one] == _LEAF and self.variable[other] == _LEAF:
                return self.leaf(sum_of(self.value[one], self.value[other]))
            return one, other

        return self._merge("add", added, (left, right))

    def change(self, name: Hashable, node: int, of_leaf: Callable[[int], int]) -> int:
        """The diagram with each leaf replaced; the same name must always mean the same change."""

        def changed(own: int) -> int | _Operands:
            return of_leaf(own) if self.variable[own] == _LEAF else (own,)

        return self._merge(name, changed, (node,))

    def _merge(self, name: Hashable, simplify: _Simplify, operands: _Operands) -> int:
        """One diagram made of several, by what ``simplify`` makes of their parts.

        It gives a node where the operands leave nothing to do, and otherwise the operands by
        which the result is known: the same name must always mean the same. No function calls
        itself here, since diagrams of long questionnaires are deeper than Python may call.
        """
        start = simplify(*operands)
        if isinstance(start, int):
            return start
        known = self._memo.setdefault(name, {})
        if start not in known:
            split = self._split_all(known, simplify, start)
            # Branches look at later variables than their node, so that the last come first.
            for own, (top, rows) in sorted(split.items(), key=_top, reverse=True):
                branches = (row if isinstance(row, int) else known[row] for row in rows)
                known[own] = self.node(top, tuple(branches))
        return known[start]

    def _split_all(
        self, known: Mapping[_Operands, int], simplify: _Simplify, start: _Operands
    ) -> dict[_Operands, _Split]:
        """All operands that a merge comes to and does not know yet, each with its branches."""
        variable, branches = self.variable, self.branches
        found: dict[_Operands, _Split] = {}
        waiting = [start]
        while waiting:
            operands = waiting.pop()
            if operands in found or operands in known:
                continue
            top = min([variable[node] for node in operands])
            parts = [branches[n] if variable[n] == top else repeat(n) for n in operands]
            rows = [simplify(*row) for row in zip(*parts, strict=False)]
            found[operands] = top, rows
            waiting += [row for row in rows if not isinstance(row, int)]
        return found

    def is_leaf(self, node: int) -> bool:
        """Whether the node is a leaf."""
        return self.variable[node] == _LEAF

    def leaves(self, node: int, allowed: Allowed, memo: dict[int, int]) -> int:
        """The leaves still reached, as a sum of their bits, when variables keep to their branches.

        ``allowed`` gives the branches of each variable; ``memo`` serves all calls that share it.
        """
        variables, rows = self.variable, self.branches
        while row := rows[node]:
            choices = allowed[variables[node]]
            if len(choices) > 1:
                return self._spread(node, allowed, memo)
            node = row[choices[0]]
        return self.bit[node]

    def _spread(self, start: int, allowed: Allowed, memo: dict[int, int]) -> int:
        """The leaves behind a node whose variable is open."""
        variables, rows, bit = self.variable, self.branches, self.bit
        node, row, found = start, rows[start], 0
        left = allowed[variables[start]]
        choices = iter(left)
        above: list[tuple[int, tuple[int, ...], int, Iterator[int]]] = []
        while True:
            for choice in choices:
                below = row[choice]
                while inner := rows[below]:
                    left = allowed[variables[below]]
                    if len(left) > 1:
                        break
                    below = inner[left[0]]
                # Every node leads to some leaf: no bits are those of a node not seen yet.
                bits = bit[below] or memo.get(below, 0)
                if not bits:
                    above.append((node, row, found, choices))
                    node, row, found, choices = below, inner, 0, iter(left)
                    break
                found |= bits
            else:
                bits = memo[node] = found
                if not above:
                    return found
                node, row, found, choices = above.pop()
                found |= bits

    def values(self, bits: int) -> tuple[Hashable, ...]:
        """The values of the leaves whose bits are set, in the order in which leaves were made."""
        found = []
        while bits:
            low = bits & -bits
            found.append(self.value[self.leaf_of_bit[low.bit_length() - 1]])
            bits ^= low
        return tuple(found)

    def given(self, variable: int, choice: int, node: int) -> int:
        """The diagram where a variable takes a branch, which it then looks at no more."""
        variables = self.variable

        def simplify(own: int) -> int | _Operands:
            if variables[own] == variable:
                return self.branches[own][choice]
            return own if variables[own] > variable else (own,)

        return self._merge(("given", variable, choice), simplify, (node,))

    def below(self, node: int, allowed: Allowed, known: Container[int] = ()) -> list[int]:
        """The inner nodes that are reached, each after all of those that it leads to.

        Known ones are left out, with what only they lead to.
        """
        variables, rows = self.variable, self.branches
        found, waiting = set(), [node]
        while waiting:
            inner = waiting.pop()
            if rows[inner] and inner not in found and inner not in known:
                found.add(inner)
                row = rows[inner]
                waiting += [row[choice] for choice in allowed[variables[inner]]]
        return sorted(found, key=variables.__getitem__, reverse=True)

    def depends_on(self, node: int, allowed: Allowed) -> frozenset[int]:
        """The variables that the diagram still depends on when each keeps to its branches."""
        # The diagram is cut down to these branches and made canonical again: leaves keep their
        # numbers, other nodes get negative ones. Beside each stand the variables it sees, as bits.
        cut: dict[int, tuple[int, int]] = {}
        numbers: dict[tuple[int, ...], int] = {}
        for inner in self.below(node, allowed):
            variable, row = self.variable[inner], self.branches[inner]
            kept = [cut.get(row[choice], (row[choice], 0)) for choice in allowed[variable]]
            key = (variable, *(number for number, _ in kept))
            if len(set(key[1:])) == 1:
                cut[inner] = kept[0]
            else:
                seen = reduce(or_, (seen for _, seen in kept), 1 << variable)
                cut[inner] = numbers.setdefault(key, -1 - len(numbers)), seen
        seen = cut.get(node, (node, 0))[1]
        return frozenset(v for v in range(seen.bit_length()) if seen >> v & 1)


def _top(split: tuple[_Operands, _Split]) -> int:
    return split[1][0]
