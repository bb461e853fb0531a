"""Clients of a workspace, and what it puts on its assessments: tags and private notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from riskq.store.table import Table
from riskq.store.unit import Unit

__all__ = [
    "CLIENTS",
    "NOTES",
    "TAGS",
    "Client",
    "ListedClient",
    "Note",
    "Tag",
    "list_clients",
    "list_tags",
]


class Client(Struct, frozen=True):
    """Somebody for whom a workspace assesses.

    ``found_by`` is the name without regard to case, by which it is looked for; ``note`` is for
    members alone.
    """

    id: str
    workspace: str
    name: str
    found_by: str
    note: str
    created_at: datetime


class Tag(Struct, frozen=True):
    """A short word that a workspace has put on one of its assessments."""

    assessment: str
    tag: str
    workspace: str


class Note(Struct, frozen=True):
    """What members write about an assessment for themselves alone."""

    assessment: str
    text: str


class ListedClient(Struct, frozen=True):
    """One line of a workspace's clients: ``assessments`` is how many there are."""

    id: str
    name: str
    assessments: int


CLIENTS = Table("clients", Client)
NOTES = Table("notes", Note)
TAGS = Table("tags", Tag)


def list_clients(unit: Unit, workspace: str) -> Sequence[ListedClient]:
    """The clients of a workspace by their names, each with the number of its assessments."""
    sql = (
        "select id, name, (select count(*) from holdings where client = clients.id)"
        " from clients where workspace = ? order by found_by"
    )
    return [ListedClient(*row) for row in unit.rows(sql, (workspace,))]


def list_tags(unit: Unit, workspace: str) -> Sequence[str]:
    """Every tag that an assessment of the workspace has."""
    sql = "select distinct tag from tags where workspace = ? order by tag"
    return [row[0] for row in unit.rows(sql, (workspace,))]
