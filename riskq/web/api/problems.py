"""What goes wrong in the API, as problem details (RFC 9457): type, title, status, detail, more."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from flask import Response
from werkzeug.exceptions import HTTPException

from riskq.errors import AnswersError, UnknownQuestionnaireError
from riskq.i18n import words
from riskq.logs import places_of
from riskq.report import RenderError, SealError
from riskq.services import (
    ChangedMeanwhileError,
    DocumentUnderWayError,
    EditionChangedError,
    IncompleteError,
    LockedAnswerError,
    NoAssessmentError,
    TooOftenError,
    UnreadableError,
    evidence,
    screenings,
    tokens,
    workspaces,
)
from riskq.store import StoreUnavailable
from riskq.web.evidence_words import why_refused

__all__ = ["ProblemError", "problem", "problem_of"]

log = logging.getLogger("riskq.api")

_TYPE = "application/problem+json"


class ProblemError(Exception):
    """A call that cannot be answered: status, a short code, and what to do about it."""

    def __init__(self, status: int, code: str, detail: str, **more: object) -> None:
        self.status, self.code, self.detail, self.more = status, code, detail, more
        super().__init__(detail)


_TITLES = {
    400: "The request cannot be understood",
    401: "No valid token",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible this way",
    408: "Not all of it arrived",
    409: "The state has changed",
    413: "Too large",
    415: "Of another type than is taken",
    422: "The content cannot be taken",
    429: "Too many requests",
    500: "Something went wrong here",
    503: "Cannot be done at the moment",
}


def problem(status: int, code: str, detail: str, more: Mapping[str, object] = {}) -> Response:
    """The answer of a problem; ``code`` is stable, for programs."""
    body = {
        "type": f"urn:riskq:problem:{code}",
        "title": _TITLES.get(status, "The request failed"),
        "status": status,
        "detail": detail,
        **more,
    }
    response = Response(msgspec.json.encode(body), status, content_type=_TYPE)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if status == 503:
        response.headers["Retry-After"] = "30"
    return response


_KNOWN: dict[type[Exception], tuple[int, str, str]] = {
    NoAssessmentError: (404, "no-assessment", "The workspace has no such assessment."),
    workspaces.NoClientError: (404, "no-client", "The workspace has no such client."),
    workspaces.ClientExistsError: (409, "client-exists", "There is a client of this name already."),
    workspaces.TooManyClientsError: (
        409,
        "many-clients",
        "The workspace has as many as it can.",
    ),
    workspaces.ChangedElsewhereError: (
        *(409, "changed"),
        "It was changed meanwhile. Read it again and decide.",
    ),
    workspaces.TagsError: (
        *(422, "tags"),
        f"At most {workspaces.MOST_TAGS} tags of at most {workspaces.LONGEST_TAG} characters.",
    ),
    evidence.NoFileError: (404, "no-file", "The answer has no such file."),
    evidence.FileLostError: (404, "file-lost", "The content of the file is lost."),
    screenings.NoScreeningError: (404, "no-screening", "The workspace has no such screening."),
    screenings.NoVendorError: (404, "no-vendor", "The screening has no such vendor."),
    UnknownQuestionnaireError: (404, "no-questionnaire", "There is no such questionnaire."),
    screenings.NotSubmittedError: (
        *(409, "not-submitted"),
        "The vendor has not submitted, or is answering again. Read it again.",
    ),
    ChangedMeanwhileError: (409, "changed", "It was changed meanwhile. Read it again and decide."),
    EditionChangedError: (409, "edition", "The edition's files are not those it was made with."),
    LockedAnswerError: (409, "locked", "The answer was submitted and may not be changed."),
    UnreadableError: (503, "unreadable", "What is encrypted does not open: damaged, or no key."),
    StoreUnavailable: (503, "store", "Nothing can be read or saved at the moment."),
    RenderError: (503, "report", "The report cannot be made at the moment."),
    SealError: (503, "seal", "The report cannot be sealed at the moment."),
}


def problem_of(error: Exception) -> Response:
    """The problem that an error is; one that nobody foresaw is logged and tells nothing."""
    for kind, tell in _TELLERS.items():
        if isinstance(error, kind):
            return tell(error)
    for known, told in _KNOWN.items():
        if isinstance(error, known):
            return problem(*told)
    places = "\n".join(places_of(error.__traceback__))
    log.error("%s in a call of the API\n%s", type(error).__name__, places)
    return problem(500, "unforeseen", "The call failed. Nothing that was saved before is lost.")


def _own(error: ProblemError) -> Response:
    return problem(error.status, error.code, error.detail, error.more)


def _answers(error: AnswersError) -> Response:
    faults = [{"where": one.where, "what": one.what, "mend": one.mend} for one in error.problems]
    detail = "Some answers do not fit the questionnaire."
    return problem(422, "answers", detail, {"problems": faults})


def _incomplete(error: IncompleteError) -> Response:
    return problem(409, "incomplete", "Some questions have no answer yet.", {"next": str(error)})


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    return problem(status, f"http-{status}", _TITLES.get(status, "The request failed") + ".")


def _idempotency(error: tokens.IdempotencyError) -> Response:
    if error.reason == "busy":
        return problem(409, "busy", "The same request is being worked on. Ask again in a moment.")
    if error.reason == "lost":
        told = "It was done, and what was answered is not known any more. Read what is there."
        return problem(409, "answer-lost", told)
    return problem(422, "key-taken", "This Idempotency-Key was used for another request.")


def _too_often(error: TooOftenError) -> Response:
    told = "The token has asked for as much as one may in ten minutes. Wait as Retry-After says."
    response = problem(429, "too-many", told)
    response.headers["Retry-After"] = str(error.seconds)
    return response


def _under_way(_error: DocumentUnderWayError) -> Response:
    response = problem(503, "under-way", "The report is being made. Ask for it again.")
    response.headers["Retry-After"] = "2"
    return response


def _refused_file(error: evidence.RefusedFileError) -> Response:
    told = f"{why_refused(error, words('en', 'web'))}."
    return problem(422, f"file-{error.reason}", told)


_TELLERS: dict[type[Exception], Callable[[Any], Response]] = {
    ProblemError: _own,
    AnswersError: _answers,
    IncompleteError: _incomplete,
    evidence.RefusedFileError: _refused_file,
    tokens.IdempotencyError: _idempotency,
    TooOftenError: _too_often,
    DocumentUnderWayError: _under_way,
    HTTPException: _http,
}
