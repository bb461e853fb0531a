"""A decision diagram as look-up tables: how whole columns of answers walk down it at once.

A row stands at a set of nodes: one where everything is known, several where answers are open. All
sets that any row can come to are found beforehand, one variable after the other; a row's next state
is then looked up by its present one and by the code of its answer. What is left at the end are the
leaves that some completion reaches, exactly as ``Diagrams.leaves`` finds them.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from riskq.engine import Diagrams
from riskq.errors import TooLargeError

__all__ = ["Automaton", "Step", "automaton_of"]

_MOST_MOVES = 2_000_000
"""So many entries of look-up tables are made for one diagram, and no more."""

Codes = Sequence[Sequence[tuple[int, ...]]]
"""For each variable, by the code of an answer, the branches that the answer leaves."""


class Step(Struct, frozen=True):
    """One variable: ``moves[state * width + code]`` is the state after it."""

    variable: int
    width: int
    moves: tuple[int, ...]


class Automaton(Struct, frozen=True):
    """The steps of a diagram in the order of its variables, and the leaves behind each end state.

    Leaves are a sum of bits, as everywhere in the engine. A row begins in the state ``start``.
    """

    start: int
    steps: tuple[Step, ...]
    bits: tuple[int, ...]


def automaton_of(diagrams: Diagrams, root: int, codes: Codes) -> Automaton:
    """The look-up tables of a diagram; raises ``TooLargeError`` where there are too many.

    A variable that has one code alone needs no looking up, and no step.
    """
    states: dict[frozenset[int], int] = {frozenset([root]): 0}
    steps: list[Step] = []
    start = 0
    left = _MOST_MOVES
    for variable in sorted(_variables(diagrams, root)):
        width = len(codes[variable])
        left -= len(states) * width
        if left < 0:
            raise TooLargeError("its rules join too many questions for tables of answers.")
        moves: list[int] = []
        following: dict[frozenset[int], int] = {}
        for state in states:
            for branches in codes[variable]:
                reached = _move(diagrams, state, variable, branches)
                moves.append(following.setdefault(reached, len(following)))
        if width > 1:
            steps.append(Step(variable, width, tuple(moves)))
        elif steps:
            last = steps[-1]
            steps[-1] = replace(last, moves=tuple(moves[state] for state in last.moves))
        else:
            start = moves[start]
        states = following
    bits = (sum(diagrams.bit[leaf] for leaf in state) for state in states)
    return Automaton(start, tuple(steps), tuple(bits))


def _move(
    diagrams: Diagrams, state: frozenset[int], variable: int, branches: tuple[int, ...]
) -> frozenset[int]:
    found: set[int] = set()
    for node in state:
        if diagrams.variable[node] == variable:
            row = diagrams.branches[node]
            found.update(row[branch] for branch in branches)
        else:
            found.add(node)
    return frozenset(found)


def _variables(diagrams: Diagrams, root: int) -> set[int]:
    """The variables that some node of the diagram looks at."""
    found, waiting, variables = {root}, [root], set()
    while waiting:
        node = waiting.pop()
        if not diagrams.is_leaf(node):
            variables.add(diagrams.variable[node])
            below = set(diagrams.branches[node]) - found
            found |= below
            waiting += below
    return variables
