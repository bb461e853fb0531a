"""What of a workspace is due to be looked at again, as a page and as a member's own calendar."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, get_flashed_messages, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from riskq import services
from riskq.clock import local_time
from riskq.services import workspaces
from riskq.web.locale import in_language, web_words
from riskq.web.pages import render
from riskq.web.state import state
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["calendars", "due"]

due = WorkspacePages("due")
calendars = in_language("calendars")

_NEAR = timedelta(days=30)


@due.get("/due", Right.SEE)
def what(seat: Seat) -> Response:
    """Show what is overdue, and what is due soon."""
    desk, _ = state().desk, web_words()
    found, today = workspaces.due_within(desk, seat), desk.today()
    groups = [
        (_("Overdue"), [one for one in found if one.on < today]),
        (_("Within 30 days"), [one for one in found if today <= one.on <= today + _NEAR]),
        (_("Within 90 days"), [one for one in found if one.on > today + _NEAR]),
    ]
    return render("workspaces/due.html", groups=groups, is_empty=not found)


@due.get("/due/calendar", Right.SEE)
def calendar(seat: Seat) -> Response:
    """Show whether the member has a calendar; right after it is made, its address."""
    feed = workspaces.feed_of(state().desk, seat)
    secrets = get_flashed_messages(category_filter=["calendar"])
    address = None
    if feed is not None and secrets:
        origin = state().settings.origin or request.host_url.rstrip("/")
        address = origin + url_for("calendars.give", secret=str(secrets[-1]))
    since = None if feed is None else local_time(feed.created_at).date()
    return render("workspaces/calendar.html", feed=feed, since=since, address=address)


@due.post("/due/calendar", Right.SEE)
def make(seat: Seat) -> Response:
    """Make the member's calendar anew, and show its address this once."""
    has_titles = request.form.get("titles") == "yes"
    # The address is shown once, on the page after this one: only its hash is stored.
    flash(workspaces.make_feed(state().desk, seat, has_titles=has_titles), "calendar")
    return redirect(url_for("due.calendar", workspace=seat.workspace.id), 303)


@due.post("/due/calendar/end", Right.SEE)
def end(seat: Seat) -> Response:
    """Let the member's calendar end."""
    workspaces.end_feed(state().desk, seat)
    return redirect(url_for("due.calendar", workspace=seat.workspace.id), 303)


@calendars.get("/calendar/<secret>.ics")
def give(secret: str) -> Response:
    """Give a calendar to whoever has its address."""
    here, _ = state(), web_words()
    found = workspaces.open_feed(here.desk, secret)
    origin = here.settings.origin or request.host_url.rstrip("/")

    def address(assessment: str) -> str:
        here = url_for("about.look", workspace=found.workspace.id, assessment=assessment)
        return origin + here

    body = services.write_reviews(found, _("Look at an assessment again"), address)
    response = make_response(body)
    response.content_type = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="riskq-due.ics"'
    return response
