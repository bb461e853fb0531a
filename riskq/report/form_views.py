"""What a reader sees of a blank form: one frozen value with every word chosen.

Its instructions are there twice: in words for a person with a pen, and as the conditions and
numbers that the words tell, so that they can be held against the engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from riskq.brand import NO_BRAND, Brand
from riskq.i18n import Words, words
from riskq.questionnaire import Condition, Kind
from riskq.report.qr import QrCode
from riskq.report.views import DOMAIN

__all__ = [
    "FormFacts",
    "FormLine",
    "FormOption",
    "FormQuestion",
    "FormRule",
    "FormSection",
    "FormView",
]


class FormRule(Struct, frozen=True):
    """When to answer, said of written answers; one that is not exact lets in a few too many."""

    condition: Condition
    is_exact: bool


class FormFacts(Struct, frozen=True):
    """What a form says of the order, by ids: when sections and questions are answered, what else.

    ``otherwise`` has the question to go on with after a section that is left out, ``jumps`` those
    to go on with after an option; an empty id is the end.
    """

    sections: Mapping[str, FormRule]
    otherwise: Mapping[str, str]
    questions: Mapping[str, FormRule]
    jumps: Mapping[str, Mapping[str, str]]


class FormLine(Struct, frozen=True):
    """A line that says when to answer: ``lead`` opens it, ``parts`` are what must hold."""

    rule: FormRule
    lead: str
    parts: tuple[str, ...]
    note: str


class FormOption(Struct, frozen=True):
    """A box to tick; ``leads_to`` is the number of the question to go on with, 0 for the next."""

    id: str
    label: str
    hint: str
    leads_to: int
    leads_text: str


class FormQuestion(Struct, frozen=True):
    """One question: ``when`` is ``None`` where everybody in its section answers it.

    ``lines`` is how many lines of writing there are for a text, ``range_text`` which numbers fit,
    ``scenario`` the prompt for the failure scenario; it is empty where none is asked for.
    """

    id: str
    number: int
    kind: Kind
    ask: str
    help: str
    when: FormLine | None
    how: str
    options: tuple[FormOption, ...]
    is_row: bool
    lines: int
    range_text: str
    scenario: str

    @property
    def is_leading(self) -> bool:
        """Whether so many of its options have arrows that these stand in a column of their own."""
        return sum(option.leads_to > 0 for option in self.options) > 2


class FormSection(Struct, frozen=True):
    """A section; whoever does not answer it goes on with the question ``otherwise``."""

    id: str
    title: str
    intro: tuple[str, ...]
    when: FormLine | None
    otherwise: int
    otherwise_text: str
    questions: tuple[FormQuestion, ...]


class FormView(Struct, frozen=True):
    """A whole blank form in one language; a number after the last question means the end."""

    language: str
    questionnaire: str
    title: str
    edition: date
    edition_text: str
    digest: str
    summary: tuple[str, ...]
    interpretation: tuple[str, ...]
    at_hand: tuple[str, ...]
    unsure: str
    has_scenarios: bool
    has_arrows: bool
    address: str
    code: QrCode | None
    sections: tuple[FormSection, ...]
    brand: Brand = NO_BRAND

    @property
    def words(self) -> Words:
        """The interface words around these values, for templates."""
        return words(self.language, DOMAIN)

    @property
    def questions(self) -> tuple[FormQuestion, ...]:
        """All questions, in the order in which they are asked."""
        return tuple(question for section in self.sections for question in section.questions)
