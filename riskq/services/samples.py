"""An example of a report, so that a brand can be looked at before anything is made in its name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast
from weakref import WeakKeyDictionary

from riskq.brand import Brand
from riskq.engine import Answers, assess, plain, read_answers
from riskq.questionnaire import Case, Catalogue, Questionnaire, load_cases
from riskq.report import Renderer
from riskq.services.desk import Desk
from riskq.services.issue import issue_of_answers

__all__ = ["sample_report"]

_SAMPLES: WeakKeyDictionary[Questionnaire, Answers] = WeakKeyDictionary()


def sample_report(desk: Desk, renderer: Renderer, brand: Brand, language: str) -> bytes:
    """A report of an example that travels with the edition in force, without a seal.

    Raises ``RenderError``.
    """
    name = desk.catalogue.names()[0]
    questionnaire = desk.catalogue.load(name, desk.catalogue.in_force(name, desk.today()))
    answers = _SAMPLES.get(questionnaire)
    if answers is None:
        answers = _SAMPLES[questionnaire] = _answers(desk.catalogue, questionnaire)
    issue = issue_of_answers(questionnaire, answers, questionnaire.edition, language, brand)
    return renderer.render(issue.job(questionnaire, language))


def _answers(catalogue: Catalogue, questionnaire: Questionnaire) -> Answers:
    """The answers of the first case in which every question has one."""
    for case in load_cases(catalogue.edition(questionnaire.id, questionnaire.edition)):
        answers = read_answers(questionnaire, _raw(case), date.max)
        if assess(questionnaire, answers, case.on).journey.next is None:
            return answers
    return {}


def _raw(case: Case) -> Mapping[str, object]:
    """The answers of a case as its file has them."""
    return cast("Mapping[str, object]", plain(case.answers))
