"""Is each question sound in itself: do its keys fit its kind, and can its tests be told apart?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from riskq.errors import Problem
from riskq.questionnaire.conditions import (
    RESERVED,
    UNSURE,
    Compares,
    Condition,
    OlderThan,
    walk,
)
from riskq.questionnaire.model import Kind, Question

__all__ = ["mixed_dates", "shape_problems"]

OPTION_KINDS = (Kind.ONE, Kind.MANY)


def shape_problems(question: Question) -> Iterator[Problem]:
    """Everything that is wrong with one question, whatever the rest of the file says."""
    return _Shape(question).problems()


class _Shape(Struct, frozen=True):
    question: Question

    def problems(self) -> Iterator[Problem]:
        yield from self._names()
        yield from self._missing_keys()
        yield from self._needless_keys()
        yield from self._limits()

    def _problem(self, code: str, what: str, mend: str) -> Problem:
        return Problem(code, str(self.question.place), f'"{self.question.id}" {what}', mend)

    def _names(self) -> Iterator[Problem]:
        if self.question.id in RESERVED:
            mend = "Choose another id: this word opens a condition."
            yield self._problem("reserved-id", "cannot be the id of a question", mend)
        if UNSURE in self.question.option_ids:
            yield self._problem("reserved-id", f"has the option {UNSURE}", "Write unsure: true.")

    def _missing_keys(self) -> Iterator[Problem]:
        question = self.question
        if question.kind in OPTION_KINDS and not question.options:
            yield self._problem("no-options", "has no options", "Add options: [...].")
        if question.is_text and question.length is None:
            yield self._problem("no-length", "has no length", "Add length: {max: 200}.")

    def _needless_keys(self) -> Iterator[Problem]:
        question, kind = self.question, self.question.kind
        exclusive = any(option.exclusive for option in question.options)
        needless = {
            "options": bool(question.options) and question.is_text,
            "unsure": question.unsure and question.is_text,
            "exclusive options": exclusive and kind is not Kind.MANY,
            "length": question.length is not None and not question.is_text,
            "range": question.range is not None and kind is not Kind.NUMBER,
            "future": question.future and kind is not Kind.DATE,
        }
        for key, is_needless in needless.items():
            if is_needless:
                what = f"is of kind {kind.value}, which takes no {key}"
                yield self._problem("needless-key", what, "Delete them, or change the kind.")

    def _limits(self) -> Iterator[Problem]:
        for span in (self.question.length, self.question.range):
            if span is not None and span.min > span.max:
                what = f"accepts nothing: {span.min} is more than {span.max}"
                yield self._problem("bad-range", what, "Exchange min and max.")


def mixed_dates(questions: Iterable[Question], outer: Iterable[Condition]) -> Iterator[Problem]:
    """Dates whose tests change places from day to day, so that nothing can be proved of them.

    Whether a review "since 1 May" is also "older than one year" depends on the day of the
    assessment, and so does whether one month or 30 days is longer.
    """
    tests: dict[str, dict[str, Compares | OlderThan]] = {}
    for condition in outer:
        for part in walk(condition):
            if isinstance(part, Compares | OlderThan):
                tests.setdefault(part.question, {}).setdefault(_measure(part), part)
    for question in questions:
        measures = tests.get(question.id, {})
        if question.kind is Kind.DATE and len(measures) > 1:
            first, second, *_ = measures.items()
            what = f'"{question.id}" is tested by {first[0]} in line {first[1].place.line}'
            what += f" and by {second[0]} here"
            mend = "Test one date by one of them only, or ask for two dates."
            yield Problem("mixed-dates", str(second[1].place), what, mend)


def _measure(test: Compares | OlderThan) -> str:
    if isinstance(test, Compares):
        return "a fixed day"
    return "days ago" if test.period.days else "months or years ago"
