"""Everything that a questionnaire makes of answers, each thing as one diagram.

Two questionnaires say the same of a thing if its diagrams, made in one store, are one node.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import NamedTuple

from riskq.engine import Compiled, CompiledScale, Diagrams
from riskq.questionnaire import Rulebook

__all__ = ["Outcome", "asking", "outcomes"]


class Outcome(NamedTuple):
    """A thing that answers lead to: what sort of thing it is, and its id.

    ``level`` and ``because`` (the deciding rule) belong to a scale, as does ``applies``.
    """

    what: str
    id: str


def outcomes(compiled: Compiled) -> Iterator[tuple[Outcome, int]]:
    """What a reader is told: levels, deciding rules, duties, notices, requirements, fines.

    Leaves hold the ids of levels and rules, the states of duties, or truths.
    """
    book, diagrams = compiled.rulebook, compiled.diagrams
    for name, scale in compiled.scales.items():
        yield Outcome("level", name), _named(diagrams, scale, lambda s, i: s.scale.rules[i].level)
        yield Outcome("because", name), _named(diagrams, scale, lambda s, i: s.scale.rules[i].id)
        yield Outcome("applies", name), compiled.applies[name]
    for duty, node in compiled.duty_states.items():
        yield Outcome("duty", duty), node
    yield from _shown(compiled, book)


def _shown(compiled: Compiled, book: Rulebook) -> Iterator[tuple[Outcome, int]]:
    for requirement in book.requirements:
        applies, met = compiled.condition(requirement.when), compiled.condition(requirement.met)
        yield Outcome("requirement", requirement.id), applies
        yield Outcome("met", requirement.id), compiled.diagrams.both(applies, met)
    for notice in book.notices:
        yield Outcome("notice", notice.id), compiled.condition(notice.when)
    for fine in book.fines:
        yield Outcome("fine", fine.id), compiled.condition(fine.when)


def asking(compiled: Compiled) -> Iterator[tuple[Outcome, int]]:
    """When each question is asked."""
    for name, variable in compiled.position.items():
        yield Outcome("question", name), compiled.asked[variable]


def _named(
    diagrams: Diagrams, scale: CompiledScale, name_of: Callable[[CompiledScale, int], str]
) -> int:
    """The diagram of the deciding rule with other words on its leaves, none where none decides."""
    names = tuple(name_of(scale, index) for index in range(len(scale.scale.rules)))

    def renamed(leaf: int) -> int:
        index: Hashable = diagrams.value[leaf]
        return diagrams.leaf(names[index] if isinstance(index, int) else None)

    return diagrams.change(("named", *names), scale.rule, renamed)
