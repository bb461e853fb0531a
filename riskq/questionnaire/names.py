"""What is told of a name that stands for nothing, or that is there twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from riskq.errors import Problem, did_you_mean
from riskq.questionnaire.conditions import UNSURE, Beyond, Includes
from riskq.questionnaire.measures import read_bound
from riskq.questionnaire.model import Kind, Question
from riskq.questionnaire.place import Place

__all__ = ["note_unknown", "repeated", "repeated_names", "unknown_answer"]

_UNKNOWN = {
    "act": "unknown-act",
    "act of this edition": "unknown-act-of-this-edition",
    "article": "unknown-article",
    "fact": "unknown-fact",
    "fine": "unknown-fine",
    "level": "unknown-level",
    "option": "unknown-option",
    "question": "unknown-question",
    "question of kind date": "unknown-question-of-kind-date",
    "scale": "unknown-scale",
    "score": "unknown-score",
    "unit": "unknown-unit",
}
"""The codes, by the sort of thing that a name should stand for."""

_REPEATED = {
    "act": "duplicate-act",
    "case": "duplicate-case",
    "duty": "duplicate-duty",
    "fine": "duplicate-fine",
    "level": "duplicate-level",
    "limit": "duplicate-limit",
    "notice": "duplicate-notice",
    "option": "duplicate-option",
    "question": "duplicate-question",
    "requirement": "duplicate-requirement",
    "rule": "duplicate-rule",
    "section": "duplicate-section",
}
"""The codes, by the sort of thing whose id is there twice."""


def note_unknown(
    what: str, word: str, known: Iterable[str], place: object, *, of: str = ""
) -> Problem:
    """A problem that says that ``word`` names no existing ``what`` (``of`` the thing named)."""
    mend = did_you_mean(word, known, what=what)
    owner = f" of {of}" if of else ""
    return Problem(_UNKNOWN[what], str(place), f'"{word}" is no {what}{owner}', mend)


def repeated(what: str, items: Iterable[tuple[str, Place]]) -> Iterator[Problem]:
    """A problem for each item whose id another one of its sort has already."""
    seen: dict[str, Place] = {}
    for name, place in items:
        if name in seen:
            told = f'the {what} "{name}" is there twice'
            mend = f"It stands first at {seen[name]}; rename or delete one."
            yield Problem(_REPEATED[what], str(place), told, mend)
        seen.setdefault(name, place)


def repeated_names(what: str, names: Iterable[str], place: Place) -> Iterator[Problem]:
    """A problem for each name that a test has more than once."""
    for name, count in Counter(names).items():
        if count > 1:
            told = f'the {what} "{name}" stands in one test twice'
            yield Problem("repeated-name", str(place), told, "Write it once.")


def unknown_answer(question: Question, atom: Includes | Beyond, option: str) -> Problem:
    """A problem: a test names what cannot be answered; how it would be written."""
    bound = read_bound(option)
    if question.kind is Kind.NUMBER and isinstance(bound, Decimal):
        return _compared(question, atom, "number", option)
    if question.kind is Kind.DATE and isinstance(bound, date):
        return _compared(question, atom, "date", option)
    known = question.accepts if isinstance(atom, Includes) else question.option_ids
    if option != UNSURE:
        return note_unknown("option", option, known, atom.place, of=f'"{question.id}"')
    what = f'"{question.id}" does not offer "I don\'t know"'
    mend = f'Add unsure: true to the question "{question.id}", or test an option of it.'
    if question.unsure:
        what = '"I don\'t know" is no option: any-but speaks of what is true'
        mend = f"Write {{{question.id}: {UNSURE}}} to ask whether it was said."
    return Problem("unknown-option", str(atom.place), what, mend)


def _compared(question: Question, atom: Includes | Beyond, kind: str, bound: str) -> Problem:
    what = f'"{question.id}" is a {kind}, and none of its options is "{bound}"'
    mend = f"Compare it, such as {{{question.id}: {{at-least: {bound}}}}}."
    return Problem("wrong-test", str(atom.place), what, mend)
