"""Which variables a diagram may look at: what is known of it stands while none of these changes."""

from __future__ import annotations

from riskq.engine.diagrams import Diagrams

__all__ = ["Sight"]


class Sight:
    """The variables below each node, found for all nodes the first time that one is asked for.

    Threads may ask at once: each makes a list of its own, and one of them is kept.
    """

    def __init__(self, diagrams: Diagrams) -> None:
        self._diagrams = diagrams
        self._seen: list[int] = []

    def looks_at(self, node: int, variable: int) -> bool:
        """Whether any path from the node asks for the variable."""
        seen = self._seen
        if node >= len(seen):
            seen = self._seen = self._look(seen)
        return bool(seen[node] >> variable & 1)

    def _look(self, before: list[int]) -> list[int]:
        """The list as far as there are nodes: each was made after all that it leads to."""
        variables, rows = self._diagrams.variable, self._diagrams.branches
        seen, same = list(before), {bits: bits for bits in before}
        for node in range(len(seen), len(rows)):
            row = rows[node]
            bits = 1 << variables[node] if row else 0
            for below in row:
                bits |= seen[below]
            seen.append(same.setdefault(bits, bits))
        return seen
