"""Deleting a workspace: what would go, who may do it, and what is forgotten beside the database."""

from __future__ import annotations

from collections.abc import Callable

from riskq.services.desk import Desk
from riskq.services.evidence import forget_files
from riskq.services.workspaces.errors import NotOwnerError, NoWorkspaceError, WrongNameError
from riskq.services.workspaces.rights import Right, Role
from riskq.services.workspaces.seats import Seat
from riskq.store import MEMBERS, WORKSPACES, Unit, Workspace, dissolving

__all__ = [
    "is_name_of",
    "list_workspaces",
    "plan_removal",
    "remove_by_operator",
    "remove_workspace",
]


def is_name_of(workspace: Workspace, name: str) -> bool:
    """Whether a text is the name of a workspace, but for blanks: pages show many as one."""
    return name.split() == workspace.name.split()


def plan_removal(desk: Desk, seat: Seat) -> dissolving.Contents:
    """How much would go with the workspace, as ``remove_workspace`` would do it."""
    now = desk.clock()
    return desk.store.read(lambda unit: dissolving.contents_of(unit, seat.workspace.id, now))


def remove_workspace(desk: Desk, seat: Seat, name: str) -> tuple[str, ...]:
    """Delete a workspace with everything in it, for good; the ids of the assessments that went.

    What its vendors answered goes too, as it does when a vendor is removed. ``name`` is what an
    owner typed. Raises ``NotOwnerError``, ``WrongNameError``, and ``NoWorkspaceError`` where it, or
    the seat, is gone meanwhile; whatever is raised, nothing was removed.
    """

    def change(unit: Unit) -> dissolving.Erased:
        present = _find(unit, seat.workspace.id)
        where = "where workspace = ? and user = ?"
        member = MEMBERS.one(unit, where, present.id, seat.user.id)
        if member is None:
            raise NoWorkspaceError("There is no such workspace for this user.")
        # The role may be another than when the seat was taken.
        if not seat.may_own or not Role(member.role).may(Right.OWN):
            raise NotOwnerError("Only an owner may delete a workspace.")
        if not is_name_of(present, name):
            raise WrongNameError("This is not the name of the workspace.")
        return dissolving.erase_workspace(unit, present.id)

    return _remove(desk, change)


def remove_by_operator(desk: Desk, workspace: str) -> tuple[str, ...]:
    """Delete a workspace as ``remove_workspace`` does, by whoever runs the service.

    Raises ``NoWorkspaceError``.
    """
    return _remove(desk, lambda unit: dissolving.erase_workspace(unit, _find(unit, workspace).id))


def list_workspaces(desk: Desk) -> tuple[tuple[Workspace, dissolving.Contents], ...]:
    """Every workspace of the service by its name, with how much there is in it."""
    now = desk.clock()

    def read(unit: Unit) -> tuple[tuple[Workspace, dissolving.Contents], ...]:
        found = WORKSPACES.find(unit, "order by name, id")
        return tuple((one, dissolving.contents_of(unit, one.id, now)) for one in found)

    return desk.store.read(read)


def _find(unit: Unit, workspace: str) -> Workspace:
    found = WORKSPACES.one(unit, "where id = ?", workspace)
    if found is None:
        raise NoWorkspaceError("There is no such workspace, or not any more.")
    return found


def _remove(desk: Desk, change: Callable[[Unit], dissolving.Erased]) -> tuple[str, ...]:
    """Remove rows, and what is kept beside them once they are gone."""
    erased = desk.store.change(change, erases=True)
    for assessment in erased.assessments:
        desk.recent.forget(assessment)
    forget_files(desk, erased.files)
    return erased.assessments
