"""The way in: the start page, starting an assessment, and coming back by the private link."""

from __future__ import annotations

from collections.abc import Mapping

from flask import redirect, url_for
from msgspec import Struct
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from riskq.questionnaire import Cited, Prose, Questionnaire, cite
from riskq.services import record_of_link, start
from riskq.web.access import remember
from riskq.web.locale import in_language, language
from riskq.web.pages import render
from riskq.web.state import state

__all__ = ["entrance"]

entrance = in_language("start")


@entrance.get("/")
def home() -> Response:
    """Say what there is to find out, how long it takes, and what is kept."""
    desk = state().desk
    today = desk.today()
    offered = [
        desk.catalogue.load(name, desk.catalogue.in_force(name, today))
        for name in desk.catalogue.names()
    ]
    return render("start.html", offered=offered, keep_days=desk.keep_days)


@entrance.post("/start/<questionnaire>")
def begin(questionnaire: str) -> Response:
    """Start an assessment and lead to its first question."""
    desk = state().desk
    if questionnaire not in desk.catalogue.names():
        raise NotFound
    started = start(desk, questionnaire, language())
    state().keeper.tidy()
    remember(started.id, started.secret)
    return redirect(url_for("walk.go_on", assessment=started.id), 303)


@entrance.get("/start/<questionnaire>")
def begin_by_link(questionnaire: str) -> Response:
    """Lead to the start page: a link starts nothing."""
    del questionnaire
    return redirect(url_for("start.home"), 303)


@entrance.get("/r/<secret>")
def come_back(secret: str) -> Response:
    """Let this browser open the assessment of a private link, and lead to its overview.

    Also where it cannot be read: the overview says so, and leads to where it is deleted.
    """
    record = record_of_link(state().desk, secret)
    remember(record.id, secret)
    return redirect(url_for("walk.overview", assessment=record.id), 303)


@entrance.get("/law")
def law() -> Response:
    """Show the acts that the editions in force stand on, and what the law leaves open."""
    catalogue, today = state().desk.catalogue, state().desk.today()
    days = {name: catalogue.in_force(name, today) for name in catalogue.names()}
    return render("law.html", told=[_law(catalogue.load(name, day)) for name, day in days.items()])


@entrance.get("/law/<questionnaire>/<day>")
def law_of(questionnaire: str, day: str) -> Response:
    """Show the same of one edition, be it in force or not."""
    return render("law.html", told=[_law(state().desk.catalogue.load(questionnaire, day))])


class LawView(Struct, frozen=True):
    """The acts that an edition stands on, and where the law of each of its limits is cited."""

    questionnaire: Questionnaire
    prose: Prose
    acts: tuple[Cited, ...]
    cites: Mapping[str, tuple[Cited, ...]]


def _law(questionnaire: Questionnaire) -> LawView:
    book, day = questionnaire.rulebook, questionnaire.edition

    def cited(citation: str) -> Cited:
        return cite(questionnaire.law, citation, language(), day)

    cites = {limit.id: tuple(map(cited, limit.cites)) for limit in book.limits}
    return LawView(
        questionnaire, questionnaire.prose[language()], tuple(map(cited, book.acts)), cites
    )


@entrance.get("/privacy")
def privacy() -> Response:
    """Say what is kept, for how long, and who can see it."""
    return render("privacy.html", keep_days=state().desk.keep_days)


@entrance.get("/accessibility")
def accessibility() -> Response:
    """Say for whom the pages work, and what to do when they do not."""
    return render("accessibility.html")
