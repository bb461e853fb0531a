"""Answers as a reader sees them: labels instead of ids, days in full."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from riskq.engine import Answer
from riskq.questionnaire import Questionnaire
from riskq.report import answer_labels

__all__ = ["Row", "answer_in_words", "rows_of"]


class Row(NamedTuple):
    """A question, its answer in words (``None``: no answer yet), and where to change it.

    ``own_words`` are what the person wrote to support the answer; they are no part of it.
    ``files`` is the address of the files attached to it, "" where that leads nowhere.
    """

    ask: str
    answer: str | list[str] | None
    url: str = ""
    own_words: str = ""
    files: str = ""
    file_count: int = 0


def answer_in_words(
    questionnaire: Questionnaire, name: str, answer: Answer, language: str
) -> str | list[str]:
    """An answer in words; several options are a list."""
    labels = list(answer_labels(questionnaire.prose[language], name, answer))
    return labels if len(labels) > 1 else labels[0]


def rows_of(
    questionnaire: Questionnaire,
    names: Iterable[tuple[str, Answer | None, str]],
    language: str,
) -> list[Row]:
    """Rows for a list of questions: name, answer if there is one, address to change it."""
    asks = questionnaire.prose[language].questions
    return [
        Row(
            asks[name].ask,
            None if answer is None else answer_in_words(questionnaire, name, answer, language),
            url,
            "" if answer is None else answer.because,
        )
        for name, answer, url in names
    ]
