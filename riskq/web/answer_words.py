"""Answers as a reader sees them: labels instead of ids, days in full."""

from __future__ import annotations

from collections.abc import Iterable

from riskq.engine import Answer
from riskq.questionnaire import Questionnaire
from riskq.report import answer_labels

__all__ = ["Row", "answer_in_words", "rows_of"]

Row = tuple[str, "str | list[str] | None", str]
"""A question, its answer in words (``None``: no answer yet), the address at which to change it."""


def answer_in_words(
    questionnaire: Questionnaire, name: str, answer: Answer, language: str
) -> str | list[str]:
    """An answer in words; several options are a list."""
    labels = list(answer_labels(questionnaire.prose[language], name, answer))
    return labels if len(labels) > 1 else labels[0]


def _with_own_words(
    questionnaire: Questionnaire, name: str, answer: Answer, language: str
) -> str | list[str]:
    words = answer_in_words(questionnaire, name, answer, language)
    if not answer.because:
        return words
    return [*([words] if isinstance(words, str) else words), f"«{answer.because}»"]


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
