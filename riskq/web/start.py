"""The way in: the start page, starting an assessment, and coming back by the private link."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from riskq.questionnaire import cite
from riskq.services import resume, start
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
    """Open the assessment of a private link in this browser, and lead to its overview."""
    opened = resume(state().desk, secret)
    remember(opened.record.id, secret)
    return redirect(url_for("walk.overview", assessment=opened.record.id), 303)


@entrance.get("/law")
def law() -> Response:
    """Show the acts that the editions in force stand on, and what the law leaves open."""
    desk = state().desk
    here, today = language(), desk.today()
    told = []
    for name in desk.catalogue.names():
        questionnaire = desk.catalogue.load(name, desk.catalogue.in_force(name, today))
        book, prose = questionnaire.rulebook, questionnaire.prose[here]
        day = questionnaire.edition
        acts = [
            (questionnaire.law.acts[act], cite(questionnaire.law, act, here, day))
            for act in book.acts
        ]
        limits = [
            (
                limit.id,
                prose.limits[limit.id],
                [cite(questionnaire.law, item, here, day) for item in limit.cites],
            )
            for limit in book.limits
        ]
        told.append((questionnaire, prose, acts, limits))
    return render("law.html", told=told)


@entrance.get("/privacy")
def privacy() -> Response:
    """Say what is kept, for how long, and who can see it."""
    return render("privacy.html", keep_days=state().desk.keep_days)


@entrance.get("/accessibility")
def accessibility() -> Response:
    """Say for whom the pages work, and what to do when they do not."""
    return render("accessibility.html")
