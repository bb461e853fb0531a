"""The workspaces of a person, and what one of them holds."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from riskq.questionnaire import Questionnaire
from riskq.services import resume, start, workspaces
from riskq.web.entry_forms import NameForm, name_fault, typed
from riskq.web.forms import FormFault
from riskq.web.locale import in_language, language, web_words
from riskq.web.pages import render
from riskq.web.signed_in import signed_in
from riskq.web.state import state
from riskq.web.workspaces.forms import SeekForm
from riskq.web.workspaces.lines import lines_of
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["offered", "own_workspaces", "page_number", "workspace_home"]

own_workspaces = in_language("mine")
workspace_home = WorkspacePages("workspace")

_PAGE = 50


def page_number() -> int:
    """The page of a long list that is asked for; the first is 1, and so is what makes no sense."""
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


@own_workspaces.get("/workspaces", endpoint="workspaces")
def workspaces_of_mine() -> Response:
    """Show the workspaces that one belongs to."""
    here = signed_in()
    seats = workspaces.seats_of(state().desk, here.user)
    return render("workspaces/choose.html", seats=seats, here=here)


@workspace_home.get("/", Right.SEE)
def home(seat: Seat) -> Response:
    """Show the assessments of the workspace, the last touched first."""
    return _show(seat, NameForm(), 200)


def _show(seat: Seat, form: NameForm, status: int, *faults: FormFault) -> Response:
    desk, page, seek = state().desk, page_number(), SeekForm(request.args)
    sought = workspaces.Sought(typed(seek, "client"), typed(seek, "tag"), typed(seek, "text"))
    total = workspaces.count_of(desk, seat, sought)
    found = workspaces.held_of(desk, seat, sought, most=_PAGE, after=(page - 1) * _PAGE)
    return render(
        "workspaces/home.html",
        status,
        lines=lines_of(found),
        total=total,
        page=page,
        pages=max(1, -(-total // _PAGE)),
        seek=seek,
        sought={name: text for name, text in seek.data.items() if text},
        is_seeking=sought != workspaces.Sought(),
        clients=workspaces.clients_of(desk, seat),
        no_client=workspaces.NO_CLIENT,
        known_tags=workspaces.tags_in(desk, seat),
        offered=offered(),
        begin_for=request.form.get("client", ""),
        form=form,
        faults=faults,
    )


def offered() -> list[tuple[str, Questionnaire]]:
    """The questionnaires with which an assessment can begin today, by name."""
    desk = state().desk
    return [
        (name, desk.catalogue.load(name, desk.catalogue.in_force(name, desk.today())))
        for name in desk.catalogue.names()
    ]


@workspace_home.post("/assessments", Right.EDIT)
def begin(seat: Seat) -> Response:
    """Start an assessment that belongs to the workspace from the first answer on."""
    desk, form = state().desk, NameForm(request.form)
    name = request.form.get("questionnaire", "")
    if name not in desk.catalogue.names():
        raise NotFound
    faults = name_fault(form, web_words())
    if faults:
        return _show(seat, form, 422, *faults)
    client = request.form.get("client") or None
    if client is not None:
        workspaces.find_client(desk, seat, client)
    started = start(desk, name, language())
    with workspaces.deleted_if_refused(desk, started.id):
        workspaces.claim(desk, seat, resume(desk, started.secret), typed(form, "name"), client)
    return redirect(url_for("walk.go_on", assessment=started.id), 303)
