"""Copying an assessment as the start of another, once one has seen what comes along."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from riskq.services import workspaces
from riskq.web.entry_forms import name_fault, typed
from riskq.web.forms import FormFault
from riskq.web.locale import language, web_words
from riskq.web.pages import render
from riskq.web.state import state
from riskq.web.workspaces.forms import CopyForm, client_choices, client_fault
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["copying"]

copying = WorkspacePages("copying")


@copying.get("/assessments/<assessment>/copy", Right.EDIT)
def ask(seat: Seat, assessment: str) -> Response:
    """Show which answers a copy takes along, and ask what it is called."""
    held = workspaces.held_in(state().desk, seat, assessment)
    data = {"name": held.holding.title, "client": held.holding.client or ""}
    return _show(held, CopyForm(data=data), 200)


def _show(held: workspaces.Held, form: CopyForm, status: int, *faults: FormFault) -> Response:
    desk = state().desk
    planned = workspaces.plan_copy(desk, held)
    words = planned.source.questionnaire.prose[language()].questions
    return render(
        "workspaces/copy.html",
        status,
        source=held,
        total=len(planned.answers),
        not_taken=[words[name].ask if name in words else name for name in planned.not_taken],
        clients=client_choices(workspaces.clients_of(desk, held.seat), web_words()),
        form=form,
        faults=faults,
    )


@copying.post("/assessments/<assessment>/copy", Right.EDIT)
def copy(seat: Seat, assessment: str) -> Response:
    """Make the copy, and lead to it."""
    desk, _, form = state().desk, web_words(), CopyForm(request.form)
    held = workspaces.held_in(desk, seat, assessment)
    clients = [one.id for one in workspaces.clients_of(desk, seat)]
    faults = [*name_fault(form, _), *client_fault(form, clients, _)]
    if faults:
        return _show(held, form, 422, *faults)
    made = workspaces.copy(desk, held, typed(form, "name"), typed(form, "client") or None)
    return redirect(url_for("walk.overview", assessment=made), 303)
