"""Checks one edition: files first, and what the rules mean only where the files can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from riskq.checks.cases import judge_cases
from riskq.checks.coverage import uncovered
from riskq.checks.finding import Finding, from_problem, warning
from riskq.checks.proof import unsound_scales
from riskq.errors import Problem, QuestionnaireError
from riskq.questionnaire import Case, Edition, Questionnaire, load_cases, load_edition

__all__ = ["check_edition"]

Loaded = TypeVar("Loaded")


def check_edition(edition: Edition) -> tuple[Finding, ...]:
    """Everything that is wrong with the files of an edition, or else with what they say."""
    questionnaire, problems = _attempt(load_edition, edition)
    cases, more = _attempt(load_cases, edition)
    if questionnaire is None or cases is None:
        return tuple(from_problem(problem) for problem in (*problems, *more))
    return _check_meaning(questionnaire, cases)


def _attempt(
    load: Callable[[Edition], Loaded], edition: Edition
) -> tuple[Loaded | None, Sequence[Problem]]:
    """What was loaded, or what is wrong, so that the faults of all files are told together."""
    try:
        return load(edition), ()
    except QuestionnaireError as fault:
        return None, fault.problems


def _check_meaning(questionnaire: Questionnaire, cases: Sequence[Case]) -> tuple[Finding, ...]:
    """Everything that is wrong with what a questionnaire says: its rules, cases and citations."""
    judged, findings = judge_cases(questionnaire, cases)
    return (
        *unsound_scales(questionnaire),
        *findings,
        *uncovered(questionnaire, judged),
        *_acts_not_in_force(questionnaire),
    )


def _acts_not_in_force(questionnaire: Questionnaire) -> Iterator[Finding]:
    day = questionnaire.edition
    for name in questionnaire.rulebook.acts:
        act = questionnaire.law.acts[name]
        if not act.in_force.includes(day):
            what = f'the act "{name}" is not in force on {day}, the day of the edition'
            mend = "Cite the act that is in force, or correct its in_force."
            yield warning("act-not-in-force", act.place, what, mend)
