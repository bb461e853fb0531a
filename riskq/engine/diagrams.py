"""Decision diagrams: functions of the answers, shared, canonical, and quick to ask.

A diagram is a graph. An inner node looks at one variable (a question) and has one branch for each
class of answers that the questionnaire tells apart; a leaf holds the value. Equal functions are
always the same node, so that "does it depend on this question?" and "can it still become that?"
are answered exactly, by looking, for complete answers and for open ones, in proof and at run time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping

__all__ = ["FALSE", "TRUE", "Allowed", "Diagrams"]

FALSE = 0
TRUE = 1
_LEAF = 1 << 60
"""The variable of leaves: larger than every real one, so that leaves come last in every path."""

Allowed = Mapping[int, tuple[int, ...]]
"""The branches that each variable may still take; at least one for every variable."""


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
        self._memo: dict[tuple[Hashable, int, int], int] = {}
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
        self.variable.append(variable)
        self.branches.append(branches)
        self.value.append(value)
        self.bit.append(0)
        return len(self.variable) - 1

    def both(self, left: int, right: int) -> int:
        """Holds where both hold."""
        if right in (left, TRUE):
            return left
        if left == TRUE:
            return right
        if FALSE in (left, right):
            return FALSE
        return self._combine("both", min(left, right), max(left, right), self.both)

    def either(self, left: int, right: int) -> int:
        """Holds where at least one holds."""
        if right in (left, FALSE):
            return left
        if left == FALSE:
            return right
        if TRUE in (left, right):
            return TRUE
        return self._combine("either", min(left, right), max(left, right), self.either)

    def negation(self, node: int) -> int:
        """Holds where the node fails."""
        return self.change("negation", node, lambda leaf: TRUE if leaf == FALSE else FALSE)

    def choose(self, condition: int, then: int, otherwise: int) -> int:
        """The value of ``then`` where the condition holds, of ``otherwise`` where it fails."""
        if condition == TRUE:
            return then
        if condition == FALSE:
            return otherwise
        if then == otherwise:
            return then
        memo = ("choose", condition, then)
        key = (memo, otherwise, 0)
        found = self._memo.get(key)
        if found is None:
            top = min(self.variable[condition], self.variable[then], self.variable[otherwise])
            parts = [self._split(part, top) for part in (condition, then, otherwise)]
            width = max(len(part) for part in parts)
            rows = zip(*(part * width if len(part) == 1 else part for part in parts), strict=True)
            found = self.node(top, tuple(self.choose(*row) for row in rows))
            self._memo[key] = found
        return found

    def add(self, left: int, right: int, sum_of: Callable[[Hashable, Hashable], Hashable]) -> int:
        """The leaf-wise sum of two diagrams whose leaves hold numbers."""
        if self.variable[left] == _LEAF and self.variable[right] == _LEAF:
            return self.leaf(sum_of(self.value[left], self.value[right]))
        return self._combine("add", left, right, lambda a, b: self.add(a, b, sum_of))

    def change(self, name: Hashable, node: int, of_leaf: Callable[[int], int]) -> int:
        """The diagram with each leaf replaced; the same name must always mean the same change."""
        if self.variable[node] == _LEAF:
            return of_leaf(node)
        key = (name, node, -1)
        found = self._memo.get(key)
        if found is None:
            changed = tuple(self.change(name, branch, of_leaf) for branch in self.branches[node])
            found = self._memo[key] = self.node(self.variable[node], changed)
        return found

    def _combine(self, name: str, left: int, right: int, again: Callable[[int, int], int]) -> int:
        key = (name, left, right)
        found = self._memo.get(key)
        if found is None:
            top = min(self.variable[left], self.variable[right])
            ours, theirs = self._split(left, top), self._split(right, top)
            width = max(len(ours), len(theirs))
            ours = ours * width if len(ours) == 1 else ours
            theirs = theirs * width if len(theirs) == 1 else theirs
            branches = tuple(again(a, b) for a, b in zip(ours, theirs, strict=True))
            found = self._memo[key] = self.node(top, branches)
        return found

    def _split(self, node: int, variable: int) -> tuple[int, ...]:
        return self.branches[node] if self.variable[node] == variable else (node,)

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

    def _spread(self, node: int, allowed: Allowed, memo: dict[int, int]) -> int:
        """The leaves behind a node whose variable is open."""
        found = memo.get(node)
        if found is None:
            branches, found = self.branches[node], 0
            for choice in allowed[self.variable[node]]:
                found |= self.leaves(branches[choice], allowed, memo)
            memo[node] = found
        return found

    def values(self, bits: int) -> tuple[Hashable, ...]:
        """The values of the leaves whose bits are set, in the order in which leaves were made."""
        found = []
        while bits:
            low = bits & -bits
            found.append(self.value[self.leaf_of_bit[low.bit_length() - 1]])
            bits ^= low
        return tuple(found)

    def path(self, node: int, leaf: int) -> dict[int, int] | None:
        """Branches that lead from the node to the leaf, by variable; ``None`` if none do."""
        return self._path(node, leaf, set())

    def _path(self, node: int, leaf: int, dead: set[int]) -> dict[int, int] | None:
        if node == leaf:
            return {}
        for choice, branch in enumerate(self.branches[node]):
            if branch not in dead:
                found = self._path(branch, leaf, dead)
                if found is not None:
                    return {self.variable[node]: choice, **found}
        dead.add(node)
        return None

    def depends_on(self, node: int, allowed: Allowed) -> frozenset[int]:
        """The variables that the diagram still depends on when each keeps to its branches."""
        return _Restriction(self, allowed).depends_on(node)


class _Restriction:
    """A diagram cut down to the branches that are still allowed, canonical again."""

    def __init__(self, diagrams: Diagrams, allowed: Allowed) -> None:
        self.diagrams = diagrams
        self.allowed = allowed
        self.memo: dict[int, tuple[int, frozenset[int]]] = {}
        self.known: dict[tuple[int, tuple[int, ...]], int] = {}

    def depends_on(self, node: int) -> frozenset[int]:
        return self.cut(node)[1]

    def cut(self, node: int) -> tuple[int, frozenset[int]]:
        """The cut node (leaves keep their numbers, others get negative ones) and what it sees."""
        if self.diagrams.is_leaf(node):
            return node, frozenset()
        found = self.memo.get(node)
        if found is None:
            variable = self.diagrams.variable[node]
            branches = self.diagrams.branches[node]
            kept = [self.cut(branches[choice]) for choice in self.allowed[variable]]
            if len({cut for cut, _ in kept}) == 1:
                found = kept[0]
            else:
                key = (variable, tuple(cut for cut, _ in kept))
                number = self.known.setdefault(key, -1 - len(self.known))
                found = (number, frozenset({variable}).union(*(seen for _, seen in kept)))
            self.memo[node] = found
        return found
