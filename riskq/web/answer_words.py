"""Answers as a reader sees them: labels instead of ids, days in full."""

from __future__ import annotations

from collections.abc import Iterable

from riskq.engine import Answer, Chosen, Counted, Dated, Unsure, Written
from riskq.i18n import write_day
from riskq.questionnaire import UNSURE, Questionnaire

__all__ = ["Row", "answer_in_words", "rows_of"]

Row = tuple[str, "str | list[str] | None", str]
"""A question, its answer in words (``None``: no answer yet), the address at which to change it."""


def answer_in_words(
    questionnaire: Questionnaire, name: str, answer: Answer, language: str
) -> str | list[str]:
    """An answer in words; several options are a list."""
    prose = questionnaire.prose[language]
    match answer:
        case Unsure():
            return prose.option(name, UNSURE).label
        case Chosen(options=options):
            labels = [prose.option(name, option).label for option in options]
            return labels if len(labels) > 1 else labels[0]
        case Written(text=text):
            return text
        case Counted(number=number):
            return str(number)
        case Dated(day=day):
            return write_day(day, language)


def _with_own_words(
    questionnaire: Questionnaire, name: str, answer: Answer, language: str
) -> str | list[str]:
    words = answer_in_words(questionnaire, name, answer, language)
    because = answer.because if isinstance(answer, Chosen | Unsure) else ""
    if not because:
        return words
    return [*([words] if isinstance(words, str) else words), f"«{because}»"]


def rows_of(
    questionnaire: Questionnaire,
    names: Iterable[tuple[str, Answer | None, str]],
    language: str,
) -> list[Row]:
    """Rows for a list of questions: name, answer if there is one, address to change it."""
    asks = questionnaire.prose[language].questions
    return [
        (
            asks[name].ask,
            None if answer is None else _with_own_words(questionnaire, name, answer, language),
            url,
        )
        for name, answer, url in names
    ]
