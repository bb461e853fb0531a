"""Writes a condition as it may stand in a file: messages, drawings and comparisons show it so."""

from __future__ import annotations

from typing import assert_never

from riskq.questionnaire.conditions import (
    AllOf,
    Always,
    AnyOf,
    Beyond,
    Compares,
    Condition,
    FactHolds,
    Includes,
    Not,
    OlderThan,
    ScaleAt,
    ScoreCompares,
)
from riskq.questionnaire.measures import write_period

__all__ = ["write_condition"]


def write_condition(condition: Condition) -> str:
    """The condition in one line of YAML, which ``read_condition`` reads as the same condition."""
    match condition:
        case Always():
            return "always"
        case AllOf(parts=parts) | AnyOf(parts=parts):
            word = "all" if isinstance(condition, AllOf) else "any"
            told = f"{word}: [{', '.join(write_condition(part) for part in parts)}]"
        case Not(part=part):
            told = f"not: {write_condition(part)}"
        case FactHolds(fact=name):
            told = f"fact: {name}"
        case ScaleAt(scale=name, levels=levels):
            told = f"scale: {{{name}: {_ids(levels)}}}"
        case ScoreCompares(score=name, comparison=comparison, bound=bound):
            told = f"score: {{{name}: {{{comparison.value}: {bound}}}}}"
        case _:
            told = _about_question(condition)
    return f"{{{told}}}"


def _about_question(atom: Includes | Beyond | Compares | OlderThan) -> str:
    match atom:
        case Includes(options=options):
            test = _ids(options)
        case Beyond(options=options):
            test = f"{{any-but: [{', '.join(options)}]}}"
        case Compares(comparison=comparison, bound=bound):
            test = f"{{{comparison.value}: {bound}}}"
        case OlderThan(period=period):
            test = f"{{older-than: {write_period(period)}}}"
        case _:
            assert_never(atom)
    return f"{atom.question}: {test}"


def _ids(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"
