"""A member's seat: in which workspace, as whom, in which role. All that is done there needs one."""

from __future__ import annotations

import json
from datetime import datetime

from msgspec import Struct

from riskq.services.desk import Desk
from riskq.services.workspaces.errors import NoWorkspaceError
from riskq.services.workspaces.rights import Right, Role
from riskq.store import (
    MEMBERS,
    WORKSPACES,
    Happened,
    Unit,
    User,
    Workspace,
    history,
    memberships_of,
)

__all__ = ["Seat", "book_of", "record", "seats_of", "take_seat"]


class Seat(Struct, frozen=True):
    """A user in a workspace; or a token of that user's, with the ``rights`` it was given."""

    workspace: Workspace
    user: User
    role: Role
    token: str = ""
    rights: frozenset[Right] = frozenset(Right)

    def may(self, right: Right) -> bool:
        """Whether the member has a right."""
        return right in self.rights and self.role.may(right)

    @property
    def actor(self) -> str:
        """Who acts, as histories name it."""
        return f"token:{self.token}" if self.token else self.user.id

    @property
    def may_edit(self) -> bool:
        """Whether the member may change what belongs to the workspace."""
        return self.may(Right.EDIT)

    @property
    def may_review(self) -> bool:
        """Whether the member may comment on answers and decide."""
        return self.may(Right.REVIEW)

    @property
    def may_own(self) -> bool:
        """Whether the member says who belongs to the workspace."""
        return self.may(Right.OWN)


def book_of(workspace: str) -> str:
    """The book in which the history of a workspace is written."""
    return f"workspace:{workspace}"


def take_seat(desk: Desk, user: User, workspace: str) -> Seat:
    """A user's seat in a workspace; raises ``NoWorkspaceError``."""

    def find(unit: Unit) -> Seat:
        member = MEMBERS.one(unit, "where workspace = ? and user = ?", workspace, user.id)
        found = None if member is None else WORKSPACES.one(unit, "where id = ?", workspace)
        if member is None or found is None:
            raise NoWorkspaceError("There is no such workspace for this user.")
        return Seat(found, user, Role(member.role))

    return desk.store.read(find)


def seats_of(desk: Desk, user: User) -> tuple[Seat, ...]:
    """Every seat that a user has, by the names of the workspaces."""
    found = desk.store.read(lambda unit: memberships_of(unit, user.id))
    return tuple(Seat(workspace, user, Role(role)) for workspace, role in found)


def record(
    unit: Unit, seat: Seat, at: datetime, action: str, subject: str = "", **detail: object
) -> None:
    """Write what a member did into the workspace's book; raises ``NoWorkspaceError``.

    Where the workspace was deleted meanwhile, nothing of what was done there is kept. It is written
    before rows that name the workspace: the store would refuse these without saying why.
    """
    if not WORKSPACES.count(unit, "where id = ?", seat.workspace.id):
        raise NoWorkspaceError("The workspace was deleted.")
    told = json.dumps(detail, ensure_ascii=False) if detail else None
    history.append(
        unit, book_of(seat.workspace.id), Happened(at, seat.actor, action, subject, told)
    )
