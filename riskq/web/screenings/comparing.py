"""Vendors side by side: question by question, what each answered, and where they differ."""

from __future__ import annotations

from flask import request
from msgspec import Struct
from werkzeug.wrappers import Response

from riskq.engine import Judge
from riskq.services import screenings
from riskq.web.locale import language
from riskq.web.pages import render
from riskq.web.screenings.vendor import in_words
from riskq.web.screenings.words import level_labels
from riskq.web.state import state
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["comparing"]

comparing = WorkspacePages("comparing")

MOST_COMPARED = 5
"""How many vendors stand side by side."""


class CompareRow(Struct, frozen=True):
    """One question or scale: what stands there for each vendor, and whether that differs."""

    title: str
    cells: tuple[str, ...]
    differs: bool


@comparing.get("/screenings/<screening>/compare", Right.SEE)
def side_by_side(seat: Seat, screening: str) -> Response:
    """Show up to five vendors side by side."""
    desk = state().desk
    of = screenings.find_screening(desk, seat, screening)
    chosen = list(dict.fromkeys(request.args.getlist("vendor")))
    looked = [screenings.look_at(desk, of, name) for name in chosen[:MOST_COMPARED]]
    submitted = [each for each in looked if each.accepted is not None]
    only = request.args.get("only") == "differences"
    rows = _answer_rows(of, submitted)
    return render(
        "screenings/compare.html",
        of=of,
        chosen=chosen[:MOST_COMPARED],
        vendors=[each.vendor for each in submitted],
        missing=[each.vendor for each in looked if each.accepted is None],
        too_many=len(chosen) > MOST_COMPARED,
        scales=_scale_rows(of, submitted),
        rows=[row for row in rows if row.differs or not only],
        only=only,
    )


def _judges(looked: list[screenings.Looked]) -> list[Judge]:
    return [each.accepted for each in looked if each.accepted is not None]


def _scale_rows(of: screenings.Round, looked: list[screenings.Looked]) -> list[CompareRow]:
    titles = of.questionnaire.prose[language()].scales
    rows = []
    for scale in of.questionnaire.rulebook.scales:
        found = [judge.conclusion.scale(scale.id).if_applies for judge in _judges(looked)]
        cells = tuple(
            level_labels(of.questionnaire, " ".join(levels), scale.id) for levels in found
        )
        rows.append(CompareRow(titles[scale.id].title, cells, len(set(found)) > 1))
    return rows


def _answer_rows(of: screenings.Round, looked: list[screenings.Looked]) -> list[CompareRow]:
    """Every question that one of them was asked, in the order of the questionnaire."""
    asks, judges = of.questionnaire.prose[language()].questions, _judges(looked)
    rows = []
    for question in of.questionnaire.questions:
        counted = [question.id in judge.journey.counted for judge in judges]
        if not any(counted):
            continue
        cells = tuple(
            in_words(of.questionnaire, judge, question.id) if is_counted else ""
            for judge, is_counted in zip(judges, counted, strict=True)
        )
        rows.append(CompareRow(asks[question.id].ask, cells, len(set(cells)) > 1))
    return rows
