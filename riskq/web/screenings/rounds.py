"""The screenings of a workspace: the list, beginning one, changing what it says, closing it."""

from __future__ import annotations

from datetime import date

from flask import redirect, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response
from wtforms import Form, StringField, TextAreaField

from riskq.i18n import LANGUAGE_NAMES, LANGUAGES
from riskq.services import screenings
from riskq.web.entry_forms import name_fault, typed
from riskq.web.forms import FormFault, read_local_day
from riskq.web.locale import language, web_words
from riskq.web.pages import render
from riskq.web.screenings.words import address_in
from riskq.web.state import state
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["rounds"]

rounds = WorkspacePages("screenings")

_MOST_MESSAGE = 4000


class TermsForm(Form):
    """What a screening says."""

    name = StringField()
    message = TextAreaField()
    deadline = StringField()
    language = StringField()
    questionnaire = StringField()


@rounds.get("/screenings", Right.SEE)
def listed(seat: Seat) -> Response:
    """Show the screenings, the newest first."""
    return render("screenings/list.html", rounds=screenings.list_screenings(state().desk, seat))


@rounds.get("/screenings/new", Right.EDIT)
def ask(seat: Seat) -> Response:
    """Ask what the screening says."""
    del seat
    return _show_new(TermsForm(data={"language": language()}), 200)


def _show_new(form: TermsForm, status: int, *faults: FormFault) -> Response:
    desk = state().desk
    return render(
        "screenings/new.html",
        status,
        form=form,
        faults=faults,
        languages=[(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
        offered=[
            (name, desk.catalogue.load(name, desk.catalogue.in_force(name, desk.today())))
            for name in desk.catalogue.names()
        ],
    )


def _read(form: TermsForm) -> screenings.Terms | list[FormFault]:
    """What the form says, or everything that is wrong with it."""
    _, today = web_words(), state().desk.today()
    faults = list(name_fault(form, _))
    message = typed(form, "message")
    if len(message) > _MOST_MESSAGE:
        told = _("The message may have at most %(most)s characters", most=_MOST_MESSAGE)
        faults.append(FormFault("message", told))
    deadline: date | None = None
    if typed(form, "deadline"):
        deadline = read_local_day(typed(form, "deadline"))
        if deadline is None or deadline < today:
            told = _("Enter a day from today on, such as 2026-12-31, or none")
            faults.append(FormFault("deadline", told))
    chosen = typed(form, "language")
    if chosen not in LANGUAGES:
        faults.append(FormFault("language", _("Choose a language")))
    if faults:
        return faults
    return screenings.Terms(typed(form, "name"), message, deadline, chosen)


@rounds.post("/screenings", Right.EDIT)
def begin(seat: Seat) -> Response:
    """Begin a screening, and lead to inviting vendors."""
    desk, form = state().desk, TermsForm(request.form)
    name = typed(form, "questionnaire")
    if name not in desk.catalogue.names():
        raise NotFound
    terms = _read(form)
    if isinstance(terms, list):
        return _show_new(form, 422, *terms)
    made = screenings.begin_screening(desk, seat, name, terms)
    place = url_for("inviting.ask", workspace=seat.workspace.id, screening=made.id)
    return redirect(place, 303)


@rounds.get("/screenings/<screening>/terms", Right.EDIT)
def ask_terms(seat: Seat, screening: str) -> Response:
    """Show what the screening says, to change it."""
    of = screenings.find_screening(state().desk, seat, screening)
    data = {
        "name": of.screening.title,
        "message": of.screening.message,
        "deadline": of.screening.deadline.isoformat() if of.screening.deadline else "",
        "language": of.screening.language,
    }
    return _show_terms(of, TermsForm(data=data), 200)


def _show_terms(of: screenings.Round, form: TermsForm, status: int, *faults: FormFault) -> Response:
    languages = [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]
    return render(
        "screenings/terms.html", status, of=of, form=form, faults=faults, languages=languages
    )


@rounds.post("/screenings/<screening>/terms", Right.EDIT)
def change_terms(seat: Seat, screening: str) -> Response:
    """Change what the screening says."""
    of = screenings.find_screening(state().desk, seat, screening)
    form = TermsForm(request.form)
    terms = _read(form)
    if isinstance(terms, list):
        return _show_terms(of, form, 422, *terms)
    screenings.change_terms(state().desk, of, terms)
    return _lead_to(of)


@rounds.post("/screenings/<screening>/close", Right.EDIT)
def close(seat: Seat, screening: str) -> Response:
    """Let nobody new begin, or let them again."""
    of = screenings.find_screening(state().desk, seat, screening)
    screenings.close_screening(state().desk, of, closes=not of.is_closed)
    return _lead_to(of)


def _lead_to(of: screenings.Round) -> Response:
    return redirect(address_in(of, "vendors.table"), 303)
