"""Reads answers from the outside (files, forms, the store) and tells all that is wrong with them.

An answers file is a mapping of question id to an option id, a list of option ids, a text, a
number, a date, or ``unsure``. Where a question asks for the assessor's own words, an answer may
also be a mapping with ``answer`` and ``because``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from riskq.engine.answers import Answer, Answers, Chosen, Counted, Dated, Unsure, Written
from riskq.errors import AnswersError, Problem, did_you_mean
from riskq.questionnaire import (
    UNSURE,
    Kind,
    ListNode,
    Node,
    Question,
    Questionnaire,
    ScalarNode,
    read_bound,
)

__all__ = ["MAX_ANSWERS", "MAX_BECAUSE", "AnswerFault", "plain", "read_answer", "read_answers"]

MAX_BECAUSE = 4000
"""How many characters the assessor's own words may have."""

MAX_ANSWERS = 1000
"""How many answers are read at once; no questionnaire asks so much."""

# People paste from other programs, which have line ends of their own.
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SHAPELESS = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x9f]")

_KIND_HINT = {
    Kind.ONE: "one option id, such as {first}",
    Kind.MANY: "a list of option ids, such as [{first}]",
    Kind.TEXT: "a text",
    Kind.LONG_TEXT: "a text",
    Kind.NUMBER: "a number",
    Kind.DATE: "a date such as 2026-08-25",
}


@dataclass(frozen=True, slots=True)
class AnswerFault(Exception):
    """An answer does not fit its question: a stable code, what is wrong, and how to mend it."""

    code: str
    what: str
    mend: str


def plain(node: Node) -> object:
    """A node as plain texts, lists and mappings."""
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}


def read_answers(
    questionnaire: Questionnaire,
    raw: Mapping[str, object],
    on: date,
    where: Callable[[str], str] = str,
) -> Answers:
    """Read all answers; ``where`` turns a question id into the place that messages name.

    ``on`` is the day of the assessment. Raises ``AnswersError`` with every fault there is.
    """
    if len(raw) > MAX_ANSWERS:
        what = f"there are {len(raw)} answers"
        raise AnswersError([Problem("too-many", questionnaire.id, what, "Leave most out.")])
    answers: dict[str, Answer] = {}
    problems: list[Problem] = []
    for name, value in raw.items():
        question = questionnaire.by_id.get(name)
        if question is None:
            mend = did_you_mean(_short(name), questionnaire.by_id)
            what = f'"{_short(name)}" is no question'
            problems.append(Problem("unknown-question", where(name), what, mend))
            continue
        try:
            answers[name] = read_answer(question, value, on)
        except AnswerFault as fault:
            problems.append(Problem(fault.code, where(name), fault.what, fault.mend))
    if problems:
        raise AnswersError(problems)
    return answers


def read_answer(question: Question, raw: object, on: date) -> Answer:
    """Read one answer; raises ``AnswerFault`` with the first thing that is wrong with it."""
    if isinstance(raw, Mapping):
        return _justified(question, raw, on)
    if question.unsure and raw in (UNSURE, [UNSURE], (UNSURE,)):
        return Unsure()
    if question.kind is Kind.MANY:
        return _many(question, raw)
    if not isinstance(raw, str | int | float | Decimal) or isinstance(raw, bool):
        raise _wrong_kind(question, raw)
    if raw in question.option_ids:
        return Chosen((str(raw),))
    if question.kind is Kind.ONE:
        raise _unknown_option(question, raw) if isinstance(raw, str) else _wrong_kind(question, raw)
    return _free(question, raw, on)


def _free(question: Question, raw: object, on: date) -> Answer:
    if question.is_text:
        if not isinstance(raw, str):
            raise _wrong_kind(question, raw)
        return _text(question, raw)
    value = read_bound(str(raw).strip())
    if question.kind is Kind.DATE:
        return _date(question, value, raw, on)
    if not isinstance(value, Decimal):
        raise _wrong_kind(question, raw)
    span = question.range
    if span is not None and not span.min <= value <= span.max:
        what = f"{value} is out of range"
        raise AnswerFault("out-of-range", what, f"Write a number from {span.min} to {span.max}.")
    return Counted(value)


def _text(question: Question, raw: str) -> Written:
    text = _storable(raw)
    if question.kind is Kind.TEXT:
        text = text.replace("\n", " ")
    low, high = (question.length.min, question.length.max) if question.length else (1, 200)
    if len(text) < low:
        raise AnswerFault(
            "too-short", "the text is empty" if not text else "the text is too short", "Write it."
        )
    if len(text) > high:
        what = f"the text has {len(text)} characters"
        raise AnswerFault("too-long", what, f"Shorten it to at most {high}.")
    return Written(text)


def _date(question: Question, value: object, raw: object, on: date) -> Dated:
    if not isinstance(value, date):
        raise _wrong_kind(question, raw)
    if value > on and not question.future:
        raise AnswerFault(
            "in-future", f"{value} lies in the future", "Write a day that has passed."
        )
    return Dated(value)


def _many(question: Question, raw: object) -> Chosen:
    if not isinstance(raw, list | tuple) or not all(isinstance(item, str) for item in raw):
        raise _wrong_kind(question, raw)
    chosen = frozenset(raw)
    if UNSURE in chosen and question.unsure:
        what = f'"{UNSURE}" excludes all options'
        raise AnswerFault("excluded-option", what, f'Write "{UNSURE}" alone, or leave it out.')
    for item in raw:
        if item not in question.option_ids:
            raise _unknown_option(question, item)
    if not chosen:
        raise AnswerFault("nothing-chosen", "no option is chosen", _options_mend(question))
    alone = [option.id for option in question.options if option.exclusive and option.id in chosen]
    if alone and len(chosen) > 1:
        what = f'"{alone[0]}" excludes all other options'
        raise AnswerFault("excluded-option", what, f'Choose "{alone[0]}" alone, or leave it out.')
    return Chosen(tuple(option for option in question.option_ids if option in chosen))


def _justified(question: Question, raw: Mapping[str, object], on: date) -> Answer:
    for key in raw:
        if key not in ("answer", "because"):
            raise AnswerFault(
                "unknown-key", f'"{_short(key)}" is not a key here', "Write answer and because."
            )
    if "answer" not in raw or isinstance(raw["answer"], Mapping):
        what = 'the key "answer" is missing, or is a mapping itself'
        raise AnswerFault("wrong-kind", what, "Write {answer: yes, because: ...}.")
    because = raw.get("because", "")
    answer = read_answer(question, raw["answer"], on)
    if not because:
        return answer
    if not question.justify or not isinstance(answer, Chosen | Unsure):
        what = "this question takes no justification"
        raise AnswerFault("needless-because", what, "Write the answer alone.")
    return replace(answer, because=_because(because))


def _because(raw: object) -> str:
    if not isinstance(raw, str):
        raise AnswerFault("wrong-kind", "because is not a text", "Write a text.")
    text = _storable(raw)
    if len(text) > MAX_BECAUSE:
        what = f"the justification has {len(text)} characters"
        raise AnswerFault("too-long", what, f"Shorten it to at most {MAX_BECAUSE}.")
    return text


def _storable(raw: str) -> str:
    """The text without space around it, with one sort of line ends, and fit to be stored.

    Controls that show nothing are left out: they come with what is pasted from other programs,
    nobody could find them to delete them, and a terminal would obey them.
    """
    text = _SHAPELESS.sub("", _LINE_END.sub("\n", raw)).strip()
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        what = "the text has a character that cannot be stored"
        raise AnswerFault("bad-character", what, "Delete it.")
    return text


def _short(value: object) -> str:
    """The beginning of what was written, for a message."""
    text = str(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _wrong_kind(question: Question, raw: object) -> AnswerFault:
    first = question.option_ids[0] if question.options else ""
    if isinstance(raw, str | list | tuple):
        meant = raw if isinstance(raw, str) else next(iter(raw), "")
        first = meant if meant in question.option_ids else first
    hint = _KIND_HINT[question.kind].format(first=first)
    shown = str(raw) if isinstance(raw, Decimal) else repr(raw)
    unsure = f", or {UNSURE}" if question.unsure else ""
    return AnswerFault("wrong-kind", f"{_short(shown)} is not {hint}", f"Write {hint}{unsure}.")


def _unknown_option(question: Question, raw: object) -> AnswerFault:
    mend = did_you_mean(_short(raw), question.accepts)
    return AnswerFault("unknown-option", f'"{_short(raw)}" is no option of this question', mend)


def _options_mend(question: Question) -> str:
    return f"Choose from: {', '.join(question.accepts)}."
