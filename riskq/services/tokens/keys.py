"""Making, listing and revoking tokens, and the seat that one gives."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import timedelta

from riskq.services.desk import Desk
from riskq.services.unguessable import hash_of, new_id, new_secret
from riskq.services.workspaces import Right, Role, Seat, book_of, record
from riskq.store import MEMBERS, TOKENS, USERS, WORKSPACES, Happened, Token, Unit, history

__all__ = [
    "MOST_DAYS",
    "list_tokens",
    "make_token",
    "note_refused",
    "revoke_token",
    "seat_of_token",
]

MOST_DAYS = 366
"""For how many days a token works at most."""

_MARK = "rq_"
_TOLD_AGAIN = timedelta(days=1)
_RIGHTS = (Right.SEE, Right.REVIEW, Right.EDIT)


def make_token(desk: Desk, seat: Seat, name: str, rights: Collection[Right], days: int) -> str:
    """Make a token, and give its secret, this once; no token may say who belongs to a workspace."""
    secret, now = f"{_MARK}{new_secret()}", desk.clock()
    said = " ".join(right.value for right in _RIGHTS if right in rights)
    until = now + timedelta(days=min(days, MOST_DAYS))
    workspace = seat.workspace.id
    made = Token(new_id(), workspace, name, said, hash_of(secret), seat.user.id, now, until)

    def change(unit: Unit) -> None:
        record(unit, seat, now, "token-made", made.id, title=name, new=said)
        TOKENS.add(unit, made)

    desk.store.change(change)
    return secret


def list_tokens(desk: Desk, seat: Seat) -> tuple[Token, ...]:
    """The tokens of the workspace, the newest first; expired ones too."""
    where = "where workspace = ? order by created_at desc, id"
    return desk.store.read(lambda unit: TOKENS.find(unit, where, seat.workspace.id))


def revoke_token(desk: Desk, seat: Seat, token: str) -> None:
    """Let a token open nothing any more."""
    where = "where workspace = ? and id = ?"

    def change(unit: Unit) -> None:
        found = TOKENS.one(unit, where, seat.workspace.id, token)
        if found is not None:
            # Its row stays, so that the history knows its name.
            now = desk.clock()
            TOKENS.change(unit, {"expires_at": now}, "where id = ?", token)
            record(unit, seat, now, "token-revoked", token, title=found.name)

    desk.store.change(change)


def note_refused(desk: Desk, secret: str) -> None:
    """Write down, at most once a day, that a token was used that opens nothing any more."""
    now = desk.clock()
    where = "where key_hash = ? and (refused_at is null or refused_at <= ?)"
    values = (hash_of(secret), now - _TOLD_AGAIN)

    def change(unit: Unit) -> None:
        found = TOKENS.one(unit, where, *values)
        if found is not None:
            TOKENS.change(unit, {"refused_at": now}, "where id = ?", found.id)
            told = json.dumps({"title": found.name}, ensure_ascii=False)
            happened = Happened(now, "service", "token-refused", found.id, told)
            history.append(unit, book_of(found.workspace), happened)

    # Most who guess have no token of ours, and nothing is written for them.
    if desk.store.read(lambda unit: TOKENS.one(unit, where, *values)) is not None:
        desk.store.change(change)


def seat_of_token(desk: Desk, secret: str) -> Seat | None:
    """The seat that a token gives: its maker's, with the token's rights; None without one."""

    def find(unit: Unit) -> Seat | None:
        where = "where key_hash = ? and expires_at > ?"
        token = TOKENS.one(unit, where, hash_of(secret), desk.clock())
        if token is None:
            return None
        where = "where workspace = ? and user = ?"
        member = MEMBERS.one(unit, where, token.workspace, token.created_by)
        user = USERS.one(unit, "where id = ?", token.created_by)
        workspace = WORKSPACES.one(unit, "where id = ?", token.workspace)
        if member is None or user is None or workspace is None:
            return None
        rights = frozenset(Right(word) for word in token.rights.split())
        return Seat(workspace, user, Role(member.role), token.id, rights)

    return desk.store.read(find)
