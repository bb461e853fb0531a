"""What a workspace says about one of its assessments, for its members alone."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from riskq.services import workspaces
from riskq.web.entry_forms import typed
from riskq.web.forms import FormFault
from riskq.web.locale import web_words
from riskq.web.pages import render
from riskq.web.state import state
from riskq.web.workspaces.forms import AboutForm, about_sent, changed_elsewhere, client_choices
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["about"]

about = WorkspacePages("about")


@about.get("/assessments/<assessment>", Right.SEE)
def look(seat: Seat, assessment: str) -> Response:
    """Show what is written about an assessment; whoever may edit finds it in a form."""
    held = workspaces.held_in(state().desk, seat, assessment)
    said = workspaces.describe(state().desk, held)
    form = AboutForm(
        data={
            "name": said.title,
            "client": said.client or "",
            "tags": ", ".join(said.tags),
            "note": said.note,
            "review_on": "" if said.review_on is None else said.review_on.isoformat(),
        }
    )
    return _show(held, form, 200)


def _show(held: workspaces.Held, form: AboutForm, status: int, *faults: FormFault) -> Response:
    desk = state().desk
    return render(
        "workspaces/about.html",
        status,
        about=held,
        said=workspaces.describe(desk, held),
        due=workspaces.due_of(desk, held),
        clients=client_choices(workspaces.clients_of(desk, held.seat), web_words()),
        known_tags=workspaces.tags_in(desk, held.seat),
        form=form,
        faults=faults,
        is_behind=status == 409,
    )


@about.post("/assessments/<assessment>", Right.EDIT)
def save(seat: Seat, assessment: str) -> Response:
    """Write otherwise about an assessment."""
    desk, _, form = state().desk, web_words(), AboutForm(request.form)
    held = workspaces.held_in(desk, seat, assessment)
    clients = [one.id for one in workspaces.clients_of(desk, seat)]
    said = about_sent(form, clients, _)
    if not isinstance(said, workspaces.Description):
        return _show(held, form, 422, *said)
    try:
        workspaces.redescribe(desk, held, said, typed(form, "seen"))
    except workspaces.ChangedElsewhereError:
        return _show(held, form, 409, changed_elsewhere(_))
    here = url_for("about.look", workspace=seat.workspace.id, assessment=assessment)
    return redirect(here, 303)
