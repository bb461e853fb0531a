"""What only the holder does: see the private link, take all data along, delete everything."""

from __future__ import annotations

from flask import Response, abort, make_response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from riskq.clock import local_time
from riskq.report import QrCode, draw_qr
from riskq.services import (
    AssessmentExpiredError,
    EditionChangedError,
    UnreadableError,
    delete,
    download,
    is_deletable,
    workspaces,
)
from riskq.web.access import (
    forget,
    held_here,
    open_as_holder,
    open_here,
    own_here,
    private_link,
)
from riskq.web.locale import in_language
from riskq.web.pages import render
from riskq.web.state import state

__all__ = ["private"]

private = in_language("private")


@private.get("/a/<assessment>/link")
def link(assessment: str) -> AnyResponse:
    """Show the private link, also as a QR code, and until when it works."""
    opened = open_as_holder(assessment)
    url = private_link(assessment)
    code: QrCode = draw_qr(url)
    until = local_time(opened.record.expires_at).date()
    return render("link.html", opened=opened, url=url, qr=code, until=until)


@private.post("/a/<assessment>/leave")
def leave(assessment: str) -> AnyResponse:
    """Let this browser forget the assessment, as on a borrowed computer."""
    open_as_holder(assessment)
    forget(assessment)
    return redirect(url_for("start.home"), 303)


@private.get("/a/<assessment>/leave")
def leave_by_link(assessment: str) -> AnyResponse:
    """Lead to the page with the button: a link forgets nothing."""
    return redirect(url_for("private.link", assessment=assessment), 303)


@private.get("/a/<assessment>/delete")
def confirm_deletion(assessment: str) -> AnyResponse:
    """Ask once more before everything is deleted."""
    _deletable_by(assessment)
    return render("delete.html", assessment=assessment, opens=_opens(assessment))


@private.post("/a/<assessment>/delete")
def delete_all(assessment: str) -> AnyResponse:
    """Delete the assessment with its answers and revisions, and lead to a page that says so."""
    held = _deletable_by(assessment)
    if held is None:
        delete(state().desk, assessment)
    else:
        workspaces.delete_held(state().desk, held)
    state().documents.forget(assessment)
    forget(assessment)
    if held is not None:
        return redirect(url_for("workspace.home", workspace=held.holding.workspace), 303)
    return redirect(url_for("private.gone"), 303)


def _deletable_by(assessment: str) -> workspaces.Held | None:
    """Where the assessment is held, for a member who may delete it; None for its holder.

    Its holder may delete it also where it cannot be opened.
    """
    own = own_here(assessment)
    if own is None:
        open_here(assessment)
    elif not is_deletable(own):
        abort(403, "handed in")
    return held_here()


def _opens(assessment: str) -> bool:
    """Whether it can be looked at before it is deleted."""
    try:
        open_here(assessment)
    except (AssessmentExpiredError, EditionChangedError, UnreadableError):
        return False
    return True


@private.get("/gone")
def gone() -> AnyResponse:
    """Say that the assessment was deleted."""
    return render("gone.html")


@private.get("/a/<assessment>/data.json")
def data(assessment: str) -> Response:
    """Give everything that is stored of the assessment."""
    opened = open_here(assessment)
    response = make_response(download(state().desk, opened))
    response.content_type = "application/json; charset=utf-8"
    name = f"riskq-{opened.record.id}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
