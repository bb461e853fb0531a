"""Tries every mutant of an edition: is it noticed by a case, by the proofs, or by nothing?

A mutant that shows the same as the questionnaire of all answers is no mutant; whether it does is
proved, not tried.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from enum import StrEnum
from itertools import islice
from multiprocessing import get_context

from msgspec import Struct

from riskq.checks.cases import judge_cases
from riskq.checks.edition import check_rules
from riskq.checks.mutants import Mutant, mutants
from riskq.checks.outcomes import Outcome
from riskq.checks.shown import shown
from riskq.engine import Compiled, shared_frames
from riskq.questionnaire import Case, Edition, Questionnaire, load_cases, load_edition

__all__ = ["Fate", "Tried", "changed_outcomes", "try_edition", "try_mutants"]


class Fate(StrEnum):
    """What came of a mutant."""

    SAME = "same"
    CASE = "case"
    PROOF = "proof"
    SURVIVED = "survived"


class Tried(Struct, frozen=True):
    """A mutant's id, what came of it, and what it changes, if it survived."""

    id: str
    fate: Fate
    changes: tuple[Outcome, ...] = ()


def try_edition(edition: Edition) -> tuple[Tried, ...]:
    """Every mutant of a sound edition with its fate, in the order of the files, by all cores.

    Raises ``QuestionnaireError`` when the files are faulty.
    """
    load_edition(edition)
    load_cases(edition)
    count = os.cpu_count() or 1
    # A fork would carry over the locks of threads that it does not have.
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        shares = list(pool.map(_try_share, [(edition, first, count) for first in range(count)]))
    rows = max(map(len, shares))
    return tuple(share[row] for row in range(rows) for share in shares if row < len(share))


def _try_share(share: tuple[Edition, int, int]) -> tuple[Tried, ...]:
    """The fates of a share of the mutants: the first of it, then each that is a step further."""
    edition, first, step = share
    questionnaire = load_edition(edition)
    mine = islice(mutants(questionnaire), first, None, step)
    return tuple(_Trial(questionnaire, load_cases(edition)).of(mine))


def try_mutants(questionnaire: Questionnaire, cases: Sequence[Case]) -> tuple[Tried, ...]:
    """Every mutant with its fate, in the order of the files."""
    return tuple(_Trial(questionnaire, cases).of(mutants(questionnaire)))


class _Trial:
    """Holds mutants of one questionnaire against its cases and its proofs."""

    def __init__(self, questionnaire: Questionnaire, cases: Sequence[Case]) -> None:
        self.questionnaire = questionnaire
        # The case that noticed a mutant moves to the front: it is apt to notice the next one too.
        self.cases = list(cases)
        self.known = _findings(questionnaire)

    def of(self, some: Iterator[Mutant]) -> Iterator[Tried]:
        """The fates of mutants."""
        return (self._try(mutant) for mutant in some)

    def _try(self, mutant: Mutant) -> Tried:
        if self._is_noticed(mutant.questionnaire):
            return Tried(mutant.id, Fate.CASE)
        changes = changed_outcomes(self.questionnaire, mutant.questionnaire)
        if not changes:
            return Tried(mutant.id, Fate.SAME)
        if _findings(mutant.questionnaire) - self.known:
            return Tried(mutant.id, Fate.PROOF)
        return Tried(mutant.id, Fate.SURVIVED, changes)

    def _is_noticed(self, questionnaire: Questionnaire) -> bool:
        for place, case in enumerate(self.cases):
            if judge_cases(questionnaire, [case])[1]:
                self.cases.insert(0, self.cases.pop(place))
                return True
        return False


def _findings(questionnaire: Questionnaire) -> set[str]:
    """What the proofs find, without its place: a mutant's conditions stand in no file."""
    return {finding.code + finding.what for finding in check_rules(questionnaire)}


def changed_outcomes(old: Questionnaire, new: Questionnaire) -> tuple[Outcome, ...]:
    """What two questionnaires show differently of some answers."""
    frames = shared_frames(old, new)
    one, other = (Compiled(q, frame=f) for q, f in zip((old, new), frames, strict=True))
    after = dict(shown(other))
    return tuple(name for name, node in shown(one) if after.get(name) != node)
