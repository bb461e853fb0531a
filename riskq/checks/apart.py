"""Answers that tell two diagrams apart, and how answers on the way to a leaf are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from riskq.engine import Classes, Diagrams, write_answer

__all__ = ["Step", "tell_apart", "written"]

Step = tuple[int, int]
"""A variable, and the branch that is taken there: the class of the answer."""

_Pair = tuple[int, int]
_Next = tuple[Step | None, _Pair]
"""The step that is taken, if there is one, and the pair of nodes that it leads to."""


def tell_apart(
    diagrams: Diagrams,
    pair: _Pair,
    allowed: Mapping[int, tuple[int, ...]],
    is_apart: Callable[[int, int], bool],
) -> tuple[tuple[Step, ...], int, int] | None:
    """The first answers with which two diagrams have leaves that are told apart, and the leaves.

    Equal nodes are never apart; ``None`` if none are.
    """
    seen: set[_Pair] = set()
    steps: list[Step | None] = []
    # Not by a function that calls itself: long questionnaires are deeper than Python may call.
    ways: list[Iterator[_Next]] = [iter([(None, pair)])]
    while ways:
        for step, (one, other) in ways[-1]:
            if one == other or (one, other) in seen:
                continue
            seen.add((one, other))
            if not (diagrams.is_leaf(one) and diagrams.is_leaf(other)):
                steps.append(step)
                ways.append(_after(diagrams, one, other, allowed))
                break
            if is_apart(one, other):
                taken = tuple(known for known in (*steps, step) if known is not None)
                return taken, one, other
        else:
            ways.pop()
            del steps[-1:]
    return None


def _after(
    diagrams: Diagrams, one: int, other: int, allowed: Mapping[int, tuple[int, ...]]
) -> Iterator[_Next]:
    """What two nodes lead to when the variable that comes first takes each of its branches."""
    variables, branches = diagrams.variable, diagrams.branches
    top = min(variables[one], variables[other])
    for choice in allowed[top]:
        left = branches[one][choice] if variables[one] == top else one
        right = branches[other][choice] if variables[other] == top else other
        yield (top, choice), (left, right)


def written(classes: Sequence[Classes], step: Step) -> tuple[str, str | list[str]]:
    """The question of a variable, and an answer of one of its classes."""
    own = classes[step[0]]
    return own.question.id, write_answer(own.question, own.samples[step[1]])
