"""Citations of acts that are not in force on the first day of the edition."""

from __future__ import annotations

from collections.abc import Iterator

from riskq.checks.finding import Finding, found
from riskq.questionnaire import Questionnaire

__all__ = ["acts_not_in_force"]


def acts_not_in_force(questionnaire: Questionnaire) -> Iterator[Finding]:
    """An error for each act that the edition may cite and that did not hold when it began."""
    day = questionnaire.edition
    for name in questionnaire.rulebook.acts:
        act = questionnaire.law.acts[name]
        if not act.in_force.includes(day):
            what = f'the act "{name}" is not in force on {day}, the day of the edition'
            mend = "Cite the act that is in force, or correct its in_force."
            yield found("act-not-in-force", act.place, what, mend)
