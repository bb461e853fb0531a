"""Calls about clients, what is written about assessments, and what is due."""

from __future__ import annotations

from riskq.services import workspaces
from riskq.web.api import client_shapes as shapes
from riskq.web.api.calls import Asked, Call, Right, Seat, call, number_asked
from riskq.web.api.problems import ProblemError
from riskq.web.state import state

__all__: list[str] = []

_MOST_DAYS = 366


@call(
    Call(
        *("GET", "/clients", Right.SEE),
        "The clients of the workspace by their names.",
        gives=list[shapes.ClientLine],
    )
)
def clients(seat: Seat) -> list[shapes.ClientLine]:
    """The clients."""
    found = workspaces.clients_of(state().desk, seat)
    return [shapes.ClientLine(one.id, one.name, one.assessments) for one in found]


@call(
    Call(
        *("POST", "/clients", Right.EDIT),
        "Write down a new client.",
        takes=shapes.NewClientSent,
        gives=shapes.ClientGiven,
        status=201,
    )
)
def add(seat: Seat, sent: shapes.NewClientSent) -> shapes.ClientGiven:
    """A new client."""
    made = workspaces.add_client(state().desk, seat, sent.name)
    return _client(seat, made.id)


def _tags(given: list[str]) -> tuple[str, ...]:
    """The tags, each of which is one; commas and the like would part it on the pages."""
    if any(len(workspaces.read_tags(one)) > 1 for one in given):
        raise ProblemError(422, "tags", "No tag has a comma, a semicolon or a line break.")
    return workspaces.read_tags(",".join(given))


def _note(text: str) -> str:
    """A private note as it is stored; a sign that cannot be shown is a problem."""
    text = workspaces.as_kept(text)
    if not workspaces.can_be_kept(text):
        raise ProblemError(422, "content", "The note has a character that cannot be stored.")
    return text


def _client(seat: Seat, client: str) -> shapes.ClientGiven:
    facts = workspaces.facts_of(workspaces.find_client(state().desk, seat, client))
    return shapes.ClientGiven(client, facts.name, facts.note, facts.digest)


@call(
    Call(
        *("GET", "/clients/{client}", Right.SEE),
        "A client, with the note that members write for themselves.",
        gives=shapes.ClientGiven,
    )
)
def client(seat: Seat, client: str) -> shapes.ClientGiven:
    """One client."""
    return _client(seat, client)


@call(
    Call(
        *("PUT", "/clients/{client}", Right.EDIT),
        "Write otherwise about a client.",
        takes=shapes.ClientSent,
        gives=shapes.ClientGiven,
    )
)
def change(seat: Seat, client: str, sent: shapes.ClientSent) -> shapes.ClientGiven:
    """Write about a client over what was seen."""
    facts = workspaces.ClientFacts(sent.name, _note(sent.note))
    workspaces.change_client(state().desk, seat, client, facts, sent.digest)
    return _client(seat, client)


@call(
    Call(
        *("DELETE", "/clients/{client}", Right.EDIT),
        "Remove a client with the note; its assessments stay, without one.",
        status=204,
    )
)
def remove(seat: Seat, client: str) -> None:
    """Remove a client."""
    workspaces.remove_client(state().desk, seat, client)


@call(
    Call(
        *("GET", "/assessments/{assessment}/description", Right.SEE),
        "What the workspace says of an assessment: client, tags, note, review date.",
        gives=shapes.DescriptionGiven,
    )
)
def description(seat: Seat, assessment: str) -> shapes.DescriptionGiven:
    """What is written about an assessment."""
    return _description(workspaces.held_in(state().desk, seat, assessment))


def _description(held: workspaces.Held) -> shapes.DescriptionGiven:
    said = workspaces.describe(state().desk, held)
    return shapes.DescriptionGiven(
        said.title, said.client, list(said.tags), said.note, said.review_on, said.digest
    )


@call(
    Call(
        *("PUT", "/assessments/{assessment}/description", Right.EDIT),
        "Write otherwise about an assessment.",
        takes=shapes.DescriptionSent,
        gives=shapes.DescriptionGiven,
    )
)
def redescribe(
    seat: Seat, assessment: str, sent: shapes.DescriptionSent
) -> shapes.DescriptionGiven:
    """Write about an assessment over what was seen."""
    held = workspaces.held_in(state().desk, seat, assessment)
    tags = _tags(sent.tags)
    said = workspaces.Description(sent.title, sent.client, tags, _note(sent.note), sent.review_on)
    workspaces.redescribe(state().desk, held, said, sent.digest)
    return _description(workspaces.held_in(state().desk, seat, assessment))


@call(
    Call(
        *("GET", "/due", Right.SEE),
        "Which assessments are to be looked at again, the longest overdue first.",
        gives=list[shapes.DueGiven],
        asks=(
            Asked(
                "days",
                "how many days ahead, 90 unless given",
                {"type": "integer", "minimum": 0, "maximum": _MOST_DAYS},
            ),
        ),
    )
)
def due(seat: Seat) -> list[shapes.DueGiven]:
    """What is due."""
    days = number_asked("days", workspaces.SOON_DAYS, range(_MOST_DAYS + 1))
    return [
        shapes.DueGiven(one.assessment, one.title, one.client or None, one.on, one.is_set)
        for one in workspaces.due_within(state().desk, seat, days)
    ]
