"""Assessments that belong to a workspace: its members open them, and no link does any more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from msgspec import Struct

from riskq.services.desk import NEVER, Desk
from riskq.services.encryption import DataKey, key_for_workspace, workspace_key
from riskq.services.evidence import forget_files, ids_of
from riskq.services.opening import NoAssessmentError, Opened, encrypted, open_by_id
from riskq.services.revisions import keep_levels
from riskq.services.unguessable import hash_of, new_secret
from riskq.services.workspaces.clients import client_in
from riskq.services.workspaces.errors import HeldElsewhereError
from riskq.services.workspaces.rights import Role
from riskq.services.workspaces.seats import Seat, record
from riskq.store import (
    EVERYTHING,
    HOLDINGS,
    MEMBERS,
    WORKSPACES,
    HeldAssessment,
    Holding,
    Sought,
    StoreUnavailable,
    Taken,
    Unit,
    User,
    count_held,
    delete_assessment,
    fold,
    hold,
    keys,
    list_held,
    vendor_of,
)

__all__ = [
    "Held",
    "claim",
    "count_of",
    "delete_held",
    "deleted_if_refused",
    "find_held",
    "find_held_in",
    "held_of",
    "open_held",
    "take_in",
]


class Held(Struct, frozen=True):
    """An assessment of a workspace, as one of its members sees it.

    That of a vendor names its screening and the vendor; members look at it, and change nothing.
    """

    holding: Holding
    seat: Seat
    screening: str = ""
    vendor: str = ""

    @property
    def may_edit(self) -> bool:
        """Whether the member may change the assessment itself."""
        return self.seat.may_edit and not self.vendor


def claim(desk: Desk, seat: Seat, opened: Opened, title: str, client: str | None = None) -> None:
    """Take an assessment that its private link has opened into a workspace, for a client or none.

    From then on its link opens nothing, and it does not expire. Raises ``HeldElsewhereError``,
    ``NoAssessmentError`` and ``NoClientError``; what a vendor answers belongs to the screening.
    """
    if opened.record.open_to is not None:
        raise HeldElsewhereError("The assessment belongs to a screening.")
    opened = encrypted(desk, opened)
    assessment, now, title = opened.record.id, desk.clock(), title.strip()
    holding = Holding(assessment, seat.workspace.id, title, now, fold(title), client)

    def change(unit: Unit) -> None:
        told = {"title": title}
        if client is not None:
            told["new"] = client_in(unit, seat, client).name
        record(unit, seat, now, "assessment-claimed", assessment, **told)
        take_in(desk, unit, holding, opened.key)

    try:
        desk.store.change(change)
    except Taken as error:
        raise HeldElsewhereError("The assessment belongs to a workspace already.") from error
    desk.recent.forget(assessment)


@contextmanager
def deleted_if_refused(desk: Desk, assessment: str) -> Iterator[None]:
    """What was begun for a workspace is deleted again where it did not become the workspace's.

    Nobody has its link: it would lie there until it expires, with what it was given at its start.
    """

    def remove(unit: Unit) -> None:
        # It may be the workspace's all the same, if that was saved and only not told in time.
        if HOLDINGS.one(unit, "where assessment = ?", assessment) is None:
            delete_assessment(unit, assessment)

    try:
        yield
    except Exception:
        with suppress(StoreUnavailable):
            desk.store.change(remove, erases=True)
        desk.recent.forget(assessment)
        raise


def take_in(desk: Desk, unit: Unit, holding: Holding, key: DataKey | None) -> None:
    """Let an assessment belong to a workspace, where no link opens it and it does not expire.

    From then on the workspace's key opens its ``key``, and what lists need is kept. Raises
    ``Taken``, ``NoAssessmentError`` and ``KeyMissingError``.
    """
    name = holding.assessment
    if not hold(unit, name, hash_of(new_secret()), NEVER):
        raise NoAssessmentError("The assessment was deleted.")
    HOLDINGS.add(unit, holding)
    if key is not None:
        workspace = workspace_key(unit, desk.keys, holding.workspace, holding.held_since)
        keys.keep_key(unit, name, key_for_workspace(name, workspace, key.secret).sealed)
        keep_levels(unit, key)


def find_held(desk: Desk, user: User, assessment: str) -> Held | None:
    """The seat from which a user sees an assessment; None if no workspace of the user's has it."""

    def find(unit: Unit) -> Held | None:
        holding = HOLDINGS.one(unit, "where assessment = ?", assessment)
        screening = vendor = ""
        if holding is None:
            answered = vendor_of(unit, assessment)
            if answered is None:
                return None
            workspace_id, screening, vendor, name, since = answered
            holding = Holding(assessment, workspace_id, name, since)
        where = "where workspace = ? and user = ?"
        member = MEMBERS.one(unit, where, holding.workspace, user.id)
        workspace = WORKSPACES.one(unit, "where id = ?", holding.workspace)
        if member is None or workspace is None:
            return None
        seat = Seat(workspace, user, Role(member.role))
        return Held(holding, seat, screening, vendor)

    return desk.store.read(find)


def find_held_in(desk: Desk, seat: Seat, assessment: str) -> Held | None:
    """An assessment that the workspace of a seat holds; None for every other."""
    where = "where assessment = ? and workspace = ?"
    holding = desk.store.read(lambda unit: HOLDINGS.one(unit, where, assessment, seat.workspace.id))
    return None if holding is None else Held(holding, seat)


def open_held(desk: Desk, held: Held) -> Opened:
    """Open an assessment for a member; raises as ``open_assessment`` does."""
    return open_by_id(desk, held.holding.assessment)


def held_of(
    desk: Desk, seat: Seat, sought: Sought = EVERYTHING, *, most: int, after: int = 0
) -> Sequence[HeldAssessment]:
    """The assessments of a workspace that are looked for, the last touched first."""
    workspace = seat.workspace.id
    return desk.store.read(lambda unit: list_held(unit, workspace, sought, most=most, after=after))


def count_of(desk: Desk, seat: Seat, sought: Sought = EVERYTHING) -> int:
    """How many assessments of a workspace are found."""
    return desk.store.read(lambda unit: count_held(unit, seat.workspace.id, sought))


def delete_held(desk: Desk, held: Held) -> None:
    """Remove an assessment of a workspace for good; the book says that there was one."""
    assessment, title = held.holding.assessment, held.holding.title
    files = ids_of(desk, assessment)

    def change(unit: Unit) -> None:
        if delete_assessment(unit, assessment):
            record(unit, held.seat, desk.clock(), "assessment-deleted", assessment, title=title)

    desk.store.change(change, erases=True)
    desk.recent.forget(assessment)
    forget_files(desk, files)
