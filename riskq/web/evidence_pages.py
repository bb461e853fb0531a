"""The files attached to one answer: see them, attach, take one along, remove one.

Whoever may open the assessment sees them; whoever may change it attaches and removes. A file goes
out as a download alone: no browser shows it in our name.
"""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from flask import Response as Answer
from flask import abort, make_response, redirect, request
from msgspec import Struct
from werkzeug.wrappers import Response

from riskq.clock import local_time
from riskq.i18n import write_day, write_size
from riskq.services import Opened, evidence
from riskq.store import EvidenceFile
from riskq.web.access import actor_here, held_here, open_here
from riskq.web.addresses import ORIGINS, question_address
from riskq.web.answer_words import answer_in_words
from riskq.web.downloads import attachment
from riskq.web.evidence_words import why_refused
from riskq.web.forms import FormFault
from riskq.web.locale import in_language, language, web_words
from riskq.web.pages import render
from riskq.web.saving import show_not_asked
from riskq.web.security import DOWNLOAD_POLICY
from riskq.web.state import state
from riskq.web.walk import address_of_files, came_from

__all__ = ["evidence_pages"]

evidence_pages = in_language("evidence")

_PLACE = "/a/<assessment>/q/<name>/files"


class Line(Struct, frozen=True):
    """A file of the list: its size and its day in words."""

    file: EvidenceFile
    size: str
    day: str


def _open(assessment: str, name: str) -> Opened:
    opened = open_here(assessment)
    if name not in opened.questionnaire.by_id:
        abort(404)
    return opened


@evidence_pages.get(_PLACE)
def files(assessment: str, name: str) -> Response:
    """Show the files of an answer, and take another."""
    opened = _open(assessment, name)
    found = evidence.files_of(state().desk, opened, name)
    if not found and not evidence.can_attach(opened, name):
        return redirect(question_address(assessment, name), 303)
    return _show(opened, name, found, 200)


def _show(
    opened: Opened, name: str, found: tuple[EvidenceFile, ...], status: int, *faults: FormFault
) -> Response:
    held = held_here()
    may_change = held is None or held.seat.may_edit
    return render(
        "evidence.html",
        status,
        **_about(opened, name),
        lines=[_line(file) for file in found],
        faults=faults,
        may_change=may_change,
        takes_more=may_change
        and evidence.can_attach(opened, name)
        and len(found) < evidence.MOST_FILES,
        endings=",".join(end for kind in evidence.KINDS for end in kind.endings),
    )


def _about(opened: Opened, name: str) -> dict[str, Any]:
    """The answer that files belong to, in words, and from where one came to it."""
    answer = opened.answers.get(name)
    words = (
        "" if answer is None else answer_in_words(opened.questionnaire, name, answer, language())
    )
    origin = came_from()
    back = question_address(opened.record.id, name)
    return {
        "opened": opened,
        "name": name,
        "ask": opened.questionnaire.prose[language()].questions[name].ask,
        "answer": words if isinstance(words, str) else "; ".join(words),
        "origin": origin or None,
        "back": ORIGINS[origin](opened.record.id) if origin else back,
    }


def _line(file: EvidenceFile) -> Line:
    day = write_day(local_time(file.added_at).date(), language())
    return Line(file, write_size(file.bytes, language()), day)


@evidence_pages.post(_PLACE)
def attach(assessment: str, name: str) -> Response:
    """Attach a file, and lead back to the list."""
    opened, desk = _open(assessment, name), state().desk
    if not evidence.can_attach(opened, name):
        return show_not_asked(opened, name)
    try:
        evidence.attach(desk, opened, name, _sent(), actor_here())
    except evidence.RefusedFileError as error:
        found = evidence.files_of(desk, opened, name)
        return _show(opened, name, found, 422, FormFault("file", why_refused(error, web_words())))
    return _to_list(opened, name)


def _sent() -> evidence.Given:
    """The file of the form; raises ``RefusedFileError`` where none was chosen."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise evidence.RefusedFileError("none")
    return evidence.Given(sent.filename, cast("BinaryIO", sent.stream))


def _to_list(opened: Opened, name: str) -> Response:
    return redirect(address_of_files(opened, name), 303)


@evidence_pages.get(f"{_PLACE}/<file>")
def download(assessment: str, name: str, file: str) -> Answer:
    """Give a file as it was attached."""
    opened, desk = _open(assessment, name), state().desk
    found = evidence.find_file(desk, opened, name, file)
    response = make_response(evidence.content_of(desk, opened, found))
    response.content_type = "application/octet-stream"
    response.headers["Content-Disposition"] = attachment(found.name)
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return response


@evidence_pages.get(f"{_PLACE}/<file>/remove")
def confirm(assessment: str, name: str, file: str) -> Response:
    """Ask once more before a file is removed."""
    opened = _open(assessment, name)
    found = evidence.find_file(state().desk, opened, name, file)
    return render("evidence_remove.html", **_about(opened, name), line=_line(found))


@evidence_pages.post(f"{_PLACE}/<file>/remove")
def remove(assessment: str, name: str, file: str) -> Response:
    """Remove a file, and lead back to the list."""
    opened, desk = _open(assessment, name), state().desk
    found = evidence.find_file(desk, opened, name, file)
    evidence.remove(desk, opened, found, actor_here())
    return _to_list(opened, name)
