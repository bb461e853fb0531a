"""Reports on the published questionnaire's cases, and on answers that differ from them a little."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

from msgspec import Struct

from riskq.engine import Answers, read_answers
from riskq.questionnaire import Cited
from riskq.report import DocumentFacts, Report, compose
from riskq.report.drawing import Drawing
from tests.ai_law import answers_of, cases, questionnaire

DOCUMENT = DocumentFacts("RQ-7F3A", datetime(2026, 11, 2, 9, 30, tzinfo=UTC), 2)


def report_of(name: str, language: str = "en", on: date | None = None, **changes: object) -> Report:
    """The report on a case; changed answers have "_" for "-", and ``None`` takes one away."""
    if not changes and on is None:
        return _report_of_case(name, language)
    return fresh_report_of(name, language, on, **changes)


@cache
def _report_of_case(name: str, language: str) -> Report:
    return fresh_report_of(name, language)


def fresh_report_of(name: str, language: str, on: date | None = None, **changes: object) -> Report:
    """The same, and composed anew even if it was composed before."""
    changed = {key.replace("_", "-"): value for key, value in changes.items()}
    raw = {key: value for key, value in {**answers_of(name), **changed}.items() if value}
    day = on or cases()[name].on
    return compose_on(read_answers(questionnaire(), raw, day), day, language)


def compose_on(answers: Answers, day: date, language: str) -> Report:
    """The report on answers."""
    return compose(questionnaire(), answers, day, language, document=DOCUMENT)


def texts_of(value: object) -> list[str]:
    """Every text in a report, however deep; those of the law's own acts and pictures left out."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in texts_of(item)]
    if isinstance(value, Struct) and not isinstance(value, Cited | Drawing):
        names = value.__struct_fields__
        return [text for name in names for text in texts_of(getattr(value, name))]
    return []
