"""How we know that it is right: the proofs of an edition, its cases, what changed between two."""

from __future__ import annotations

from itertools import pairwise

from flask import redirect, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from riskq import services
from riskq.web.locale import in_language, language
from riskq.web.pages import render
from riskq.web.state import state

__all__ = ["proof"]

proof = in_language("proof")


@proof.get("/proof")
def first() -> Response:
    """Lead to the first questionnaire offered."""
    return newest(state().desk.catalogue.names()[0])


@proof.get("/proof/<questionnaire>")
def newest(questionnaire: str) -> Response:
    """Lead to the edition in force."""
    catalogue = state().desk.catalogue
    if questionnaire not in catalogue.names():
        raise NotFound
    day = catalogue.in_force(questionnaire, state().desk.today())
    return redirect(url_for("proof.edition", questionnaire=questionnaire, day=day.isoformat()), 303)


@proof.get("/proof/<questionnaire>/<day>")
def edition(questionnaire: str, day: str) -> Response:
    """Show what is proved of an edition, its cases with their sources, and its open points."""
    desk, here = state().desk, language()
    loaded = desk.catalogue.load(questionnaire, day)
    days = desk.catalogue.editions(questionnaire)
    return render(
        "proof.html",
        questionnaire=loaded,
        prose=loaded.prose[here],
        view=services.proof_of(desk, questionnaire, day, here),
        mutation=services.mutation_of(desk, questionnaire, day),
        pairs=list(pairwise(days)),
        days=days,
        law_url=url_for("start.law_of", questionnaire=questionnaire, day=day),
    )


@proof.get("/compare/<questionnaire>/<old>/<new>")
def comparison(questionnaire: str, old: str, new: str) -> Response:
    """Show what changed between two editions: logic, cases and words."""
    desk, here = state().desk, language()
    return render(
        "compare.html",
        old=desk.catalogue.load(questionnaire, old),
        new=desk.catalogue.load(questionnaire, new),
        view=services.comparison_of(desk, questionnaire, old, new, here),
        changes=services.changes_between(desk, questionnaire, old, new, here),
    )
