"""A workspace as a whole: what there is in it, and how all of that goes at once.

What names a workspace in the schema goes with its row. Assessments, books and letters do not name
one: they are found by what holds them, before that goes.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from riskq.store import history
from riskq.store.clients import CLIENTS
from riskq.store.hooks import HOOKS
from riskq.store.outbox import OUTBOX
from riskq.store.screenings import SCREENINGS
from riskq.store.tokens import TOKENS
from riskq.store.unit import Unit
from riskq.store.workspaces import HOLDINGS, INVITATIONS, MEMBERS, WORKSPACES

__all__ = ["Contents", "Erased", "contents_of", "erase_workspace"]

_OF_VENDORS = "from vendors v join screenings s on s.id = v.screening where s.workspace = ?"
_ANSWERED = f"select v.assessment {_OF_VENDORS} and v.assessment is not null"
_HELD = "select assessment from holdings where workspace = ?"
_ASSESSMENTS = f"{_HELD} union all {_ANSWERED}"
_BOOKS = f"select 'assessment:' || t.assessment from ({_ASSESSMENTS}) t"  # noqa: S608 - Texts of ours; values go by marks.
_FILES = f"from evidence where assessment in ({_ASSESSMENTS})"


class Contents(Struct, frozen=True):
    """How much there is in a workspace.

    ``assessments`` are those that it holds, ``files`` those at answers of these and of its vendors;
    of ``tokens`` only those that still open something count.
    """

    assessments: int
    screenings: int
    vendors: int
    files: int
    clients: int
    members: int
    invitations: int
    tokens: int
    webhooks: int


class Erased(Struct, frozen=True):
    """The ids of what is kept elsewhere too: assessments in memory, and the content of files."""

    assessments: tuple[str, ...]
    files: tuple[str, ...]


def contents_of(unit: Unit, workspace: str, now: datetime) -> Contents:
    """Count what there is in a workspace."""
    of = "where workspace = ?"
    ((vendors,),) = unit.rows(f"select count(*) {_OF_VENDORS}", (workspace,))
    ((files,),) = unit.rows(f"select count(*) {_FILES}", (workspace, workspace))
    return Contents(
        assessments=HOLDINGS.count(unit, of, workspace),
        screenings=SCREENINGS.count(unit, of, workspace),
        vendors=int(vendors),
        files=int(files),
        clients=CLIENTS.count(unit, of, workspace),
        members=MEMBERS.count(unit, of, workspace),
        invitations=INVITATIONS.count(unit, of, workspace),
        tokens=TOKENS.count(unit, f"{of} and expires_at > ?", workspace, now),
        webhooks=HOOKS.count(unit, of, workspace),
    )


def erase_workspace(unit: Unit, workspace: str) -> Erased:
    """Remove a workspace with everything that belongs to it, its vendors' answers among it.

    Other assessments, the accounts of its members and their own books are not touched.
    """
    both, book = (workspace, workspace), f"workspace:{workspace}"
    assessments = tuple(name for (name,) in unit.rows(_ASSESSMENTS, both))
    files = tuple(name for (name,) in unit.rows(f"select id {_FILES}", both))
    OUTBOX.remove(unit, "where book = ?", book)
    for table, column in (("events", "book"), ("books", "id")):
        unit.run(f"delete from {table} where {column} in ({_BOOKS})", both)  # noqa: S608 - Texts of ours; values go by marks.
    unit.run(f"delete from assessments where id in ({_ASSESSMENTS})", both)  # noqa: S608 - Texts of ours; values go by marks.
    WORKSPACES.remove(unit, "where id = ?", workspace)
    history.remove(unit, book)
    return Erased(assessments, files)
