"""Calls about the screenings of a workspace."""

from __future__ import annotations

from riskq.services import screenings
from riskq.store import Screening, Wanted
from riskq.web.api import shapes
from riskq.web.api.calls import Call, Right, Seat, call
from riskq.web.api.problems import ProblemError
from riskq.web.screenings.words import scale_of
from riskq.web.state import state

__all__: list[str] = []

_ONE = "/screenings/{screening}"
_VENDOR = "/screenings/{screening}/vendors/{vendor}"


def _screening(of: screenings.Round) -> shapes.ScreeningGiven:
    one: Screening = of.screening
    wanted = Wanted(scale_of(of.questionnaire).id, most=1)
    page = screenings.list_vendors(state().desk, of, wanted)
    return shapes.ScreeningGiven(
        id=one.id,
        title=one.title,
        message=one.message,
        questionnaire=one.questionnaire,
        edition=one.edition,
        language=one.language,
        deadline=one.deadline,
        created_at=one.created_at,
        is_closed=of.is_closed,
        states=page.states,
    )


def _find(seat: Seat, screening: str) -> screenings.Round:
    return screenings.find_screening(state().desk, seat, screening)


@call(
    Call(
        *("GET", "/screenings", Right.SEE),
        "The screenings of the workspace, the newest first.",
        gives=list[shapes.ScreeningGiven],
    )
)
def listed(seat: Seat) -> list[shapes.ScreeningGiven]:
    """All screenings."""
    found = screenings.list_screenings(state().desk, seat)
    return [_screening(_find(seat, one.id)) for one, _total, _done in found]


def _terms(sent: shapes.ScreeningSent) -> screenings.Terms:
    if sent.deadline is not None and sent.deadline < state().desk.today():
        raise ProblemError(422, "deadline", "The deadline is past.")
    return screenings.Terms(sent.title.strip(), sent.message, sent.deadline, sent.language)


@call(
    Call(
        *("POST", "/screenings", Right.EDIT),
        "Begin a screening by the edition in force.",
        takes=shapes.ScreeningSent,
        gives=shapes.ScreeningGiven,
        status=201,
    )
)
def begin(seat: Seat, sent: shapes.ScreeningSent) -> shapes.ScreeningGiven:
    """Begin a screening."""
    made = screenings.begin_screening(state().desk, seat, sent.questionnaire, _terms(sent))
    return _screening(_find(seat, made.id))


@call(
    Call(
        *("GET", _ONE, Right.SEE),
        "A screening, and how many vendors are in each state.",
        gives=shapes.ScreeningGiven,
    )
)
def one(seat: Seat, screening: str) -> shapes.ScreeningGiven:
    """One screening."""
    return _screening(_find(seat, screening))


@call(
    Call(
        *("PUT", _ONE, Right.EDIT),
        "Change what a screening says; its edition stays.",
        takes=shapes.ScreeningSent,
        gives=shapes.ScreeningGiven,
    )
)
def change(seat: Seat, screening: str, sent: shapes.ScreeningSent) -> shapes.ScreeningGiven:
    """Change a screening."""
    screenings.change_terms(state().desk, _find(seat, screening), _terms(sent))
    return _screening(_find(seat, screening))
