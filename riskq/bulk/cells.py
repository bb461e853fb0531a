"""Cells: what stands in a table, as the codes by which rows walk down diagrams.

Each text is read by the reader of answers, once for a column however often it stands there. What
cannot be read is told and counts as not answered: it is no answer, and guessing would be worse.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from riskq.engine import Answer, AnswerFault, Classes, Unsure, read_answer
from riskq.questionnaire import UNSURE, Kind, Question

__all__ = ["NOT_ANSWERED", "SEPARATOR", "CellReader", "Raw", "ReadCell", "Say", "say_plainly"]

NOT_ANSWERED = 0
"""The code of an empty cell."""

SEPARATOR = ";"
"""What stands between several things in one cell that we write."""

_UNSURE = 1
_FIRST_CLASS = 2
_MOST_KEPT = 100_000
_PARTS = re.compile(r"[;,|\s]+")
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]00:00(:00(\.0+)?)?")


Raw = str | list[str]
"""A cell as the reader of answers takes it: several options are a list."""

Say = Callable[[Question, Raw, AnswerFault], str]
"""Words what is wrong with a cell in the column of a question, and how to mend it."""


def say_plainly(_question: Question, _raw: Raw, fault: AnswerFault) -> str:
    """What is wrong with a cell in the words of the reader."""
    return f"{fault.what}. {fault.mend}"


class ReadCell(Struct, frozen=True):
    """The code of a cell, and what is wrong with it ("" if nothing is)."""

    code: int
    fault: str = ""


class CellReader:
    """Reads the cells of one question's column."""

    def __init__(
        self, question: Question, classes: Classes, on: date, say: Say = say_plainly
    ) -> None:
        self.question = question
        self._say = say
        self._classes = classes
        self._on = on
        self._known: dict[str, ReadCell] = {}
        self._begin()

    @property
    def codes(self) -> tuple[tuple[int, ...], ...]:
        """By its code, which branches an answer leaves."""
        allowed = self._classes.allowed
        opened, unsure = allowed(None, self._on), allowed(Unsure(), self._on)
        return (opened, unsure, *((index,) for index in self._classes.all))

    @property
    def known(self) -> Mapping[str, ReadCell]:
        """The texts that were read, and what they are."""
        return self._known

    def read_all(self, texts: Sequence[str]) -> None:
        """Read texts, which are known then; whatever they are, this raises nothing."""
        self._known |= {text: self._read(text.strip()) for text in texts}

    def trim(self) -> None:
        """Forget what was read when it has become much, such as very many different numbers."""
        if len(self._known) > _MOST_KEPT:
            self._begin()

    def _begin(self) -> None:
        self._known = {}
        self.read_all(["", UNSURE, *self.question.option_ids])

    def _read(self, text: str) -> ReadCell:
        if not text:
            return ReadCell(NOT_ANSWERED)
        raw = self._raw(text)
        try:
            answer = read_answer(self.question, raw, self._on)
        except AnswerFault as fault:
            return ReadCell(NOT_ANSWERED, self._say(self.question, raw, fault))
        return ReadCell(self._code(answer))

    def _raw(self, text: str) -> Raw:
        """The text as the reader of answers takes it."""
        is_unsure = text == UNSURE and self.question.unsure
        if self.question.kind is Kind.MANY and not is_unsure:
            return [part for part in _PARTS.split(text) if part]
        midnight = _MIDNIGHT.fullmatch(text) if self.question.kind is Kind.DATE else None
        return midnight[1] if midnight else text

    def _code(self, answer: Answer) -> int:
        if isinstance(answer, Unsure):
            return _UNSURE
        (found,) = self._classes.allowed(answer, self._on)
        return _FIRST_CLASS + found
