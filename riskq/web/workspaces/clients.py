"""The clients of a workspace: their list, and each with its assessments."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from riskq.services import workspaces
from riskq.web.entry_forms import NameForm, name_fault, typed
from riskq.web.forms import FormFault
from riskq.web.locale import web_words
from riskq.web.pages import render
from riskq.web.state import state
from riskq.web.workspaces.forms import ClientForm, changed_elsewhere, note_fault, note_sent
from riskq.web.workspaces.home import offered
from riskq.web.workspaces.lines import lines_of
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["clients"]

clients = WorkspacePages("clients")

_SHOWN = 20
_NAME = "client_name"


@clients.get("/clients", Right.SEE)
def everybody(seat: Seat) -> Response:
    """Show the clients, each with the number of its assessments."""
    return _show(seat, NameForm(), 200)


def _show(seat: Seat, form: NameForm, status: int, *faults: FormFault) -> Response:
    found = workspaces.clients_of(state().desk, seat)
    return render("workspaces/clients.html", status, clients=found, form=form, faults=faults)


@clients.post("/clients", Right.EDIT)
def add(seat: Seat) -> Response:
    """Write down a new client, and show it."""
    _, form = web_words(), NameForm(request.form)
    faults = name_fault(form, _)
    if faults:
        return _show(seat, form, 422, *faults)
    try:
        client = workspaces.add_client(state().desk, seat, typed(form, "name"))
    except workspaces.ClientExistsError:
        return _show(seat, form, 422, _taken("name"))
    except workspaces.TooManyClientsError:
        told = _("A workspace has at most %(most)s clients", most=workspaces.MOST_CLIENTS)
        return _show(seat, form, 422, FormFault("", told))
    return _to(seat, client.id)


def _taken(field: str) -> FormFault:
    _ = web_words()
    return FormFault(field, _("The workspace has a client of this name already"))


def _to(seat: Seat, client: str) -> Response:
    return redirect(url_for("clients.one", workspace=seat.workspace.id, client=client), 303)


@clients.get("/clients/<client>", Right.SEE)
def one(seat: Seat, client: str) -> Response:
    """Show a client with its assessments."""
    found = workspaces.find_client(state().desk, seat, client)
    facts = workspaces.facts_of(found)
    form = ClientForm(data={"client_name": facts.name, "note": facts.note})
    return _show_one(seat, client, form, 200)


def _show_one(
    seat: Seat, client: str, form: ClientForm, status: int, *faults: FormFault
) -> Response:
    desk, sought = state().desk, workspaces.Sought(client=client)
    found = workspaces.find_client(desk, seat, client)
    return render(
        "workspaces/client.html",
        status,
        client=found,
        facts=workspaces.facts_of(found),
        lines=lines_of(workspaces.held_of(desk, seat, sought, most=_SHOWN)),
        total=workspaces.count_of(desk, seat, sought),
        begin=NameForm(),
        offered=offered(),
        form=form,
        faults=faults,
        is_behind=status == 409,
    )


@clients.post("/clients/<client>", Right.EDIT)
def change(seat: Seat, client: str) -> Response:
    """Write otherwise about a client."""
    _, form = web_words(), ClientForm(request.form)
    facts = workspaces.ClientFacts(typed(form, _NAME), note_sent(form))
    faults = [*name_fault(form, _, _NAME), *note_fault(form, _)]
    if faults:
        return _show_one(seat, client, form, 422, *faults)
    try:
        workspaces.change_client(state().desk, seat, client, facts, typed(form, "seen"))
    except workspaces.ClientExistsError:
        return _show_one(seat, client, form, 422, _taken(_NAME))
    except workspaces.ChangedElsewhereError:
        return _show_one(seat, client, form, 409, changed_elsewhere(_))
    return _to(seat, client)


@clients.get("/clients/<client>/delete", Right.EDIT)
def confirm_deletion(seat: Seat, client: str) -> Response:
    """Ask once more before a client is deleted."""
    found = workspaces.find_client(state().desk, seat, client)
    total = workspaces.count_of(state().desk, seat, workspaces.Sought(client=client))
    return render("workspaces/client_delete.html", client=found, total=total)


@clients.post("/clients/<client>/delete", Right.EDIT)
def delete(seat: Seat, client: str) -> Response:
    """Delete a client; its assessments stay."""
    workspaces.remove_client(state().desk, seat, client)
    return redirect(url_for("clients.everybody", workspace=seat.workspace.id), 303)
