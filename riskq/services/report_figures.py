"""What becomes of reports, and how long they take: counted for whoever runs the service."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Literal

from riskq import metrics
from riskq.errors import AnswersError, QuestionnaireError, UnknownQuestionnaireError
from riskq.report import RenderError, SealError

__all__ = ["counted", "outcome_of"]

AskedBy = Literal["page", "bundle"]


def counted(asked_by: AskedBy, make: Callable[[], bytes]) -> bytes:
    """The report that ``make`` gives; what became of it is counted, and the time that it took."""
    began, outcome = perf_counter(), "made"
    try:
        return make()
    except BaseException as error:
        outcome = outcome_of(error)
        raise
    finally:
        metrics.count(metrics.REPORTS, asked_by, outcome)
        metrics.observe(metrics.REPORT_SECONDS, perf_counter() - began, asked_by)
        metrics.note_process()


def outcome_of(error: BaseException) -> str:
    """Why there is no report, in a word of the program's own."""
    if isinstance(error, RenderError):
        return error.reason
    if isinstance(error, SealError):
        return "no-seal"
    if isinstance(error, AnswersError | UnknownQuestionnaireError | QuestionnaireError):
        return "edition-changed"
    return "crashed"
