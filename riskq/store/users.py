"""Users, how they sign in, and what limits those who try: functions of a unit of work."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from riskq.store.table import Table
from riskq.store.unit import Unit

__all__ = [
    "IDENTITIES",
    "PASSWORD_LINKS",
    "RECOVERY_CODES",
    "SESSIONS",
    "USERS",
    "BoundIdentity",
    "PasswordLink",
    "RecoveryCode",
    "Session",
    "User",
    "count_attempt",
    "forget_attempts",
    "give_back_attempt",
    "touch_attempts",
]


class User(Struct, frozen=True):
    """A person with an account.

    ``email`` is unique, in small letters. ``password`` is an argon2 text, None until one is set.
    ``second_factor`` is the secret of one-time codes (base32), None without one;
    ``second_factor_step`` the period of the last code that was taken, so that none is taken twice.
    """

    id: str
    email: str
    name: str
    language: str
    created_at: datetime
    password: str | None
    second_factor: str | None
    second_factor_step: int


class Session(Struct, frozen=True):
    """One browser in which a user is signed in; its token is kept as a hash."""

    id: str
    key_hash: bytes
    user: str
    browser: str
    created_at: datetime
    expires_at: datetime


class RecoveryCode(Struct, frozen=True):
    """One of the codes that stand in for a lost second factor, each once; kept as a hash."""

    user: str
    code_hash: bytes


class PasswordLink(Struct, frozen=True):
    """A link by which a user sets a password, once."""

    key_hash: bytes
    user: str
    expires_at: datetime


class BoundIdentity(Struct, frozen=True):
    """That a user is who a provider (``issuer``) calls ``subject``, and since when."""

    issuer: str
    subject: str
    user: str
    bound_at: datetime


class _Attempts(Struct, frozen=True):
    kind: str
    subject: bytes
    count: int
    until: datetime


USERS = Table("users", User)
SESSIONS = Table("sessions", Session)
RECOVERY_CODES = Table("recovery_codes", RecoveryCode)
PASSWORD_LINKS = Table("password_links", PasswordLink)
IDENTITIES = Table("identities", BoundIdentity)
_ATTEMPTS = Table("attempts", _Attempts)


def count_attempt(
    unit: Unit, kind: str, subject: bytes, now: datetime, window: timedelta, more: int = 1
) -> tuple[int, datetime]:
    """Count some more attempts; how many those are in the present window, and when it ends.

    Windows that have ended are forgotten on the way, and so is one that ends later than it can:
    the clock was ahead when it began, and nobody is to wait until it was right.
    """
    _ATTEMPTS.remove(unit, "where until <= ?", now)
    found = _ATTEMPTS.one(unit, "where kind = ? and subject = ?", kind, subject)
    if found is not None and found.until > now + window:
        forget_attempts(unit, kind, subject)
        found = None
    if found is None:
        _ATTEMPTS.add(unit, _Attempts(kind, subject, more, now + window))
        return more, now + window
    count = found.count + more
    _ATTEMPTS.change(unit, {"count": count}, "where kind = ? and subject = ?", kind, subject)
    return count, found.until


def give_back_attempt(unit: Unit, kind: str, subject: bytes) -> None:
    """Count one attempt less."""
    sql = "update attempts set count = count - 1 where kind = ? and subject = ? and count > 0"
    unit.run(sql, (kind, subject))


def touch_attempts(unit: Unit, kind: str, subject: bytes) -> None:
    """Write what is counted as it is: as much work as a change, and none."""
    unit.run("update attempts set count = count where kind = ? and subject = ?", (kind, subject))


def forget_attempts(unit: Unit, kind: str, subject: bytes) -> None:
    """Let a success end the counting."""
    _ATTEMPTS.remove(unit, "where kind = ? and subject = ?", kind, subject)
