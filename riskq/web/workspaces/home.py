"""The workspaces of a person, and what one of them holds."""

from __future__ import annotations

from datetime import date

from flask import redirect, request, url_for
from msgspec import Struct
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from riskq.clock import local_time
from riskq.services import resume, start, workspaces
from riskq.store import HeldAssessment
from riskq.web.entry_forms import NameForm, name_fault, typed
from riskq.web.forms import FormFault
from riskq.web.locale import in_language, language, web_words
from riskq.web.pages import render
from riskq.web.signed_in import signed_in
from riskq.web.state import state
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["own_workspaces", "page_number", "workspace_home"]

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


class Line(Struct, frozen=True):
    """One assessment of the list."""

    held: HeldAssessment
    questionnaire: str
    touched: date


@workspace_home.get("/", Right.SEE)
def home(seat: Seat) -> Response:
    """Show the assessments of the workspace, the last touched first."""
    return _show(seat, NameForm(), 200)


def _show(seat: Seat, form: NameForm, status: int, *faults: FormFault) -> Response:
    desk, page = state().desk, page_number()
    held = workspaces.held_of(desk, seat, most=_PAGE, after=(page - 1) * _PAGE)
    total = workspaces.count_held(desk, seat)
    return render(
        "workspaces/home.html",
        status,
        lines=[_line(one) for one in held],
        total=total,
        page=page,
        pages=max(1, -(-total // _PAGE)),
        offered=[
            (name, desk.catalogue.load(name, desk.catalogue.in_force(name, desk.today())))
            for name in desk.catalogue.names()
        ],
        form=form,
        faults=faults,
    )


def _line(held: HeldAssessment) -> Line:
    questionnaire = state().desk.catalogue.load(held.questionnaire, held.edition)
    title = questionnaire.prose[language()].title
    return Line(held, title, local_time(held.touched_at).date())


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
    started = start(desk, name, language())
    workspaces.claim(desk, seat, resume(desk, started.secret), typed(form, "name"))
    return redirect(url_for("walk.go_on", assessment=started.id), 303)
