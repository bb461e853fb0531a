"""The shapes of what the API takes and gives about clients, descriptions, due dates and files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from riskq.services import workspaces
from riskq.web.api.shapes import Name

__all__ = [
    "ClientGiven",
    "ClientLine",
    "ClientSent",
    "DescriptionGiven",
    "DescriptionSent",
    "DueGiven",
    "FileGiven",
    "NewClientSent",
]


Note = Annotated[str, Meta(max_length=workspaces.MOST_NOTE)]


class NewClientSent(Struct, frozen=True, forbid_unknown_fields=True):
    """A client to write down."""

    name: Name


class ClientLine(Struct, frozen=True):
    """A client in the list, and how many assessments it has."""

    id: str
    name: str
    assessments: int


class ClientGiven(Struct, frozen=True):
    """A client; send ``digest`` with a change, so that nobody's is overwritten."""

    id: str
    name: str
    note: str
    digest: str


class ClientSent(Struct, frozen=True, forbid_unknown_fields=True):
    """What to write about a client over the state of a digest."""

    name: Name
    digest: str
    note: Note = ""


class DescriptionGiven(Struct, frozen=True):
    """What the workspace says of an assessment; ``client`` is an id. None of it is in a report."""

    title: str
    client: str | None
    tags: list[str]
    note: str
    review_on: date | None
    digest: str


class DescriptionSent(Struct, frozen=True, forbid_unknown_fields=True):
    """What to write about an assessment over the state of a digest."""

    title: Name
    digest: str
    client: str | None = None
    tags: Annotated[list[Annotated[str, Meta(max_length=60)]], Meta(max_length=30)] = []
    note: Note = ""
    review_on: date | None = None


class DueGiven(Struct, frozen=True):
    """An assessment to be looked at again on a day; ``is_set`` tells that members chose it."""

    assessment: str
    title: str
    client: str | None
    on: date
    is_set: bool


class FileGiven(Struct, frozen=True):
    """A file that is attached to the answer to a question."""

    id: str
    question: str
    name: str
    type: str
    bytes: int
    sha256: str
    added_at: datetime
