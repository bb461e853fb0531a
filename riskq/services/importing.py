"""Starts an assessment from a report or a download that somebody has."""

from __future__ import annotations

from msgspec import Struct

from riskq.errors import RiskqError, UnknownQuestionnaireError
from riskq.report import Inspector
from riskq.services.assessments import Started, start
from riskq.services.desk import Desk
from riskq.services.issue import Issue
from riskq.services.received import read_issue
from riskq.services.verification import taken_answers

__all__ = ["Imported", "NoReportError", "import_issue", "read_file"]

_LARGEST_TEXT = 2_000_000


class NoReportError(RiskqError):
    """A file holds no answers that could be gone on from; the text says why."""


class Imported(Struct, frozen=True):
    """A new assessment, and the questions whose answers the edition in force does not take."""

    started: Started
    not_taken: tuple[str, ...]


def read_file(file: bytes, inspector: Inspector) -> Issue:
    """What a report (PDF) or a download (JSON) says; raises ``NoReportError``."""
    text = inspector.inspect(file).data if file.lstrip()[:1] != b"{" else _text(file)
    if text is None:
        raise NoReportError("The file is neither a report of riskq nor a download.")
    try:
        return read_issue(text)
    except ValueError as error:
        raise NoReportError("The data in the file are not those of an assessment.") from error


def _text(file: bytes) -> str | None:
    return file.decode("utf-8", "replace") if len(file) <= _LARGEST_TEXT else None


def import_issue(desk: Desk, issue: Issue, language: str) -> Imported:
    """Start an assessment with the answers of a document, under the edition in force today.

    Its seal and its conclusion count for nothing: whoever goes on from here answers for it.
    Raises ``NoReportError``.
    """
    name = str(issue.form["questionnaire"])
    try:
        edition = desk.catalogue.in_force(name, desk.today())
        questionnaire = desk.catalogue.load(name, edition)
    except UnknownQuestionnaireError as error:
        raise NoReportError("The questionnaire of the report is not known here.") from error
    answers = taken_answers(questionnaire, issue.raw_answers)
    started = start(desk, name, language, answers)
    return Imported(started, tuple(key for key in issue.raw_answers if key not in answers))
