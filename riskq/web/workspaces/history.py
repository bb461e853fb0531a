"""What happened in a workspace: who did what, and when."""

from __future__ import annotations

from werkzeug.wrappers import Response

from riskq.services import tell, workspaces
from riskq.web.event_words import line_of
from riskq.web.locale import web_words
from riskq.web.pages import render
from riskq.web.past import number_before, older_than
from riskq.web.state import state
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["history"]

history = WorkspacePages("history")


@history.get("/history", Right.SEE)
def of_workspace(seat: Seat) -> Response:
    """Tell what happened, the newest first."""
    before = number_before()
    told = tell(state().desk, workspaces.book_of(seat.workspace.id), before)
    lines = [line_of(one, web_words()) for one in told]
    return render(
        "workspaces/history.html", lines=lines, older=older_than(lines), is_newest=before is None
    )
