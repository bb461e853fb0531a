"""Forms for questions: one small function a kind, and what is wrong in the words of the page.

A form only carries what was typed. Whether it is an answer is decided where all answers are read,
``engine.read_answer``, against the question's own options; here its faults get words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from msgspec import Struct
from werkzeug.datastructures import MultiDict
from wtforms import (
    Field,
    Form,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import choices as choice_fields

from riskq.engine import (
    MAX_BECAUSE,
    Answer,
    AnswerFault,
    read_answer,
    write_answer,
)
from riskq.i18n import Words
from riskq.questionnaire import UNSURE, Kind, Prose, Question, Questionnaire

__all__ = [
    "ANSWER",
    "BECAUSE",
    "INSTEAD",
    "FormFault",
    "fill_form",
    "make_form",
    "read_form",
    "read_local_day",
]

ANSWER, INSTEAD, BECAUSE = "answer", "answer-instead", "because"
_LOCAL_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")


class FormFault(Struct, frozen=True):
    """What is wrong with one field of a form, in the words of the page."""

    field: str
    text: str


def _choices(question: Question, prose: Prose) -> list[Any]:
    # The library's stubs are of an older version, which had no such class.
    choice: Any = choice_fields.SelectChoice  # type: ignore[attr-defined]  # See above.
    return [choice(name, prose.option(question.id, name).label) for name in question.accepts]


def _one(question: Question, prose: Prose) -> dict[str, Field]:
    return {ANSWER: RadioField(choices=_choices(question, prose), validate_choice=False)}


def _many(question: Question, prose: Prose) -> dict[str, Field]:
    return {ANSWER: SelectMultipleField(choices=_choices(question, prose), validate_choice=False)}


def _text(_question: Question, _prose: Prose) -> dict[str, Field]:
    return {ANSWER: StringField()}


def _long_text(_question: Question, _prose: Prose) -> dict[str, Field]:
    return {ANSWER: TextAreaField()}


def _measured(_question: Question, _prose: Prose) -> dict[str, Field]:
    return {ANSWER: StringField(), INSTEAD: StringField()}


_FIELDS: Mapping[Kind, Callable[[Question, Prose], dict[str, Field]]] = {
    Kind.ONE: _one,
    Kind.MANY: _many,
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _long_text,
    Kind.NUMBER: _measured,
    Kind.DATE: _measured,
}


@lru_cache(maxsize=4096)
def _form_class(questionnaire: Questionnaire, name: str, language: str) -> type[Form]:
    question, prose = questionnaire.by_id[name], questionnaire.prose[language]
    fields = _FIELDS[question.kind](question, prose)
    if question.justify:
        fields[BECAUSE] = TextAreaField()
    return type("QuestionForm", (Form,), fields)


def make_form(
    questionnaire: Questionnaire, name: str, language: str, answer: Answer | None
) -> Form:
    """The form of a question, holding the answer that stands."""
    data = {} if answer is None else _data(questionnaire.by_id[name], answer)
    return _form_class(questionnaire, name, language)(data=data)


def fill_form(
    questionnaire: Questionnaire, name: str, language: str, sent: MultiDict[str, str]
) -> Form:
    """The form of a question, holding what was sent."""
    return _form_class(questionnaire, name, language)(formdata=sent)


def _data(question: Question, answer: Answer) -> dict[str, object]:
    written = write_answer(question, answer)
    if question.kind is Kind.MANY and isinstance(written, str):
        written = [written]
    return {ANSWER: written, BECAUSE: answer.because}


def read_form(
    question: Question, form: Form, on: date, words: Words
) -> Answer | tuple[FormFault, ...]:
    """The answer that a form holds, or everything that is wrong with it."""
    because = (form[BECAUSE].data or "") if question.justify else ""
    raw = _raw(question, form)
    try:
        return read_answer(question, {ANSWER: raw, BECAUSE: because} if because else raw, on)
    except AnswerFault as fault:
        if question.justify and fault.code in ("too-long", "bad-character"):
            return (FormFault(BECAUSE, say_fault(question, fault.code, because, words)),)
        first = FormFault(ANSWER, say_fault(question, fault.code, raw, words))
        if len(because) <= MAX_BECAUSE:
            return (first,)
        return (first, FormFault(BECAUSE, say_fault(question, "too-long", because, words)))


def _raw(question: Question, form: Form) -> object:
    """What was sent, in the form of an answers file."""
    sent = form[ANSWER].data
    if question.kind is Kind.MANY:
        return UNSURE if sent == [UNSURE] else sent or []
    if question.kind in (Kind.NUMBER, Kind.DATE):
        return form[INSTEAD].data or _as_written(question, (sent or "").strip())
    return sent or ""


def _as_written(question: Question, text: str) -> str:
    """A day also as "25.08.2026", a number also with a comma, as people here write them."""
    if question.kind is Kind.DATE:
        return _iso_day(text)
    return text.replace(",", ".") if question.kind is Kind.NUMBER else text


def _iso_day(text: str) -> str:
    """A day as it is written here, in the form that is stored; other texts as they are."""
    local = _LOCAL_DAY.fullmatch(text)
    if local is None:
        return text
    day, month, year = local.groups()
    return f"{year}-{month:0>2}-{day:0>2}"


def read_local_day(text: str) -> date | None:
    """The day that a text means, such as 31.12.2026 or 2026-12-31; None if it means none."""
    try:
        return date.fromisoformat(_iso_day(text.strip()))
    except ValueError:
        return None


def say_fault(question: Question, code: str, raw: object, words: Words) -> str:
    """Say in the language of the page what is wrong with an answer, and how to mend it."""
    _ = words
    if code == "too-long":
        limit = question.length.max if question.length else MAX_BECAUSE
        given = len(str(raw).replace("\r\n", "\n").strip())
        text = _("The text has %(given)s characters. Shorten it to at most %(limit)s.")
        return text % {"given": given, "limit": limit}
    if code == "out-of-range" and question.range is not None:
        low, high = question.range.min, question.range.max
        return _("Write a number from %(low)s to %(high)s.", low=low, high=high)
    if isinstance(raw, list) and UNSURE in raw:
        return _('"I don\'t know" excludes the other options. Choose either it or the others.')
    known = {
        "in-future": _("This day lies in the future. Write a day that has passed."),
        "excluded-option": _(
            "One of the options that you chose excludes the others. Choose either it or the others."
        ),
        "bad-character": _("The text has a character that cannot be stored. Delete it."),
    }
    return known.get(code) or _say_missing(question, raw, words)


def _say_missing(question: Question, raw: object, words: Words) -> str:
    """What to do where there is no answer, or none of the question's kind."""
    _ = words
    if question.kind in (Kind.ONE, Kind.MANY) and raw:
        return _("This is not one of the options. Choose one of those shown here.")
    return {
        Kind.ONE: _("Choose one of the options."),
        Kind.MANY: _("Choose at least one of the options."),
        Kind.TEXT: _("Write an answer."),
        Kind.LONG_TEXT: _("Write an answer."),
        Kind.NUMBER: _("Write a number."),
        Kind.DATE: _("Write the day as year, month and day, for example 2026-08-25."),
    }[question.kind]
