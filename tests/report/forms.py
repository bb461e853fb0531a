"""Blank forms as a person with a pen sees them."""

from __future__ import annotations

from collections.abc import Mapping

from riskq.questionnaire import ALWAYS, Condition
from riskq.report import FormView
from riskq.report.form_views import FormLine
from tests.checks.follower import Step

__all__ = ["steps_of"]


def steps_of(view: FormView) -> Mapping[str, Step]:
    """The questions of a form with everything that is printed about whom they are for."""
    names = {0: "", **{question.number: question.id for question in view.questions}}
    return {
        question.id: Step(
            _told(question.when),
            _told(section.when) if question is section.questions[0] else None,
            names.get(section.otherwise, ""),
            {
                option.id: names.get(option.leads_to, "")
                for option in question.options
                if option.leads_to
            },
        )
        for section in view.sections
        for question in section.questions
    }


def _told(line: FormLine | None) -> Condition:
    """What a line says; everybody answers where there is none, or where it is in doubt."""
    return line.rule.condition if line is not None and not line.note else ALWAYS
