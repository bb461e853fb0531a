"""Tries every mutant of an edition: is it noticed by a case, by the proofs, or by nothing?

A mutant that says the same as the questionnaire of everything is no mutant; whether it does is
proved, not tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from riskq.checks.cases import judge_cases
from riskq.checks.edition import check_rules
from riskq.checks.mutants import Mutant, mutants
from riskq.checks.outcomes import Outcome, asking, outcomes
from riskq.engine import Compiled, shared_frames
from riskq.questionnaire import Case, Questionnaire

__all__ = ["Fate", "Tried", "try_mutants"]


class Fate(StrEnum):
    """What came of a mutant."""

    SAME = "same"
    CASE = "case"
    PROOF = "proof"
    SURVIVED = "survived"


@dataclass(frozen=True, slots=True)
class Tried:
    """A mutant's id, what came of it, and what it changes, if it survived."""

    id: str
    fate: Fate
    changes: tuple[Outcome, ...] = ()


def try_mutants(questionnaire: Questionnaire, cases: Sequence[Case]) -> tuple[Tried, ...]:
    """Every mutant with its fate, in the order of the files."""
    known = {finding.code + finding.what for finding in check_rules(questionnaire)}
    return tuple(_try(questionnaire, mutant, cases, known) for mutant in mutants(questionnaire))


def _try(
    questionnaire: Questionnaire, mutant: Mutant, cases: Sequence[Case], known: set[str]
) -> Tried:
    if any(judge_cases(mutant.questionnaire, [case])[1] for case in cases):
        return Tried(mutant.id, Fate.CASE)
    changes = changed_outcomes(questionnaire, mutant.questionnaire)
    if not changes:
        return Tried(mutant.id, Fate.SAME)
    findings = {finding.code + finding.what for finding in check_rules(mutant.questionnaire)}
    if findings - known:
        return Tried(mutant.id, Fate.PROOF)
    return Tried(mutant.id, Fate.SURVIVED, changes)


def changed_outcomes(old: Questionnaire, new: Questionnaire) -> tuple[Outcome, ...]:
    """What two questionnaires say differently of some answers."""
    frames = shared_frames(old, new)
    one, other = (Compiled(q, frame=f) for q, f in zip((old, new), frames, strict=True))
    before = dict((*outcomes(one), *asking(one)))
    after = dict((*outcomes(other), *asking(other)))
    return tuple(name for name, node in before.items() if after.get(name) != node)
