"""Deleting a workspace: what would go, asked once more of an owner who types its name."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from riskq.services import workspaces
from riskq.web.accounts import is_fresh, refuse_stranger, sign_in_anew
from riskq.web.entry_forms import NameForm, typed
from riskq.web.forms import FormFault
from riskq.web.locale import web_words
from riskq.web.pages import render
from riskq.web.signed_in import signed_in
from riskq.web.state import state
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["removing"]

removing = WorkspacePages("removing")


@removing.get("/delete", Right.OWN)
def ask(seat: Seat) -> Response:
    """Say in numbers what goes, and what to take along before."""
    return _ask(seat, NameForm(), 200)


def _ask(seat: Seat, form: NameForm, status: int, *faults: FormFault) -> Response:
    here = signed_in()
    return render(
        "workspaces/delete.html",
        status,
        here=here,
        contents=workspaces.plan_removal(state().desk, seat),
        is_fresh=is_fresh(here),
        form=form,
        faults=faults,
    )


@removing.post("/delete", Right.OWN)
def delete(seat: Seat) -> Response:
    """Delete the workspace with everything in it, and lead to those that are left."""
    form, _ = NameForm(request.form), web_words()
    wrong_name = FormFault("name", _("This is not the name of the workspace"))
    refused = refuse_stranger(signed_in())
    faults = [] if workspaces.is_name_of(seat.workspace, typed(form, "name")) else [wrong_name]
    if refused is not None:
        return _ask(seat, form, refused[1], *faults, refused[0])
    try:
        gone = workspaces.remove_workspace(state().desk, seat, typed(form, "name"))
    except workspaces.WrongNameError:
        return _ask(seat, form, 422, wrong_name)
    except workspaces.NotOwnerError:
        abort(403, "role")
    for assessment in gone:
        state().documents.forget(assessment)
    flash(seat.workspace.name, "workspace-deleted")
    return redirect(url_for("mine.workspaces"), 303)


@removing.post("/delete/sign-in", Right.OWN)
def sign_in_again(seat: Seat) -> Response:
    """End this session, and let its owner sign in once more, to come back here."""
    return sign_in_anew(signed_in(), url_for("removing.ask", workspace=seat.workspace.id))
