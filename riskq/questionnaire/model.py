"""What a questionnaire is: its sections, questions, options, and the whole that they form.

The classes here and in ``rulebook``, ``prose``, ``law`` and ``cases`` are at the same time the
format of the files: their fields are the keys, their types the values, and the JSON Schema for
editors is generated from them. All values are frozen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, ClassVar

from msgspec import Struct, field

from riskq.questionnaire.conditions import ALWAYS, UNSURE, Condition
from riskq.questionnaire.forms import Citation, Id, Low, Point, WholeNumber
from riskq.questionnaire.law import Law
from riskq.questionnaire.place import Placed
from riskq.questionnaire.prose import Prose
from riskq.questionnaire.rulebook import Rulebook

__all__ = [
    "Kind",
    "Length",
    "Option",
    "Question",
    "Questionnaire",
    "QuestionsFile",
    "Range",
    "Section",
]


class Kind(StrEnum):
    """What sort of answer a question takes."""

    ONE = "one"
    MANY = "many"
    TEXT = "text"
    LONG_TEXT = "long-text"
    NUMBER = "number"
    DATE = "date"


class Option(Placed, frozen=True):
    """One choice of a question. An exclusive option excludes all others; points feed the scores."""

    BRIEF: ClassVar[str] = "id"
    id: Id
    exclusive: bool = False
    points: Mapping[Id, Point] = field(default_factory=dict)


class Length(Struct, frozen=True):
    """How many characters a text may have, both ends included."""

    max: Annotated[int, WholeNumber(1, 5000)]
    min: Annotated[int, WholeNumber(0, 5000)] = 1


class Range(Struct, frozen=True):
    """Which numbers are accepted, both ends included."""

    min: Decimal
    max: Decimal


class Question(Placed, frozen=True):
    """One question: its kind, its options, when it is asked, and the law it stands on.

    ``unsure`` offers "I don't know". ``justify`` gives a place for the assessor's own words.
    Options of a number or a date stand in its place (a date may be ``never``). A date after the
    day of the assessment is refused unless ``future`` is set. ``record`` marks a question that is
    kept for the record and decides nothing, ``design`` one about what those who make or run the
    system can change, such as human control; any other is about a fact.
    """

    id: Id
    kind: Kind
    options: tuple[Option, ...] = ()
    unsure: bool = False
    justify: bool = False
    length: Length | None = None
    range: Range | None = None
    future: bool = False
    record: bool = False
    design: bool = False
    ask_if: Condition = ALWAYS
    cites: tuple[Citation, ...] = ()

    @property
    def option_ids(self) -> tuple[str, ...]:
        """The ids of the options, in their order; without ``unsure``."""
        return tuple(option.id for option in self.options)

    @property
    def accepts(self) -> tuple[str, ...]:
        """Every id that may stand as an answer, ``unsure`` included where it is offered."""
        return (*self.option_ids, UNSURE) if self.unsure else self.option_ids

    @property
    def is_text(self) -> bool:
        """Whether the answer is free text, which no rule can look at."""
        return self.kind in (Kind.TEXT, Kind.LONG_TEXT)


class Section(Placed, frozen=True):
    """Questions that belong together, asked only while ``ask_if`` holds or is open."""

    id: Id
    questions: Annotated[tuple[Question, ...], Low(1)]
    ask_if: Condition = ALWAYS


class QuestionsFile(Struct, frozen=True):
    """``questions.yml``: the sections in the order in which they are asked."""

    questionnaire: Id
    edition: date
    sections: Annotated[tuple[Section, ...], Low(1)]
    minutes: Annotated[int, WholeNumber(1, 600)] = 20

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in the order in which they are asked."""
        return tuple(question for section in self.sections for question in section.questions)


class Questionnaire(Struct, frozen=True, eq=False, dict=True, weakref=True):
    """One edition of a questionnaire, complete and linked.

    ``digest`` is the SHA-256, in hexadecimal, of its questions, rules and texts.
    """

    id: str
    edition: date
    minutes: int
    digest: str
    sections: tuple[Section, ...]
    rulebook: Rulebook
    prose: Mapping[str, Prose]
    law: Law

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in the order in which they are asked."""
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        """The questions by their ids."""
        return {question.id: question for question in self.questions}

    @cached_property
    def section_of(self) -> Mapping[str, Section]:
        """The section of each question, by the question's id."""
        return {question.id: section for section in self.sections for question in section.questions}
