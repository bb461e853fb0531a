"""Proves of each scale that it always ends with one level, and that each rule and level is had."""

from __future__ import annotations

from collections.abc import Iterator

from riskq.checks.finding import Finding, found
from riskq.checks.reach import contradiction
from riskq.checks.space import Space
from riskq.engine import FALSE, CompiledScale
from riskq.questionnaire import Includes, Rule, walk

__all__ = ["unsound_scales"]


def unsound_scales(space: Space) -> Iterator[Finding]:
    """Scales that can end without a level, and rules and levels that nobody ever gets."""
    for scale in space.compiled.scales.values():
        bits = space.diagrams.leaves(scale.rule, space.everything, {})
        values = space.diagrams.values(bits)
        if None in values:
            yield _without_level(space, scale)
        deciding = {value for value in values if isinstance(value, int)}
        for index in range(len(scale.scale.rules)):
            if index not in deciding:
                yield _never_decides(space, scale, index)
            else:
                yield from _shadowed_options(space, scale, index)
        yield from _never_reached(scale, deciding)


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
    """Options that a rule tests although, where they are chosen, a rule before it decides."""
    rule, before = scale.scale.rules[index], space.any_of(scale.conditions[:index])
    tests = [part for part in walk(rule.when) if isinstance(part, Includes)]
    for test, option in [(one, option) for one in tests for option in one.options]:
        chosen = space.chosen(test.question, option)
        together = space.diagrams.both(chosen, scale.conditions[index])
        if together != FALSE and space.without(together, before) == FALSE:
            what = (
                f'in the rule "{rule.id}" the option "{option}" of "{test.question}" never decides'
            )
            what += ": where it is chosen, a rule before it holds already"
            mend = "Delete the option here, or move the rule up."
            yield found("option-shadowed", rule.place, what, mend, space.example(together))


def _covering(space: Space, scale: CompiledScale, index: int) -> list[Rule]:
    """The rules before one that leave nothing to it; none of them can be spared."""
    covering = list(range(index))
    for other in range(index):
        rest = [i for i in covering if i != other]
        covers = space.any_of(scale.conditions[i] for i in rest)
        if space.without(scale.conditions[index], covers) == FALSE:
            covering = rest
    return [scale.scale.rules[i] for i in covering]


def _never_reached(scale: CompiledScale, deciding: set[int]) -> Iterator[Finding]:
    reached = {scale.scale.rules[index].level for index in deciding}
    for level in scale.scale.levels:
        if level not in reached:
            what = f'the level "{level}" of "{scale.scale.id}" is never reached'
            has_rule = any(rule.level == level for rule in scale.scale.rules)
            mend = "Mend the rules that give it." if has_rule else "Give it a rule, or delete it."
            yield found("level-never-reached", scale.scale.place, what, mend)
