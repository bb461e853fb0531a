"""What happened in a workspace: who did what, and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask import request
from msgspec import Struct
from werkzeug.wrappers import Response

from riskq.clock import local_time
from riskq.i18n import Words
from riskq.services import workspaces
from riskq.web.locale import web_words
from riskq.web.pages import render
from riskq.web.state import state
from riskq.web.workspaces.pages import Right, Role, Seat, WorkspacePages

__all__ = ["history"]

history = WorkspacePages("history")


class Line(Struct, frozen=True):
    """One event in words: when, who, what, and what it was before and after."""

    number: int
    at: datetime
    actor: str
    what: str
    old: str
    new: str


@history.get("/history", Right.SEE)
def of_workspace(seat: Seat) -> Response:
    """Tell what happened, the newest first."""
    before = request.args.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
    told = workspaces.tell(state().desk, workspaces.book_of(seat.workspace.id), number)
    lines = [_line(one, web_words()) for one in told]
    older = lines[-1].number if lines and lines[-1].number > 1 else None
    return render("workspaces/history.html", lines=lines, older=older, is_newest=number is None)


def _line(told: workspaces.Told, _: Words) -> Line:
    actor = told.actor if told.is_member else _actors(_).get(told.actor, _("Somebody who left"))
    what = _actions(_).get(told.action, told.action)
    detail = {name: _word(name, value, _) for name, value in told.detail.items()}
    about = detail.get("email") or detail.get("title") or ""
    if told.action in ("role-changed", "member-removed", "member-joined") and not about:
        about = told.subject if told.subject != told.actor else ""
    said = f"{what}: {about}" if about else what
    new = detail.get("new") or detail.get("role") or ""
    return Line(told.number, local_time(told.at), actor, said, detail.get("old", ""), new)


def _word(name: str, value: object, _: Words) -> str:
    """A value of a detail; roles by their names."""
    text = str(value)
    is_role = name in ("role", "old", "new") and text in {role.value for role in Role}
    return _role_names(_)[text] if is_role else text


def _role_names(_: Words) -> Mapping[str, str]:
    return {
        "owner": _("Administrator"),
        "editor": _("Editor"),
        "reviewer": _("Reviewer"),
        "reader": _("Reader"),
    }


def _actors(_: Words) -> Mapping[str, str]:
    return {
        "operator": _("Whoever runs this service"),
        "holder": _("Holder of the private link"),
    }


def _actions(_: Words) -> Mapping[str, str]:
    return {
        "workspace-founded": _("Founded the workspace"),
        "workspace-renamed": _("Renamed the workspace"),
        "member-invited": _("Sent an invitation"),
        "invitation-withdrawn": _("Withdrew the invitation"),
        "member-joined": _("Joined"),
        "role-changed": _("Changed the role"),
        "member-removed": _("Removed from the workspace"),
        "member-left": _("Left the workspace"),
        "assessment-claimed": _("Took in an assessment"),
        "assessment-retitled": _("Renamed an assessment"),
        "assessment-deleted": _("Deleted an assessment"),
    }
