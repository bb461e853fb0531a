"""Checks one edition: files first, and what the rules mean only where the files can be read."""

from __future__ import annotations

from collections.abc import Iterator

from riskq.checks.cases import judge_cases
from riskq.checks.coverage import uncovered
from riskq.checks.finding import Finding, from_problem, warning
from riskq.checks.proof import unsound_scales
from riskq.errors import QuestionnaireError
from riskq.questionnaire import Edition, Questionnaire, load_edition

__all__ = ["check_edition", "check_questionnaire"]


def check_edition(edition: Edition) -> tuple[Finding, ...]:
    """Everything that is wrong with the files of an edition, or else with what they say."""
    try:
        questionnaire = load_edition(edition)
    except QuestionnaireError as fault:
        return tuple(from_problem(problem) for problem in fault.problems)
    return check_questionnaire(questionnaire)


def check_questionnaire(questionnaire: Questionnaire) -> tuple[Finding, ...]:
    """Everything that is wrong with what a questionnaire says: its rules, cases and citations."""
    judged, findings = judge_cases(questionnaire)
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
