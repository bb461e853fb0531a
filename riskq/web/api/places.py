"""Calls about the workspace itself, the questionnaires, and the history."""

from __future__ import annotations

from flask import request

from riskq.i18n import LANGUAGES
from riskq.services import Opened, tell, workspaces
from riskq.web.api import shapes
from riskq.web.api.calls import Asked, Call, Right, Seat, call
from riskq.web.api.problems import ProblemError
from riskq.web.state import state

__all__ = ["BEFORE", "events_of"]

BEFORE = Asked("before", "only events before this number", {"type": "integer", "minimum": 1})


@call(
    Call(
        *("GET", "/workspace", Right.SEE),
        "The workspace of the token.",
        gives=shapes.WorkspaceGiven,
    )
)
def workspace(seat: Seat) -> shapes.WorkspaceGiven:
    """The workspace, and what the token may do in it."""
    rights = [right.value for right in Right if seat.may(right)]
    return shapes.WorkspaceGiven(seat.workspace.id, seat.workspace.name, rights)


@call(
    Call(
        *("GET", "/members", Right.SEE),
        "Who belongs to the workspace.",
        gives=list[shapes.MemberGiven],
    )
)
def members(seat: Seat) -> list[shapes.MemberGiven]:
    """The members."""
    return [
        shapes.MemberGiven(one.user, one.name, one.email, one.role.value)
        for one in workspaces.list_members(state().desk, seat)
    ]


@call(
    Call(
        *("GET", "/questionnaires", Right.SEE),
        "The questionnaires, each with its edition in force.",
        gives=list[shapes.QuestionnaireLine],
    )
)
def questionnaires(seat: Seat) -> list[shapes.QuestionnaireLine]:
    """The questionnaires."""
    del seat
    desk = state().desk
    editions = [
        desk.catalogue.load(name, desk.catalogue.in_force(name, desk.today()))
        for name in desk.catalogue.names()
    ]
    return [
        shapes.QuestionnaireLine(
            one.id,
            one.edition,
            one.digest,
            {code: one.prose[code].title for code in LANGUAGES},
        )
        for one in editions
    ]


@call(
    Call(
        *("GET", "/questionnaires/{name}/{edition}", Right.SEE),
        "An edition: questions with the ids of their options, and scales.",
        gives=shapes.QuestionnaireGiven,
    )
)
def questionnaire(seat: Seat, name: str, edition: str) -> shapes.QuestionnaireGiven:
    """One edition."""
    del seat
    found = state().desk.catalogue.load(name, edition)
    return shapes.QuestionnaireGiven(
        found.id,
        found.edition,
        found.digest,
        [
            shapes.QuestionGiven(
                question.id,
                question.kind.value,
                list(question.accepts),
                {code: found.prose[code].questions[question.id].ask for code in LANGUAGES},
            )
            for question in found.questions
        ],
        [shapes.ScaleGiven(scale.id, list(scale.levels)) for scale in found.rulebook.scales],
    )


@call(
    Call(
        *("GET", "/history", Right.SEE),
        "What happened in the workspace, the newest first.",
        gives=shapes.EventList,
        asks=(BEFORE,),
    )
)
def history(seat: Seat) -> shapes.EventList:
    """The history of the workspace."""
    return events_of(workspaces.book_of(seat.workspace.id))


def events_of(book: str, opened: Opened | None = None) -> shapes.EventList:
    """The events of a book that the address asks for; ``opened`` is the assessment it is about."""
    text = request.args.get("before", "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ProblemError(400, "before", '"before" is the number of an event.')
    told = tell(state().desk, book, int(text) if text else None, opened)
    return shapes.EventList(
        [
            shapes.EventGiven(
                one.number, one.at, one.actor, one.action, one.subject, dict(one.detail), one.hash
            )
            for one in told
        ]
    )
