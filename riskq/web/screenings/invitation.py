"""The vendor's way in: what is asked, by whom, until when; one click, and no account."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from riskq.services import screenings
from riskq.web.access import remember
from riskq.web.locale import in_language, language
from riskq.web.pages import render
from riskq.web.state import state

__all__ = ["invitation"]

invitation = in_language("invitation")


@invitation.get("/i/<secret>")
def look(secret: str) -> Response:
    """Show the invitation; nothing is begun by looking."""
    found = screenings.find_by_link(state().desk, secret)
    return render("screenings/invitation.html", found=found, secret=secret)


@invitation.post("/i/<secret>")
def begin(secret: str) -> Response:
    """Begin to answer, or go on where one was."""
    started = screenings.begin_answers(state().desk, secret, language())
    remember(started.id, secret)
    return redirect(url_for("walk.overview", assessment=started.id), 303)
