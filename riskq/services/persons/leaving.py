"""Deleting an account: what goes, what stays, and who must not go yet.

What is the person's alone goes at once: account, ways to sign in, sessions, calendars, tokens, the
book of the account. What belongs to a workspace stays; its book names an id that is nobody's then.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from riskq.services.accounts import NoUserError
from riskq.services.accounts import book_of as book_of_account
from riskq.services.desk import Desk
from riskq.services.persons.errors import OnlyOwnerError
from riskq.services.workspaces import Role, book_of
from riskq.store import (
    FEEDS,
    IDENTITIES,
    INVITATIONS,
    MEMBERS,
    SESSIONS,
    TOKENS,
    USERS,
    Happened,
    MemberInvitation,
    Token,
    Unit,
    User,
    Workspace,
    drop_letters,
    history,
    memberships_of,
    persons,
)

__all__ = ["Departure", "plan_departure", "remove_account"]


class LostToken(Struct, frozen=True):
    """A token that ceases to work: its name, and that of its workspace."""

    name: str
    workspace: str


class Departure(Struct, frozen=True):
    """What goes with an account.

    ``owned_alone`` are the workspaces that have no other owner; ``left_alone`` those of them which
    would have none afterwards, so that the account cannot go. To ``lone`` ones nobody else belongs.
    """

    places: tuple[tuple[Workspace, Role], ...]
    tokens: tuple[LostToken, ...]
    owned_alone: tuple[Workspace, ...]
    left_alone: tuple[Workspace, ...]
    lone: tuple[Workspace, ...]
    sessions: int
    identities: int
    calendars: int
    invitations: int


def plan_departure(desk: Desk, user: User, heir: User | None = None) -> Departure:
    """What would go with a person's account, as ``remove_account`` would do it."""
    now = desk.clock()

    def find(unit: Unit) -> Departure:
        places = tuple((one, Role(role)) for one, role in memberships_of(unit, user.id))
        named = {one.id: one.name for one, _ in places}
        tokens = _working_tokens(unit, user, tuple(named), now)
        return Departure(
            places,
            tuple(LostToken(one.name, named[one.workspace]) for one in tokens),
            persons.owned_alone(unit, user.id),
            _left_alone(unit, user, heir),
            _lone(unit, user),
            SESSIONS.count(unit, "where user = ? and expires_at > ?", user.id, now),
            IDENTITIES.count(unit, "where user = ?", user.id),
            FEEDS.count(unit, "where user = ?", user.id),
            INVITATIONS.count(unit, "where email = ?", user.email),
        )

    return desk.store.read(find)


def _working_tokens(
    unit: Unit, user: User, workspaces: Sequence[str], now: datetime
) -> tuple[Token, ...]:
    """The tokens that a person made and that still open something, the oldest first."""
    where = "where created_by = ? and expires_at > ? order by created_at, id"
    found = TOKENS.find(unit, where, user.id, now)
    # Of a workspace that the person has left, they opened nothing before.
    return tuple(one for one in found if one.workspace in workspaces)


def remove_account(desk: Desk, user: User, actor: str, heir: User | None = None) -> None:
    """Delete a person's account with everything that is that person's alone.

    ``actor`` is the person's own id, or "operator". ``heir`` becomes an owner where the person was
    the only one. Raises ``NoUserError``, and ``OnlyOwnerError`` where nobody else owns a workspace.
    """
    now = desk.clock()

    def change(unit: Unit) -> None:
        if USERS.one(unit, "where id = ?", user.id) is None:
            raise NoUserError("There is no such user any more.")
        _hand_over(unit, user, actor, heir, now)
        for workspace, role in memberships_of(unit, user.id):
            _tell(unit, workspace.id, user, actor, role, now)
        _withdraw_invitations(unit, user, actor, now)
        persons.erase_address(unit, user)
        # Sessions, codes, links, identities, seats, calendars and tokens go with the row.
        USERS.remove(unit, "where id = ?", user.id)
        history.remove(unit, book_of_account(user.id))

    desk.store.change(change, erases=True)


def _left_alone(unit: Unit, user: User, heir: User | None) -> tuple[Workspace, ...]:
    """The workspaces that would have no owner without a person, whom nobody owns after."""
    owned = persons.owned_alone(unit, user.id)
    if heir is None or heir.id == user.id:
        return owned
    where = "where workspace = ? and user = ?"
    return tuple(one for one in owned if not MEMBERS.count(unit, where, one.id, heir.id))


def _lone(unit: Unit, user: User) -> tuple[Workspace, ...]:
    """The workspaces that a person owns and to which nobody else belongs."""
    owned = persons.owned_alone(unit, user.id)
    return tuple(one for one in owned if MEMBERS.count(unit, "where workspace = ?", one.id) == 1)


def _hand_over(unit: Unit, user: User, actor: str, heir: User | None, now: datetime) -> None:
    """Have another owner wherever the person is the only one; raises ``OnlyOwnerError``."""
    if left := _left_alone(unit, user, heir):
        raise OnlyOwnerError(left)
    if heir is not None:
        for workspace in persons.owned_alone(unit, user.id):
            _make_owner(unit, workspace.id, Happened(now, actor, "role-changed", heir.id))


def _make_owner(unit: Unit, workspace: str, happened: Happened) -> None:
    """Have the member that the event is about own a workspace, and tell its book so."""
    where, new = "where workspace = ? and user = ?", Role.OWNER.value
    old = MEMBERS.find(unit, where, workspace, happened.subject)[0].role
    MEMBERS.change(unit, {"role": new}, where, workspace, happened.subject)
    _write(unit, workspace, replace(happened, detail=json.dumps({"old": old, "new": new})))


def _tell(unit: Unit, workspace: str, user: User, actor: str, role: str, now: datetime) -> None:
    """Write into the book of a workspace that a member goes, and which tokens cease to work."""
    for token in _working_tokens(unit, user, (workspace,), now):
        told = json.dumps({"title": token.name}, ensure_ascii=False)
        _write(unit, workspace, Happened(now, actor, "token-revoked", token.id, told))
    action = "member-left" if actor == user.id else "member-removed"
    _write(unit, workspace, Happened(now, actor, action, user.id, json.dumps({"old": role})))


def _write(unit: Unit, workspace: str, happened: Happened) -> None:
    history.append(unit, book_of(workspace), happened)


def _withdraw_invitations(unit: Unit, user: User, actor: str, now: datetime) -> None:
    """Withdraw what invites the person elsewhere; whoever sent it is told by the history.

    What somebody sent whom the operator removes is withdrawn too: its links may be known to it.
    """
    for made in INVITATIONS.find(unit, "where email = ?", user.email):
        # Without a detail: it would hold the address that is to be forgotten.
        _withdraw(unit, made, Happened(now, actor, "invitation-withdrawn", made.id))
    if actor != user.id:
        for made in INVITATIONS.find(unit, "where invited_by = ?", user.id):
            told = json.dumps({"email": made.email}, ensure_ascii=False)
            _withdraw(unit, made, Happened(now, actor, "invitation-withdrawn", made.id, told))


def _withdraw(unit: Unit, made: MemberInvitation, happened: Happened) -> None:
    INVITATIONS.remove(unit, "where id = ?", made.id)
    drop_letters(unit, made.id, also_done=True)
    _write(unit, made.workspace, happened)
