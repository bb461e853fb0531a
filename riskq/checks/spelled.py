"""Conditions on asking spelled out to the answers, as a person with a pen can check them.

Facts, scales and rules have no place on paper: what they say is said of answers. Where "I don't
know" leaves a condition open, the question is asked, so that answer is named too. What is spelled
out is then made as short and as plain as it goes while it says the same, which the sheet proves.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from riskq.checks.sheet import Sheet
from riskq.engine import FALSE
from riskq.questionnaire import (
    ALWAYS,
    UNSURE,
    AllOf,
    Always,
    AnyOf,
    Atom,
    Beyond,
    Compares,
    Comparison,
    Condition,
    FactHolds,
    Includes,
    Kind,
    Not,
    OlderThan,
    Question,
    Scale,
    ScaleAt,
    ScoreCompares,
    parts_of,
    walk,
)

__all__ = ["NEVER", "Instruction", "instruct"]

NEVER = AnyOf(())
"""The condition that no answers fulfil."""

_OPPOSITES = {
    Comparison.AT_LEAST: Comparison.BELOW,
    Comparison.BELOW: Comparison.AT_LEAST,
    Comparison.AT_MOST: Comparison.ABOVE,
    Comparison.ABOVE: Comparison.AT_MOST,
}


class Instruction(Struct, frozen=True):
    """When to answer, said of written answers.

    Where it is not exact, a few more people are told to answer than are asked, and nobody less.
    """

    condition: Condition
    is_exact: bool


def instruct(sheet: Sheet, condition: Condition, goal: int, within: int) -> Instruction:
    """The plainest words for a condition: who stands ``within`` and fulfils it is at the goal."""
    spelled = _flat(_spell(sheet, condition, positive=True))
    told = _node(sheet, spelled, within)
    if goal == FALSE:
        return Instruction(NEVER, is_exact=True)
    if told is None:
        return Instruction(ALWAYS, is_exact=False)
    plain = _plainest(sheet, spelled, told, within)
    has_points = any(isinstance(part, ScoreCompares) for part in walk(plain))
    return Instruction(plain, is_exact=told == goal and not has_points)


def _node(sheet: Sheet, condition: Condition, within: int) -> int | None:
    node = sheet.told(condition)
    return None if node is None else sheet.diagrams.both(within, node)


def _spell(sheet: Sheet, condition: Condition, *, positive: bool) -> Condition:
    """The condition, or that it fails, in terms of answers; where either is open it holds."""
    match condition:
        case Always():
            spelled: Condition = ALWAYS if positive else NEVER
        case Not(part=part):
            spelled = _spell(sheet, part, positive=not positive)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            inner = tuple(_spell(sheet, part, positive=positive) for part in parts)
            spelled = AllOf(inner) if isinstance(condition, AllOf) is positive else AnyOf(inner)
        case FactHolds() | ScaleAt():
            spelled = _spell(sheet, _behind(sheet, condition), positive=positive)
        case ScoreCompares(comparison=comparison):
            opposite = replace(condition, comparison=_OPPOSITES[comparison])
            spelled = condition if positive else opposite
        case _:
            question = sheet.questionnaire.by_id[condition.question]
            spelled = _held(condition, question) if positive else _failed(condition, question)
    return spelled


def _behind(sheet: Sheet, named: FactHolds | ScaleAt) -> Condition:
    """What a fact, or a level of a scale, says."""
    book = sheet.questionnaire.rulebook
    if isinstance(named, FactHolds):
        return book.fact(named.fact).when
    return _first_that_holds(book.scale(named.scale), named.levels)


def _first_that_holds(scale: Scale, levels: tuple[str, ...]) -> Condition:
    """That the first rule of a scale that holds gives one of the levels."""
    others: list[Condition] = []
    ways: list[Condition] = []
    for rule in scale.rules:
        if rule.level in levels:
            ways.append(AllOf((*(Not(other) for other in others), rule.when)))
        else:
            others.append(rule.when)
    return AnyOf(tuple(ways))


def _held(atom: Atom, question: Question) -> Condition:
    """That a test holds or is open."""
    if not question.unsure or isinstance(atom, Beyond):
        return atom
    if isinstance(atom, Includes):
        return Includes(atom.question, _with_doubt(atom.options))
    return AnyOf((atom, Includes(atom.question, (UNSURE,))))


def _failed(atom: Atom, question: Question) -> Condition:
    """That a test fails or is open."""
    if isinstance(atom, Beyond) and question.unsure:
        return Not(Beyond(atom.question, _with_doubt(atom.options)))
    return Not(atom)


def _with_doubt(options: tuple[str, ...]) -> tuple[str, ...]:
    return options if UNSURE in options else (*options, UNSURE)


def _plainest(sheet: Sheet, condition: Condition, told: int, within: int) -> Condition:
    """The condition with everything taken out and turned round that does not change what it says.

    Each step makes it plainer, so that there is a last one.
    """
    while True:
        for other in _plainer(sheet, condition):
            if _node(sheet, other, within) == told:
                condition = other
                break
        else:
            return condition


def _plainer(sheet: Sheet, condition: Condition) -> Iterator[Condition]:
    """Plainer conditions that may say the same, the plainest first."""
    if condition != ALWAYS:
        yield ALWAYS
    for part in _outer_first(condition):
        if isinstance(part, AllOf | AnyOf):
            for other in _shorter(part):
                yield _flat(_swap(condition, part, other))
        elif isinstance(part, Not | Atom):
            for other in _said_otherwise(sheet, part):
                yield _flat(_swap(condition, part, other))


def _outer_first(condition: Condition) -> Iterator[Condition]:
    """All parts, but none within a denial: that is turned round as a whole."""
    yield condition
    for part in () if isinstance(condition, Not) else parts_of(condition):
        yield from _outer_first(part)


def _shorter(whole: AllOf | AnyOf) -> Iterator[Condition]:
    """The whole without one of its parts, long ones first, or with two of them joined."""
    parts = whole.parts
    for part in sorted(parts, key=lambda part: -len(list(walk(part)))):
        yield replace(whole, parts=tuple(other for other in parts if other is not part))
    tests = [part for part in parts if isinstance(part, Includes | Beyond)]
    for index, one in enumerate(tests):
        for other in tests[index + 1 :]:
            if type(one) is type(other) and one.question == other.question:
                rest = tuple(part for part in parts if part is not one and part is not other)
                for options in _joined(one.options, other.options):
                    yield replace(whole, parts=(replace(one, options=options), *rest))


def _joined(one: tuple[str, ...], other: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield tuple(dict.fromkeys((*one, *other)))
    both = tuple(option for option in one if option in other)
    if both:
        yield both


def _said_otherwise(sheet: Sheet, part: Condition) -> Iterator[Condition]:
    """Other words for a test or its denial: by what was answered rather than by what was not."""
    if isinstance(part, Not) and isinstance(part.part, Atom):
        question = sheet.questionnaire.by_id[part.part.question]
        yield from _affirmed(part.part, question)
    elif isinstance(part, Includes):
        question = sheet.questionnaire.by_id[part.question]
        rest = _others(question, part.options)
        if question.kind is Kind.ONE and rest and len(rest) + 1 < len(part.options):
            yield Beyond(part.question, rest)


def _affirmed(atom: Atom, question: Question) -> Iterator[Condition]:
    """What was answered where a test fails."""
    match atom:
        case Includes(question=name, options=options):
            rest = _others(question, options)
            if rest and len(rest) <= len(options) + 1:
                yield Includes(name, rest)
            yield Beyond(name, options)
        case Beyond(question=name, options=options):
            yield Includes(name, options)
        case Compares(question=name, comparison=comparison):
            other = replace(atom, comparison=_OPPOSITES[comparison])
            yield other
            if question.accepts:
                yield AnyOf((other, Includes(name, question.accepts)))
        case OlderThan():
            return


def _others(question: Question, options: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(option for option in question.accepts if option not in options)


def _swap(condition: Condition, part: Condition, other: Condition) -> Condition:
    """The condition with one part exchanged."""
    if condition is part:
        return other
    if isinstance(condition, AllOf | AnyOf):
        return replace(condition, parts=tuple(_swap(one, part, other) for one in condition.parts))
    return condition


def _flat(condition: Condition) -> Condition:
    """The condition without wholes of one part, without wholes in wholes of their own kind."""
    if not isinstance(condition, AllOf | AnyOf):
        return condition
    kind = type(condition)
    parts: list[Condition] = []
    for part in map(_flat, condition.parts):
        parts.extend(part.parts if isinstance(part, kind) else (part,))
    unique = tuple(dict.fromkeys(parts))
    if kind is AllOf and NEVER in unique:
        return NEVER
    if kind is AnyOf and ALWAYS in unique:
        return ALWAYS
    kept = tuple(part for part in unique if part not in (ALWAYS, NEVER))
    if len(kept) == 1:
        return kept[0]
    return ALWAYS if kind is AllOf and not kept else kind(kept)
