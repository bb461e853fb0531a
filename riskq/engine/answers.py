"""Answers: what a person said to a question, as typed and frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from riskq.questionnaire import UNSURE

__all__ = ["Answer", "Answers", "Chosen", "Counted", "Dated", "Unsure", "Written", "write_answer"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """One or more options, in the question's order, with the assessor's own words if asked for."""

    options: tuple[str, ...]
    because: str = ""


@dataclass(frozen=True, slots=True)
class Unsure:
    """The answer "I don't know": the truth is open, which is never a "no"."""

    because: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A free text."""

    text: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A number."""

    number: Decimal


@dataclass(frozen=True, slots=True)
class Dated:
    """A day."""

    day: date


Answer = Chosen | Unsure | Written | Counted | Dated
Answers = Mapping[str, Answer]
"""Answers by the ids of their questions; what is not there has not been answered."""


def write_answer(answer: Answer, *, many: bool) -> str | list[str]:
    """Give an answer in the form of an answers file, without the assessor's own words."""
    match answer:
        case Unsure():
            return UNSURE
        case Chosen(options=options):
            return list(options) if many else options[0]
        case Written(text=text):
            return text
        case Counted(number=number):
            return str(number)
        case Dated(day=day):
            return day.isoformat()
