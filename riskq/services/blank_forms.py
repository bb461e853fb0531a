"""Blank forms: a questionnaire on paper, with instructions that are proved from its own rules.

What is proved of a questionnaire is only loaded when somebody asks for a form.
"""

from __future__ import annotations

from concurrent.futures import Future
from threading import Lock
from typing import TYPE_CHECKING

from riskq.brand import NO_BRAND, Brand
from riskq.questionnaire import Questionnaire
from riskq.report import FormFacts, FormRule, FormView, Renderer, Subject, compose_form, form_job

if TYPE_CHECKING:
    from riskq.checks import Guide, Instruction

__all__ = ["BlankForms", "form_of", "form_pdf"]

_Key = tuple[str, str, str]


def form_of(
    questionnaire: Questionnaire, language: str, address: str = "", brand: Brand = NO_BRAND
) -> FormView:
    """The blank form of a questionnaire; ``address`` is where to go on with it on the screen.

    ``brand`` is who hands it out.
    """
    from riskq.checks import guide_of

    subject = Subject(questionnaire, {}, questionnaire.edition, language)
    return compose_form(subject, _facts(guide_of(questionnaire)), address, brand)


def form_pdf(
    questionnaire: Questionnaire, language: str, address: str = "", brand: Brand = NO_BRAND
) -> bytes:
    """The blank form as a PDF, always the same; raises ``RenderError``."""
    with Renderer() as renderer:
        return BlankForms(renderer, brand).pdf(questionnaire, language, address)


class BlankForms:
    """Makes each form once and keeps it, since it is the same for everybody; for many threads.

    There are no more of them than editions and languages, so that none has to give way.
    """

    def __init__(self, renderer: Renderer, brand: Brand = NO_BRAND) -> None:
        self._renderer = renderer
        self._brand = brand
        self._lock = Lock()
        self._made: dict[_Key, Future[bytes]] = {}

    def pdf(self, questionnaire: Questionnaire, language: str, address: str = "") -> bytes:
        """The form as a PDF; raises ``RenderError`` when there can be none now."""
        key = (questionnaire.digest, language, address)
        with self._lock:
            found, mine = self._made.get(key), Future[bytes]()
            if found is None:
                self._made[key] = mine
        if found is not None:
            return found.result()
        try:
            job = form_job(form_of(questionnaire, language, address, self._brand))
            mine.set_result(self._renderer.render(job))
        except BaseException as error:
            with self._lock:
                del self._made[key]
            mine.set_exception(error)
            raise
        return mine.result()


def _facts(guide: Guide) -> FormFacts:
    return FormFacts(
        sections={section.id: _rule(section.when) for section in guide.sections},
        otherwise={section.id: section.otherwise for section in guide.sections},
        questions={question.id: _rule(question.when) for question in guide.questions},
        jumps={question.id: question.jumps for question in guide.questions},
    )


def _rule(instruction: Instruction) -> FormRule:
    return FormRule(instruction.condition, instruction.is_exact)
