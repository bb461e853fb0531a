"""Mutants: questionnaires in which one thing about the rules is changed, as a slip would change it.

One operator, one option, one comparison, one level, one rule. What the cases and the proofs do not
notice of such a change, they would not notice if it were made by mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from riskq.questionnaire import (
    AllOf,
    AnyOf,
    Beyond,
    Compares,
    Comparison,
    Condition,
    Includes,
    Not,
    OlderThan,
    Period,
    Questionnaire,
    Rule,
    Scale,
    ScaleAt,
    ScoreCompares,
    parts_of,
    write_condition,
)

__all__ = ["Mutant", "mutants"]

_Path = tuple[str | int, ...]
"""The fields, positions and keys that lead to a place in a questionnaire."""


class Mutant(Struct, frozen=True):
    """One change: where, what stood there and what stands there now, and what came of it."""

    where: str
    was: str
    now: str
    questionnaire: Questionnaire

    @property
    def id(self) -> str:
        """What the change is called: the same change always the same."""
        return f"{self.where}: {self.was} → {self.now}"


def mutants(questionnaire: Questionnaire) -> Iterator[Mutant]:
    """Every mutant of a questionnaire, each id once."""
    seen: set[str] = set()
    for mutant in _all(questionnaire):
        if mutant.id not in seen:
            seen.add(mutant.id)
            yield mutant


def _all(questionnaire: Questionnaire) -> Iterator[Mutant]:
    slips = _Slips(questionnaire)
    for where, condition, path in _places(questionnaire):
        for was, now, whole in slips.of(condition):
            yield Mutant(where, was, now, _put_at(questionnaire, path, whole))
    for index, scale in enumerate(questionnaire.rulebook.scales):
        path = ("rulebook", "scales", index, "rules")
        for where, was, now, rules in _rule_slips(scale):
            yield Mutant(where, was, now, _put_at(questionnaire, path, rules))


def _put_at(whole: Any, path: _Path, value: object) -> Any:
    """A frozen value in which something stands in the place that the path leads to."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(whole, tuple):
        changed = [
            _put_at(item, rest, value) if i == step else item for i, item in enumerate(whole)
        ]
        return tuple(changed)
    if isinstance(whole, Mapping):
        return {**whole, step: _put_at(whole[step], rest, value)}
    name = str(step)
    return replace(whole, **{name: _put_at(getattr(whole, name), rest, value)})


def _places(questionnaire: Questionnaire) -> Iterator[tuple[str, Condition, _Path]]:
    """Every outermost condition, its name, and where it stands."""
    for i, section in enumerate(questionnaire.sections):
        yield f"ask_if of section {section.id}", section.ask_if, ("sections", i, "ask_if")
        for j, asked in enumerate(section.questions):
            place = ("sections", i, "questions", j, "ask_if")
            yield f"ask_if of {asked.id}", asked.ask_if, place
    book = questionnaire.rulebook
    for group, key, kind in _GROUPS:
        for i, item in enumerate(getattr(book, group)):
            yield f"{kind} {item.id}", getattr(item, key), ("rulebook", group, i, key)
    for i, scale in enumerate(book.scales):
        for j, rule in enumerate(scale.rules):
            yield f"rule {rule.id}", rule.when, ("rulebook", "scales", i, "rules", j, "when")
    for i, duty in enumerate(book.duties):
        for state, condition in duty.states.items():
            path = ("rulebook", "duties", i, "states", state)
            yield f"state {state.value} of duty {duty.id}", condition, path


_GROUPS = (
    ("facts", "when", "fact"),
    ("scales", "applies_if", "applies_if of scale"),
    ("duties", "when", "duty"),
    ("notices", "when", "notice"),
    ("requirements", "when", "requirement"),
    ("requirements", "met", "met of requirement"),
    ("fines", "when", "fine"),
)


def _rule_slips(scale: Scale) -> Iterator[tuple[str, str, str, tuple[Rule, ...]]]:
    """A rule with another level, a rule less, and two neighbours in the other order."""
    rules = scale.rules
    for index, rule in enumerate(rules):
        where, before, after = f"rule {rule.id}", rules[:index], rules[index + 1 :]
        for level in scale.levels:
            if level != rule.level:
                yield where, rule.level, level, (*before, replace(rule, level=level), *after)
        if len(rules) > 1:
            yield where, "there", "deleted", (*before, *after)
        if after:
            turned = (*before, after[0], rule, *after[1:])
            yield where, f"before {after[0].id}", f"after {after[0].id}", turned


class _Slips:
    """The ways in which one thing in a condition may be written wrongly."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire

    def of(self, condition: Condition) -> Iterator[tuple[str, str, Condition]]:
        """What stood in a part, what stands there now, and the whole with the change."""
        for changed in self.here(condition):
            yield write_condition(condition), write_condition(changed), changed
        for index, part in enumerate(parts_of(condition)):
            for was, now, inner in self.of(part):
                yield was, now, _put(condition, index, inner)

    def here(self, condition: Condition) -> Iterator[Condition]:
        """Changes of the condition itself; negating is one of them all have."""
        yield condition.part if isinstance(condition, Not) else Not(condition)
        match condition:
            case AllOf(parts=parts) | AnyOf(parts=parts):
                yield AnyOf(parts) if isinstance(condition, AllOf) else AllOf(parts)
                for index in range(len(parts)):
                    rest = (*parts[:index], *parts[index + 1 :])
                    yield rest[0] if len(rest) == 1 else replace(condition, parts=rest)
            case Includes() | Beyond():
                yield from self.options(condition)
            case Compares(comparison=comparison) | ScoreCompares(comparison=comparison):
                yield from (replace(condition, comparison=c) for c in Comparison if c != comparison)
            case OlderThan(period=period):
                yield replace(condition, period=Period(period.months * 2, period.days * 2))
            case ScaleAt(scale=name, levels=levels):
                every = self.questionnaire.rulebook.scale(name).levels
                for changed in _sets(levels, every):
                    yield replace(condition, levels=changed)
            case _:
                pass

    def options(self, test: Includes | Beyond) -> Iterator[Condition]:
        question = self.questionnaire.by_id[test.question]
        accepted = question.accepts if isinstance(test, Includes) else question.option_ids
        for changed in _sets(test.options, accepted):
            yield replace(test, options=changed)
        if isinstance(test, Beyond):
            yield Includes(test.question, test.options)
        elif set(test.options) <= set(question.option_ids):
            yield Beyond(test.question, test.options)


def _sets(names: tuple[str, ...], every: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The names with one less, one more, and, where there is one alone, another in its place."""
    others = [name for name in every if name not in names]
    if len(names) > 1:
        yield from (tuple(n for n in names if n != name) for name in names)
    else:
        yield from ((other,) for other in others)
    yield from ((*names, other) for other in others)


def _put(condition: Condition, index: int, part: Condition) -> Condition:
    """A condition with another part in one place."""
    if isinstance(condition, AllOf | AnyOf):
        parts = condition.parts
        return replace(condition, parts=(*parts[:index], part, *parts[index + 1 :]))
    return replace(condition, part=part) if isinstance(condition, Not) else condition
