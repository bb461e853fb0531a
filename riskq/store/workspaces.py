"""Workspaces, who belongs to them, who is invited, and which assessments are theirs."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from riskq.store.rows import to_milliseconds
from riskq.store.table import Table
from riskq.store.unit import Unit

__all__ = [
    "BRANDS",
    "HOLDINGS",
    "INVITATIONS",
    "MEMBERS",
    "WORKSPACES",
    "Holding",
    "Member",
    "MemberInvitation",
    "StoredBrand",
    "Workspace",
    "hold",
    "members_of",
    "memberships_of",
    "move_link",
    "open_answers",
    "standing_of",
]


class Workspace(Struct, frozen=True):
    """An organisation's place."""

    id: str
    name: str
    created_at: datetime


class Member(Struct, frozen=True):
    """That a user belongs to a workspace, in which role, and since when."""

    workspace: str
    user: str
    role: str
    since: datetime


class MemberInvitation(Struct, frozen=True):
    """A way into a workspace, for one person; its secret is kept as a hash."""

    id: str
    workspace: str
    email: str
    role: str
    key_hash: bytes
    invited_by: str
    created_at: datetime
    expires_at: datetime


class Holding(Struct, frozen=True):
    """That an assessment belongs to a workspace: under which title, and for which client.

    ``found_by`` is the title without regard to case, by which it is looked for.
    """

    assessment: str
    workspace: str
    title: str
    held_since: datetime
    found_by: str = ""
    client: str | None = None


class StoredBrand(Struct, frozen=True):
    """In whose name a workspace hands over reports, as JSON text."""

    workspace: str
    form: str


BRANDS = Table("brands", StoredBrand)
WORKSPACES = Table("workspaces", Workspace)
MEMBERS = Table("members", Member)
INVITATIONS = Table("member_invitations", MemberInvitation)
HOLDINGS = Table("holdings", Holding)


def members_of(unit: Unit, workspace: str) -> list[tuple[Member, str, str]]:
    """The members of a workspace in the order in which they came, each with name and e-mail."""
    members = MEMBERS.find(unit, "where workspace = ? order by since, user", workspace)
    sql = (
        "select id, name, email from users where id in (select user from members"
        " where workspace = ?)"
    )
    known = {row[0]: (row[1], row[2]) for row in unit.rows(sql, (workspace,))}
    return [(member, *known[member.user]) for member in members]


def memberships_of(unit: Unit, user: str) -> list[tuple[Workspace, str]]:
    """The workspaces that a user belongs to, by name, each with the user's role."""
    where = "join members on members.workspace = workspaces.id where members.user = ?"
    found = WORKSPACES.find(unit, f"{where} order by workspaces.name, workspaces.id", user)
    roles = {member.workspace: member.role for member in MEMBERS.find(unit, "where user = ?", user)}
    return [(workspace, roles[workspace.id]) for workspace in found]


def hold(unit: Unit, assessment: str, key_hash: bytes, expires_at: datetime) -> bool:
    """Give an assessment another key and time; False if there is none such."""
    sql = "update assessments set key_hash = ?, expires_at = ? where id = ?"
    return unit.run(sql, (key_hash, to_milliseconds(expires_at), assessment)) == 1


def move_link(unit: Unit, assessment: str, key_hash: bytes, until: datetime) -> None:
    """Give an assessment another private link, which works until a moment."""
    sql = "update assessments set key_hash = ?, link_until = ? where id = ?"
    unit.run(sql, (key_hash, to_milliseconds(until), assessment))


def standing_of(unit: Unit, assessment: str) -> tuple[str | None, int] | None:
    """Which answers of an assessment may be changed, and its last revision; None without one."""
    rows = unit.rows("select open_to, last_revision from assessments where id = ?", (assessment,))
    return (rows[0][0], rows[0][1]) if rows else None


def open_answers(unit: Unit, assessment: str, open_to: str) -> None:
    """Say which answers of an assessment may be changed, as ``Assessment.open_to`` does."""
    unit.run("update assessments set open_to = ? where id = ?", (open_to, assessment))
