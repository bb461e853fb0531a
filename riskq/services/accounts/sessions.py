"""Sessions: in which browsers a user is signed in, and how each of them ends."""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct

from riskq.services.desk import Desk
from riskq.services.unguessable import hash_of, new_id, new_secret
from riskq.store import SESSIONS, USERS, Happened, Session, Unit, User, history

__all__ = [
    "SignedIn",
    "begin_session",
    "book_of",
    "end",
    "end_others",
    "list_sessions",
    "open_session",
    "who",
]

_DAYS = 30


class SignedIn(Struct, frozen=True):
    """A user, and the session of the browser that asks."""

    user: User
    session: Session


def book_of(user: str) -> str:
    """The book in which the history of a user's account is written."""
    return f"user:{user}"


def open_session(desk: Desk, unit: Unit, user: str, browser: str) -> str:
    """Begin a session, and give its secret, which only the browser keeps."""
    secret, now = new_secret(), desk.clock()
    SESSIONS.remove(unit, "where expires_at <= ?", now)
    expires = now + timedelta(days=_DAYS)
    SESSIONS.add(unit, Session(new_id(), hash_of(secret), user, browser, now, expires))
    history.append(unit, book_of(user), Happened(now, user, "signed-in"))
    return secret


def begin_session(desk: Desk, user: User, browser: str) -> str:
    """Begin a session for a user who has just been made; the secret is the browser's."""
    return desk.store.change(lambda unit: open_session(desk, unit, user.id, browser))


def who(desk: Desk, secret: str) -> SignedIn | None:
    """Who is signed in with a secret; None if the session has ended, or never was one."""

    def find(unit: Unit) -> SignedIn | None:
        where = "where key_hash = ? and expires_at > ?"
        session = SESSIONS.one(unit, where, hash_of(secret), desk.clock())
        user = None if session is None else USERS.one(unit, "where id = ?", session.user)
        return None if session is None or user is None else SignedIn(user, session)

    return desk.store.read(find)


def list_sessions(desk: Desk, user: str) -> tuple[Session, ...]:
    """The sessions of a user that have not ended, the newest first."""
    where = "where user = ? and expires_at > ? order by created_at desc, id"
    return desk.store.read(lambda unit: SESSIONS.find(unit, where, user, desk.clock()))


def end(desk: Desk, user: str, session: str) -> bool:
    """End one session of a user; False if there is none such."""

    def change(unit: Unit) -> bool:
        if not SESSIONS.remove(unit, "where user = ? and id = ?", user, session):
            return False
        history.append(unit, book_of(user), Happened(desk.clock(), user, "signed-out"))
        return True

    return desk.store.change(change)


def end_others(unit: Unit, user: str, but: str = "") -> int:
    """End all sessions of a user but one; how many those were."""
    return SESSIONS.remove(unit, "where user = ? and id <> ?", user, but)
