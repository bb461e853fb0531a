"""Proves of each scale that it always ends with a level, and that each rule and level can be had.

The decision diagrams hold all combinations of answers at once, so that nothing is sampled.
"""

from __future__ import annotations

from collections.abc import Iterator

from riskq.checks.finding import Finding, error
from riskq.engine import Compiled, CompiledScale, compile_questionnaire, write_answer
from riskq.questionnaire import Questionnaire

__all__ = ["unsound_scales"]


def unsound_scales(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Scales that can end without a level, and rules and levels that nobody ever gets."""
    compiled = compile_questionnaire(questionnaire)
    everything = {i: classes.all for i, classes in enumerate(compiled.classes)}
    for scale in compiled.scales.values():
        bits = compiled.diagrams.leaves(scale.rule, everything, {})
        values = compiled.diagrams.values(bits)
        if None in values:
            yield _without_level(compiled, scale)
        yield from _never_decides(scale, {value for value in values if isinstance(value, int)})


def _without_level(compiled: Compiled, scale: CompiledScale) -> Finding:
    path = compiled.diagrams.path(scale.rule, compiled.diagrams.leaf(None)) or {}
    told = [
        f"{compiled.classes[variable].question.id}: {_written(compiled, variable, branch)}"
        for variable, branch in path.items()
    ]
    example = ", ".join(told) or "any answers"
    what = f'the scale "{scale.scale.id}" has no level with {{{example}}}'
    mend = "Let the last rule hold always, with the level that is meant."
    return error("no-level", scale.scale.place, what, mend)


def _written(compiled: Compiled, variable: int, branch: int) -> str:
    classes = compiled.classes[variable]
    written = write_answer(classes.question, classes.samples[branch])
    return f"[{', '.join(written)}]" if isinstance(written, list) else written


def _never_decides(scale: CompiledScale, deciding: set[int]) -> Iterator[Finding]:
    rules = scale.scale.rules
    for index, rule in enumerate(rules):
        if index not in deciding:
            what = f'the rule "{rule.id}" never decides: no answers fit it that fit no rule before'
            mend = "Delete it, move it up, or mend its condition or those before it."
            yield error("rule-never-decides", rule.place, what, mend)
    reached = {rules[index].level for index in deciding}
    for level in scale.scale.levels:
        if level not in reached:
            what = f'the level "{level}" of "{scale.scale.id}" is never reached'
            mend = "Delete it, or give it a rule."
            yield error("level-never-reached", scale.scale.place, what, mend)
