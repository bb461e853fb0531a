"""How we know that it is right: the proofs of an edition, its cases, what changed between two."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from flask import redirect, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from riskq.errors import UnknownQuestionnaireError
from riskq.questionnaire import Case, OneOrMore, Questionnaire, ScaleText, cite
from riskq.services import cases_of, checked, comparison_of, mutation_of
from riskq.web.locale import in_language, language
from riskq.web.pages import render
from riskq.web.state import state

__all__ = ["proof"]

proof = in_language("proof")


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as the page tells it: its title, the levels it must give, and its source."""

    id: str
    title: str
    levels: tuple[tuple[str, str], ...]
    kind: str
    source: str
    url: str


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
    loaded = _load(questionnaire, day)
    days = desk.catalogue.editions(questionnaire)
    return render(
        "proof.html",
        questionnaire=loaded,
        prose=loaded.prose[here],
        checked=checked(desk, questionnaire, day),
        power=len(str(checked(desk, questionnaire, day).combinations)) - 1,
        mutation=mutation_of(desk, questionnaire, day),
        cases=[_case(loaded, case, here) for case in cases_of(desk, questionnaire, day)],
        pairs=list(pairwise(days)),
        days=days,
        law_url=url_for("start.law_of", questionnaire=questionnaire, day=day),
        acts=[cite(loaded.law, act, here, loaded.edition) for act in loaded.rulebook.acts],
    )


@proof.get("/compare/<questionnaire>/<old>/<new>")
def comparison(questionnaire: str, old: str, new: str) -> Response:
    """Show what changed between two editions: logic, cases and words."""
    desk, here = state().desk, language()
    return render(
        "compare.html",
        old=desk.catalogue.load(questionnaire, old),
        new=desk.catalogue.load(questionnaire, new),
        view=comparison_of(desk, questionnaire, old, new, here),
    )


def _load(questionnaire: str, day: str) -> Questionnaire:
    try:
        return state().desk.catalogue.load(questionnaire, day)
    except UnknownQuestionnaireError as error:
        raise NotFound from error


def _case(questionnaire: Questionnaire, case: Case, here: str) -> CaseView:
    scales = questionnaire.prose[here].scales
    return CaseView(
        id=case.id,
        title=case.title[here],
        levels=tuple(
            (scales[name].title, _levels(scales[name], wanted))
            for name, wanted in case.expect.scales.items()
        ),
        kind=case.source.kind.value,
        source=case.source.text[here],
        url=case.source.url or "",
    )


def _levels(scale: ScaleText, wanted: OneOrMore) -> str:
    return " / ".join(scale.levels[level].label for level in wanted.ids)
