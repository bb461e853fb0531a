"""The blank table of a questionnaire as a spreadsheet: one sheet to fill in, one that explains it.

Cells have types and none is a formula: programs must not turn ``1-2`` into a day, and a column of
days takes days. Where a question has options, the cells below it offer their ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from riskq.questionnaire import Kind, Prose, Question, Questionnaire

__all__ = ["write_template"]

_ROWS = 20_000
_MOST_OFFERED = 255
"""So many letters may the ids have that a cell offers."""

_FORMATS = {Kind.NUMBER: "General", Kind.DATE: "yyyy-mm-dd"}
_AS_TEXT = "@"
_WIDTHS = {"column": 28, "question": 70, "write": 24, "means": 50}
_MEASURES = {
    Kind.TEXT: "text",
    Kind.LONG_TEXT: "text",
    Kind.NUMBER: "number",
    Kind.DATE: "date",
}

Row = tuple[str, str, str, str]


def write_template(
    path: Path, questionnaire: Questionnaire, language: str, words: Mapping[str, str]
) -> None:
    """Write the blank table; ``words`` call the second sheet (``sheet``) and its columns.

    They are ``column``, ``question``, ``write`` and ``means``; ``several``, ``text``, ``number``
    and ``date`` say how to answer.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        # The same table whenever it is made.
        day = questionnaire.edition
        book.set_properties({"created": datetime(day.year, day.month, day.day, tzinfo=UTC)})
        _write_table(book, questionnaire)
        rows = (
            row
            for question in questionnaire.questions
            for row in _rows(question, questionnaire.prose[language], words)
        )
        _write_questions(book, rows, words)


def _write_table(book: Any, questionnaire: Questionnaire) -> None:
    sheet = book.add_worksheet("riskq")
    bold = book.add_format({"bold": True})
    for place, question in enumerate(questionnaire.questions):
        form = book.add_format({"num_format": _FORMATS.get(question.kind, _AS_TEXT)})
        sheet.set_column(place, place, max(12, len(question.id) + 2), form)
        sheet.write_string(0, place, question.id, bold)
        if question.kind is Kind.ONE and len(",".join(question.accepts)) <= _MOST_OFFERED:
            offered = {"validate": "list", "source": list(question.accepts)}
            sheet.data_validation(1, place, _ROWS, place, offered)
    sheet.freeze_panes(1, 0)


def _write_questions(book: Any, rows: Iterable[Row], words: Mapping[str, str]) -> None:
    sheet = book.add_worksheet(words["sheet"])
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for place, (name, width) in enumerate(_WIDTHS.items()):
        sheet.set_column(place, place, width, wrapped)
        sheet.write_string(0, place, words[name], bold)
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell, wrapped)
    sheet.freeze_panes(1, 0)


def _rows(question: Question, prose: Prose, words: Mapping[str, str]) -> Iterator[Row]:
    """A row for what may be written to a question: each of its options, or its measure."""
    ask = prose.questions[question.id].ask
    if question.kind is Kind.MANY:
        ask = f"{ask} ({words['several']})"
    elif question.kind is not Kind.ONE:
        yield (question.id, ask, "", words[_MEASURES[question.kind]])
    for name in question.accepts:
        yield (question.id, ask, name, prose.option(question.id, name).label)
