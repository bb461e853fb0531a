"""The table of a screening's vendors: who stands where, sorted, filtered and searched."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request
from msgspec import Struct
from werkzeug.wrappers import Response

from riskq.clock import local_time
from riskq.questionnaire import Questionnaire
from riskq.services import screenings
from riskq.store import ORDERS, VENDOR_STATES, VendorLine, Wanted
from riskq.web.locale import language
from riskq.web.pages import render
from riskq.web.screenings.words import address_in, level_labels, scale_of
from riskq.web.state import state
from riskq.web.workspaces.home import page_number
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["vendors", "wanted_here"]

vendors = WorkspacePages("vendors")

_PAGE = 50
_LONGEST_TEXT = 100


class Row(Struct, frozen=True):
    """One vendor of the table, with its levels in words."""

    line: VendorLine
    claimed: str
    accepted: str


class Bar(Struct, frozen=True):
    """How many vendors stand somewhere; ``share`` is of a hundred, for the picture.

    ``url`` shows them alone; it is "" where no filter does.
    """

    label: str
    count: int
    share: int
    url: str


def wanted_here(of: screenings.Round, most: int = _PAGE) -> Wanted:
    """What the present address asks of the table; what makes no sense asks for nothing."""
    scale = scale_of(of.questionnaire)
    state_, level = request.args.get("state", ""), request.args.get("level", "")
    order = request.args.get("order", "name")
    return Wanted(
        scale=scale.id,
        levels=scale.levels,
        state=state_ if state_ in (*VENDOR_STATES, "late") else "",
        level=level if level in scale.levels else "",
        text=request.args.get("text", "").strip()[:_LONGEST_TEXT],
        order=order if order in ORDERS else "name",
        first=(page_number() - 1) * _PAGE,
        most=most,
    )


@vendors.get("/screenings/<screening>/", Right.SEE)
def table(seat: Seat, screening: str) -> Response:
    """Show the table."""
    desk = state().desk
    of = screenings.find_screening(desk, seat, screening)
    wanted = wanted_here(of)
    page = screenings.list_vendors(desk, of, wanted)
    everybody = sum(count for name, count in page.states.items() if name != "late")
    deadline = of.screening.deadline
    return render(
        "screenings/table.html",
        of=of,
        wanted=wanted,
        rows=[_row(line, of.questionnaire) for line in page.lines],
        total=page.total,
        everybody=everybody,
        number=page_number(),
        pages=max(1, -(-page.total // _PAGE)),
        states=[(name, page.states.get(name, 0)) for name in VENDOR_STATES],
        late=page.states.get("late", 0),
        bars=_bars(of, {**page.levels, "": page.unassessed}, everybody),
        scale_title=of.questionnaire.prose[language()].scales[wanted.scale].title,
        is_over=deadline is not None and deadline < desk.today(),
        local_time=local_time,
        level_options=[
            (level, of.questionnaire.prose[language()].scales[wanted.scale].levels[level].label)
            for level in wanted.levels
        ],
    )


def _row(line: VendorLine, questionnaire: Questionnaire) -> Row:
    if not line.last_revision:
        return Row(line, "", "")
    told = (level_labels(questionnaire, levels) for levels in (line.claimed, line.accepted))
    return Row(line, *told)


def _bars(of: screenings.Round, counts: dict[str, int], everybody: int) -> Sequence[Bar]:
    """How many vendors stand at each level, the gravest first; what is open counts by itself.

    Those for whom the scale means nothing come last, where there are any.
    """
    scale = scale_of(of.questionnaire)
    levels = [*reversed(scale.levels), *([""] if counts.get("") else [])]
    return [
        Bar(
            level_labels(of.questionnaire, level),
            counts.get(level, 0),
            100 * counts.get(level, 0) // max(1, everybody),
            address_in(of, "vendors.table", level=level) if level else "",
        )
        for level in levels
    ]
