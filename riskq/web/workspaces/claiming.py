"""Taking an assessment that one holds by its private link into a workspace."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from riskq.services import Opened, workspaces
from riskq.web.access import forget, open_as_holder
from riskq.web.entry_forms import NameForm, name_fault, typed
from riskq.web.forms import FormFault
from riskq.web.locale import in_language, web_words
from riskq.web.pages import render
from riskq.web.signed_in import signed_in
from riskq.web.state import state
from riskq.web.workspaces.pages import Right, Seat

__all__ = ["claiming"]

claiming = in_language("claiming")


def _seats() -> tuple[Seat, ...]:
    """The workspaces into which the person may take something."""
    seats = workspaces.seats_of(state().desk, signed_in().user)
    return tuple(seat for seat in seats if seat.may(Right.EDIT))


def _open(assessment: str) -> Opened:
    opened = open_as_holder(assessment)
    if opened.record.open_to is not None:
        raise NotFound  # What a vendor answers belongs to the screening.
    return opened


@claiming.get("/a/<assessment>/claim")
def ask(assessment: str) -> Response:
    """Ask into which workspace, and under which title."""
    seats, opened = _seats(), _open(assessment)
    return _show(opened, seats, NameForm(data={"name": _proposed(opened)}), 200)


def _proposed(opened: Opened) -> str:
    """The name that the assessment itself gives its system, if it asks for one."""
    text = getattr(opened.answers.get("system-name"), "text", "")
    return str(text)


def _show(
    opened: Opened, seats: Sequence[Seat], form: NameForm, status: int, *faults: FormFault
) -> Response:
    return render(
        "workspaces/claim.html", status, opened=opened, seats=seats, form=form, faults=faults
    )


@claiming.post("/a/<assessment>/claim")
def claim(assessment: str) -> Response:
    """Take it; from then on its private link opens nothing."""
    _, form, seats, opened = (
        web_words(),
        NameForm(request.form),
        _seats(),
        _open(assessment),
    )
    wanted = request.form.get("workspace", "")
    seat = next((each for each in seats if each.workspace.id == wanted), None)
    faults = list(name_fault(form, _))
    if seat is None:
        faults.append(FormFault("workspace", _("Choose a workspace")))
    if faults or seat is None:
        return _show(opened, seats, form, 422, *faults)
    workspaces.claim(state().desk, seat, opened, typed(form, "name"))
    forget(assessment)
    return redirect(url_for("workspace.home", workspace=seat.workspace.id), 303)
