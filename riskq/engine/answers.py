"""Answers: what a person said to a question, as typed and frozen values.

``because`` holds the assessor's own words; only what was chosen, or not known, can have any.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import ClassVar

from msgspec import Struct

from riskq.questionnaire import UNSURE, Kind, Question

__all__ = ["Answer", "Answers", "Chosen", "Counted", "Dated", "Unsure", "Written", "write_answer"]


class Chosen(Struct, frozen=True):
    """One or more options, in the question's order, with the assessor's own words if asked for."""

    options: tuple[str, ...]
    because: str = ""


class Unsure(Struct, frozen=True):
    """The answer "I don't know": the truth is open, which is never a "no"."""

    because: str = ""


class Written(Struct, frozen=True):
    """A free text."""

    because: ClassVar[str] = ""
    text: str


class Counted(Struct, frozen=True):
    """A number."""

    because: ClassVar[str] = ""
    number: Decimal


class Dated(Struct, frozen=True):
    """A day."""

    because: ClassVar[str] = ""
    day: date


Answer = Chosen | Unsure | Written | Counted | Dated
Answers = Mapping[str, Answer]
"""Answers by the ids of their questions; what is not there has not been answered."""


def write_answer(question: Question, answer: Answer) -> str | list[str]:
    """Give the answer to a question in the form of an answers file, without ``because``."""
    match answer:
        case Unsure():
            return UNSURE
        case Chosen(options=options):
            return list(options) if question.kind is Kind.MANY else options[0]
        case Written(text=text):
            return text
        case Counted(number=number):
            return str(number)
        case Dated(day=day):
            return day.isoformat()
