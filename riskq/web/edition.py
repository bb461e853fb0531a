"""A newer edition: what it would change for an assessment, and moving the assessment to it."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from riskq import report
from riskq.services import find_newer, move, report_so_far
from riskq.web.access import actor_here, open_here
from riskq.web.locale import in_language, language
from riskq.web.pages import render
from riskq.web.state import state
from riskq.web.walk import number_sent, way_on

__all__ = ["edition"]

edition = in_language("edition")


@edition.get("/a/<assessment>/edition")
def look(assessment: str) -> Response:
    """Show what the edition in force would change; without a newer one there is nothing to see."""
    opened = open_here(assessment)
    newer = find_newer(state().desk, opened)
    if newer is None:
        return redirect(url_for("walk.overview", assessment=assessment), 303)
    words = newer.opened.questionnaire.prose[language()]
    before = opened.questionnaire.prose[language()]
    reports = (report_so_far(one, language()) for one in (opened, newer.opened))
    return render(
        "edition.html",
        opened=opened,
        newer=newer.opened.questionnaire,
        changes=report.report_changes(*reports),
        asked=[words.questions[name].ask for name in newer.asked],
        not_taken=[before.questions[name].ask for name in newer.not_taken],
    )


@edition.post("/a/<assessment>/edition")
def move_on(assessment: str) -> Response:
    """Move the assessment to the edition in force, and lead to what is left to answer."""
    opened = move(
        state().desk, open_here(assessment), seen=number_sent("sequence"), by=actor_here()
    )
    return redirect(way_on(opened, has_moved=True), 303)
