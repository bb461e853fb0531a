"""Calls about files attached to answers: those of the workspace, and those that vendors sent."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from flask import Response, request

from riskq.services import Opened, evidence, screenings, workspaces
from riskq.store import EvidenceFile
from riskq.web.api import client_shapes as shapes
from riskq.web.api.calls import Asked, Call, Right, Seat, call
from riskq.web.api.problems import ProblemError
from riskq.web.downloads import attachment
from riskq.web.state import state

__all__: list[str] = []

_OF_ASSESSMENT = "/assessments/{assessment}/evidence"
_OF_VENDOR = "/screenings/{screening}/vendors/{vendor}/evidence"
_ONE = "/{question}/{file}"
_KIND = "application/octet-stream"
_NAMED = {"type": "string", "minLength": 1}


def _open(seat: Seat, assessment: str) -> Opened:
    desk = state().desk
    return workspaces.open_held(desk, workspaces.held_in(desk, seat, assessment))


def _line(one: EvidenceFile) -> shapes.FileGiven:
    about = (one.id, one.question, one.name, one.type, one.bytes, one.sha256, one.added_at)
    return shapes.FileGiven(*about)


def _lines(found: Iterable[EvidenceFile]) -> list[shapes.FileGiven]:
    return [_line(one) for one in found]


def _content(opened: Opened, question: str, name: str) -> Response:
    file = evidence.find_file(state().desk, opened, question, name)
    response = Response(evidence.content_of(state().desk, opened, file), content_type=_KIND)
    response.headers["Content-Disposition"] = attachment(file.name)
    return response


@call(
    Call(
        *("GET", _OF_ASSESSMENT, Right.SEE),
        "The files that are attached to the answers of an assessment, the oldest first.",
        gives=list[shapes.FileGiven],
    )
)
def files(seat: Seat, assessment: str) -> list[shapes.FileGiven]:
    """The files of an assessment."""
    return _lines(evidence.files_of(state().desk, _open(seat, assessment)))


@call(
    Call(
        *("POST", f"{_OF_ASSESSMENT}/{{question}}", Right.EDIT),
        "Attach a file to an answer: a PDF, PNG, JPEG, XLSX or DOCX.",
        takes=bytes,
        gives=shapes.FileGiven,
        status=201,
        asks=(Asked("name", "what the file is called, with its ending", _NAMED, is_required=True),),
        most=evidence.MOST_BYTES,
    )
)
def attach(seat: Seat, assessment: str, question: str, sent: bytes) -> shapes.FileGiven:
    """Attach a file."""
    opened, name = _open(seat, assessment), request.args.get("name", "")
    if not name.strip():
        raise ProblemError(400, "name", "Say what the file is called: ?name=scan.pdf")
    if question not in opened.questionnaire.by_id:
        raise ProblemError(404, "no-question", "The questionnaire has no such question.")
    if question not in opened.answers:
        raise ProblemError(409, "no-answer", "Answer the question first: files belong to answers.")
    given = evidence.Given(name, BytesIO(sent))
    return _line(evidence.attach(state().desk, opened, question, given, seat.actor))


@call(
    Call(
        *("GET", f"{_OF_ASSESSMENT}{_ONE}", Right.SEE),
        "A file, byte for byte as it was attached.",
        gives=bytes,
        kind=_KIND,
    )
)
def file(seat: Seat, assessment: str, question: str, file: str) -> Response:
    """The content of a file."""
    opened = _open(seat, assessment)
    return _content(opened, question, file)


@call(
    Call(
        *("DELETE", f"{_OF_ASSESSMENT}{_ONE}", Right.EDIT),
        "Remove a file from its answer, for good.",
        status=204,
    )
)
def remove(seat: Seat, assessment: str, question: str, file: str) -> None:
    """Remove a file."""
    desk, opened = state().desk, _open(seat, assessment)
    evidence.remove(desk, opened, evidence.find_file(desk, opened, question, file), seat.actor)


def _submitted(seat: Seat, screening: str, vendor: str) -> Opened | None:
    """What a vendor submitted, as long as it lies with the buyer."""
    desk = state().desk
    of = screenings.find_screening(desk, seat, screening)
    looked = screenings.look_at(desk, of, vendor)
    return looked.opened if looked.is_waiting else None


@call(
    Call(
        *("GET", _OF_VENDOR, Right.SEE),
        "The files of a vendor's newest submission; none while the vendor answers.",
        gives=list[shapes.FileGiven],
    )
)
def vendor_files(seat: Seat, screening: str, vendor: str) -> list[shapes.FileGiven]:
    """The files of a vendor."""
    opened = _submitted(seat, screening, vendor)
    found = () if opened is None else evidence.files_of(state().desk, opened)
    return _lines(one for one in found if opened and one.question in opened.journey.counted)


@call(
    Call(
        *("GET", f"{_OF_VENDOR}{_ONE}", Right.SEE),
        "A file of a vendor's newest submission, byte for byte as it was attached.",
        gives=bytes,
        kind=_KIND,
    )
)
def vendor_file(seat: Seat, screening: str, vendor: str, question: str, file: str) -> Response:
    """The content of a vendor's file."""
    opened = _submitted(seat, screening, vendor)
    if opened is None or question not in opened.journey.counted:
        raise evidence.NoFileError("The vendor has no such file.")
    return _content(opened, question, file)
