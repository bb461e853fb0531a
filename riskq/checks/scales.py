"""Proves of each scale that it always ends with one level, and that each rule and level is had."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator

from msgspec.structs import replace

from riskq.checks.finding import Finding, found
from riskq.checks.occurrences import occurrences
from riskq.checks.reach import contradiction
from riskq.checks.space import Space
from riskq.engine import FALSE, CompiledScale
from riskq.questionnaire import Condition, Includes, Rule

__all__ = ["unsound_scales"]


def unsound_scales(space: Space) -> Iterator[Finding]:
    """Scales that can end without a level, and rules and levels that nobody ever gets."""
    for scale in space.compiled.scales.values():
        values = _values(space, scale.rule)
        if None in values:
            yield _without_level(space, scale)
        deciding = {value for value in values if isinstance(value, int)}
        applies, beside = space.compiled.applies[scale.scale.id], space.diagrams.leaf(None)
        shown = _values(space, space.diagrams.choose(applies, scale.rule, beside))
        for index in range(len(scale.scale.rules)):
            if index not in deciding:
                yield _never_decides(space, scale, index)
            elif index not in shown and applies != FALSE:
                yield _never_shown(space, scale, index)
            else:
                yield from _shadowed_options(space, scale, index)
        yield from _never_reached(scale, deciding, deciding if applies == FALSE else shown)


def _values(space: Space, node: int) -> set[Hashable]:
    """The values of all leaves of a diagram."""
    return set(space.diagrams.values(space.diagrams.leaves(node, space.everything, {})))


def _never_shown(space: Space, scale: CompiledScale, index: int) -> Finding:
    rule, leaf = scale.scale.rules[index], space.diagrams.leaf(index)
    what = f'the rule "{rule.id}" decides only where the scale "{scale.scale.id}" does not apply'
    mend = "Mend its condition, or applies_if of the scale, or delete it."
    example = space.example(scale.rule, leaf)
    return found("rule-never-shown", rule.place, what, mend, example)


def _without_level(space: Space, scale: CompiledScale) -> Finding:
    example = space.example(scale.rule, space.diagrams.leaf(None))
    what = f'the scale "{scale.scale.id}" can end without a level: none of its rules holds'
    mend = "Let the last rule hold always, with the level that is meant."
    return found("no-level", scale.scale.place, what, mend, example)


def _never_decides(space: Space, scale: CompiledScale, index: int) -> Finding:
    rule, node = scale.scale.rules[index], scale.conditions[index]
    told = f'the rule "{rule.id}" never decides'
    if node == FALSE:
        what = f"{told}: {contradiction(space, rule.when)}"
        return found("rule-never-holds", rule.place, what, "Mend its condition, or delete it.")
    covering = _covering(space, scale, index)
    example = space.example(node)
    if node in scale.conditions[:index]:
        first = scale.scale.rules[scale.conditions.index(node)]
        what = f'{told}: "{first.id}" before it holds for exactly the same answers'
        return found("equal-rules", rule.place, what, "Delete one of the two.", example)
    names = ", ".join(f'"{other.id}"' for other in covering)
    what = f"{told}: wherever it holds, a rule before it holds already ({names})"
    mend = "Move it up, mend its condition or those before it, or delete it."
    return found("rule-shadowed", rule.place, what, mend, example)


def _shadowed_options(space: Space, scale: CompiledScale, index: int) -> Iterator[Finding]:
    """Options that a rule hangs on only where a rule before it decides."""
    rule, before = scale.scale.rules[index], space.any_of(scale.conditions[:index])
    for path, test, option in _positive_options(rule.when):
        shorter = replace(test, options=tuple(o for o in test.options if o != option))
        rest = space.with_test(rule.when, path, test, shorter)
        hanging = space.without(scale.conditions[index], rest)
        if hanging != FALSE and space.without(hanging, before) == FALSE:
            what = f'in the rule "{rule.id}" the option "{option}" of "{test.question}"'
            what += " never decides: where the rule hangs on it, one before it holds already"
            mend = "Delete the option here, or move the rule up."
            yield found("option-shadowed", rule.place, what, mend, space.example(hanging))


def _positive_options(condition: Condition) -> Iterator[tuple[tuple[int, ...], Includes, str]]:
    """The options by which a condition holds, with the test of each and where it stands.

    Inside a not an option takes answers away from the rule, which it does by being there.
    """
    for here in occurrences(condition):
        if here.positive and isinstance(here.part, Includes):
            yield from ((here.path, here.part, option) for option in here.part.options)


def _covering(space: Space, scale: CompiledScale, index: int) -> list[Rule]:
    """The rules before one that leave nothing to it; none of them can be spared."""
    covering = list(range(index))
    for other in range(index):
        rest = [i for i in covering if i != other]
        covers = space.any_of(scale.conditions[i] for i in rest)
        if space.without(scale.conditions[index], covers) == FALSE:
            covering = rest
    return [scale.scale.rules[i] for i in covering]


def _never_reached(
    scale: CompiledScale, deciding: set[int], shown: Collection[Hashable]
) -> Iterator[Finding]:
    rules = scale.scale.rules
    reached = {rules[index].level for index in deciding}
    told = {rule.level for index, rule in enumerate(rules) if index in shown}
    for level in scale.scale.levels:
        if level not in told:
            where = (
                "only reached where the scale does not apply"
                if level in reached
                else "never reached"
            )
            what = f'the level "{level}" of "{scale.scale.id}" is {where}'
            has_rule = any(rule.level == level for rule in rules)
            mend = "Mend the rules that give it." if has_rule else "Give it a rule, or delete it."
            yield found("level-never-reached", scale.scale.place, what, mend)
