"""Proves of each scale that is declared monotone that a graver answer never gives a lighter level.

Two diagrams are held side by side: the level with one answer, and the level with a graver one, all
other answers being the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations

from riskq.checks.apart import tell_apart
from riskq.checks.finding import Finding, found, write_example
from riskq.checks.space import Space
from riskq.engine import (
    Answer,
    Chosen,
    Classes,
    CompiledScale,
    Counted,
    Diagrams,
    write_answer,
)
from riskq.questionnaire import Kind, Question

__all__ = ["falling_scales"]

_Pair = tuple[Answer, Answer]
"""An answer, and a graver one."""


def falling_scales(space: Space) -> Iterator[Finding]:
    """The first counter-example for each question in which a scale is not as it is declared."""
    for scale in space.compiled.scales.values():
        for question, order in scale.scale.monotone.items():
            yield from _falls(space, scale, space.questionnaire.by_id[question], order)


def _falls(
    space: Space, scale: CompiledScale, question: Question, order: Sequence[str]
) -> Iterator[Finding]:
    # Where the scale does not apply its level means nothing, and cannot fall.
    level = space.compiled.relevant[scale.scale.id]
    variable, classes = space.compiled.position[question.id], space.classes(question.id)
    tried: set[tuple[int, int]] = set()
    for lighter, graver in graver_pairs(classes, order):
        pair = classes.of(lighter), classes.of(graver)
        if pair in tried:
            continue
        tried.add(pair)
        one, other = (space.diagrams.given(variable, choice, level) for choice in pair)
        is_fall = partial(_is_fall, space.diagrams)
        told = tell_apart(space.diagrams, (one, other), space.everything, is_fall)
        if told is not None:
            example = dict(space.written(step) for step in told[0])
            before, after = (
                write_example({question.id: write_answer(question, answer)})
                for answer in (lighter, graver)
            )
            what = f'on "{scale.scale.id}" {after} gives a lighter level than {before}'
            mend = "Mend the rules, or the order under monotone."
            yield found("monotone-violated", scale.scale.place, what, mend, example)
            return


def graver_pairs(classes: Classes, order: Sequence[str]) -> Iterator[_Pair]:
    """Pairs of answers of which the second is graver; every pair of classes has one."""
    kind = classes.question.kind
    if kind is Kind.NUMBER:
        rising = [Counted(number) for number in classes.numbers()]
        yield from combinations(rising if order[0] == "less" else reversed(rising), 2)
        return
    yield from combinations([Chosen((option,)) for option in order], 2)
    if kind is Kind.MANY:
        yield from _more_of(classes, order)


def _more_of(classes: Classes, order: Sequence[str]) -> Iterator[_Pair]:
    """Where many can be chosen: one more is graver, and one that stands alone has its place."""
    alone = {option.id for option in classes.question.options if option.exclusive}
    for index, option in enumerate(order):
        if option in alone:
            smaller = classes.of_options(name for name in order[:index] if name not in alone)
            yield from ((chosen, Chosen((option,))) for chosen in smaller)
        else:
            yield from _grown(classes, option, alone)


def _grown(classes: Classes, option: str, alone: set[str]) -> Iterator[_Pair]:
    """Sets of options, of which no class is left out, without and with one option more."""
    options = (known.id for known in classes.question.options)
    others = [name for name in options if name != option and name not in alone]
    yield from ((s, Chosen((*s.options, option))) for s in classes.of_options(others))


def _is_fall(diagrams: Diagrams, lighter: int, graver: int) -> bool:
    """Whether the graver answer gives the lighter of two levels."""
    before, after = diagrams.value[lighter], diagrams.value[graver]
    return isinstance(before, int) and isinstance(after, int) and after < before
