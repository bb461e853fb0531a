"""The walk: one question a page, the overview, checking the answers, submitting them."""

from __future__ import annotations

from datetime import date

from flask import redirect, request, url_for
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Response
from wtforms import Form

from riskq.services import IncompleteError, Opened, newer_edition, submit
from riskq.web.access import actor_here, brand_here, open_here
from riskq.web.addresses import ORIGINS, check_address, files_address, question_address
from riskq.web.forms import FormFault, fill_form, make_form, read_form
from riskq.web.handed import handed_of, show_locked
from riskq.web.locale import in_language, language, web_words
from riskq.web.outline import outline, set_aside_rows
from riskq.web.pages import render
from riskq.web.question_page import page_values
from riskq.web.saving import save, show_not_asked
from riskq.web.so_far import scales_so_far
from riskq.web.state import state

__all__ = ["walk"]

walk = in_language("walk")


def came_from() -> str:
    """The page from which an answer is being changed, or nothing."""
    given = request.values.get("from", "")
    return given if given in ORIGINS else ""


def number_sent(name: str) -> int:
    """A whole number that a form of ours sends; anything else is a bad request."""
    text = request.form.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise BadRequest(f'The field "{name}" is missing or no number.')
    return int(text)


def way_on(opened: Opened, *, has_moved: bool = False) -> str:
    """The address of the next question, or of the check page when there is none.

    The address carries that the assessment has moved to another edition: the page says so to
    whoever comes from there, and to nobody who comes later.
    """
    here, following = opened.record.id, opened.journey.next
    address = check_address(here) if following is None else question_address(here, following)
    return f"{address}?moved=yes" if has_moved else address


def _moved_to(opened: Opened) -> date | None:
    """The edition that the assessment has just moved to, if the present address says so."""
    return opened.record.edition if request.args.get("moved") == "yes" else None


@walk.get("/a/<assessment>/next")
def go_on(assessment: str) -> Response:
    """Lead to the next question."""
    return redirect(way_on(open_here(assessment)), 303)


@walk.get("/a/<assessment>/q/<name>")
def question(assessment: str, name: str) -> Response:
    """Show one question with the answer that stands."""
    opened = open_here(assessment)
    if name not in opened.questionnaire.by_id:
        raise NotFound
    if not opened.is_open_to(name):
        return redirect(way_on(opened), 303)
    if opened.is_locked_to(name):
        return show_locked(opened, name)
    form = make_form(opened.questionnaire, name, language(), opened.answers.get(name))
    return show(opened, name, form)


def show(opened: Opened, name: str, form: Form, faults: tuple[FormFault, ...] = ()) -> Response:
    """Render the page of a question; the version shown is the one that an answer is saved over."""
    seen = number_sent("seen") if faults else opened.versions.get(name, 0)
    values = page_values(opened, name, form, faults, came_from())
    status = 422 if faults else 200
    return render("question.html", status, seen=seen, moved_to=_moved_to(opened), **values)


@walk.post("/a/<assessment>/q/<name>")
def answer(assessment: str, name: str) -> Response:
    """Save one answer and lead on; a faulty one comes back with what is wrong with it."""
    seen = number_sent("seen")
    opened = open_here(assessment)
    if name not in opened.questionnaire.by_id:
        raise NotFound
    form = fill_form(opened.questionnaire, name, language(), request.form)
    given = read_form(opened.questionnaire.by_id[name], form, opened.on, web_words())
    if isinstance(given, tuple):
        if not opened.is_open_to(name):
            return show_not_asked(opened, name)
        return show(opened, name, form, given)
    saved = save(opened, name, given, seen)
    if not isinstance(saved, Opened):
        return saved
    if request.form.get("then") == "files":
        return redirect(address_of_files(opened, name), 303)
    return redirect(way_after(opened, saved), 303)


def address_of_files(opened: Opened, name: str) -> str:
    """The address of the files of an answer, which remembers from where one came."""
    return files_address(opened.record.id, name, came_from())


def way_after(before: Opened, after: Opened) -> str:
    """Back to where one came from, unless the change has opened a question that was not next."""
    origin = came_from()
    if origin and after.journey.next in (None, before.journey.next):
        return ORIGINS[origin](after.record.id)
    return way_on(after)


@walk.get("/a/<assessment>/")
def overview(assessment: str) -> Response:
    """Show all sections with what is done, and the conclusion so far."""
    opened = open_here(assessment)
    return render(
        "overview.html",
        opened=opened,
        sections=outline(opened, language(), "overview"),
        aside=set_aside_rows(opened, language()),
        so_far=scales_so_far(opened, language()),
        newer=newer_edition(state().desk, opened),
        handed=handed_of(opened),
        way_on=way_on(opened),
    )


@walk.get("/a/<assessment>/check")
def check(assessment: str) -> Response:
    """Show all answers for a last look before they are submitted."""
    opened = open_here(assessment)
    state().documents.warm_up()
    return render(
        "check.html",
        opened=opened,
        sections=outline(opened, language(), "check"),
        aside=set_aside_rows(opened, language()),
        handed=handed_of(opened),
        moved_to=_moved_to(opened),
        way_on=way_on(opened),
    )


@walk.get("/a/<assessment>/submit")
def submit_by_link(assessment: str) -> Response:
    """Lead to the check page: a link submits nothing."""
    return redirect(check_address(assessment), 303)


@walk.post("/a/<assessment>/submit")
def freeze(assessment: str) -> Response:
    """Submit the answers as a revision and lead to the result."""
    opened = open_here(assessment)
    try:
        submitted = submit(
            state().desk, opened, seen=number_sent("seen"), language=language(), by=actor_here()
        )
    except IncompleteError:
        return redirect(way_on(opened), 303)
    origin = state().settings.origin
    state().documents.prepare(submitted, language(), origin, brand_here())
    return redirect(url_for("result.newest", assessment=assessment), 303)
