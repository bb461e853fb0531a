"""Users come by the command line or by an invitation, and look after their own accounts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from riskq.services.accounts.errors import (
    LinkUsedError,
    NoUserError,
    UserExistsError,
)
from riskq.services.accounts.identities import Identity, bind, proven_email
from riskq.services.accounts.password_rules import judge_password
from riskq.services.accounts.sessions import book_of, end_others
from riskq.services.accounts.signing_in import confirm_password, find_user, plain_email
from riskq.services.desk import Desk
from riskq.services.unguessable import hash_of, new_id, new_secret
from riskq.store import PASSWORD_LINKS, USERS, Happened, PasswordLink, Taken, Unit, User, history

__all__ = [
    "add_user",
    "add_with_identity",
    "add_with_password",
    "change_name",
    "change_password",
    "follow_password_link",
    "is_email",
    "list_users",
    "make_password_link",
    "set_password",
    "write_user",
]

_SIGN = r"[^\s@<>()\[\]\"',;:\\]"
_LABEL = r"[^\s@<>()\[\]\"',;:\\.]+"
_EMAIL = re.compile(rf"{_SIGN}{{1,64}}@{_LABEL}(?:\.{_LABEL})+")
_LINK_TIME = timedelta(hours=48)
_LONGEST_EMAIL = 200


def is_email(text: str) -> bool:
    """Whether a text has the form of an e-mail address, every sign of which can be seen."""
    is_short = len(text) <= _LONGEST_EMAIL
    return is_short and text.isprintable() and _EMAIL.fullmatch(text) is not None


def write_user(desk: Desk, unit: Unit, user: User, actor: str = "") -> None:
    """Store a new user; raises ``UserExistsError``."""
    try:
        USERS.add(unit, user)
    except Taken as error:
        raise UserExistsError("There is a user with this e-mail address.") from error
    history.append(unit, book_of(user.id), Happened(desk.clock(), actor or user.id, "user-added"))


def new_user(desk: Desk, email: str, name: str, language: str, password: str | None) -> User:
    """A user as it is before it is stored; the password is given as it is kept."""
    email = plain_email(email)
    name = name.strip() or email
    return User(new_id(), email, name, language, desk.clock(), password, None, 0)


def add_user(desk: Desk, email: str, name: str, language: str) -> User:
    """Add a user who has no password yet; raises ``UserExistsError``."""
    user = new_user(desk, email, name, language, None)
    desk.store.change(lambda unit: write_user(desk, unit, user, "operator"))
    return user


def add_with_password(
    desk: Desk,
    who: tuple[str, str, str],
    password: str,
    joined: Callable[[Unit, User], None],
) -> User:
    """Add a user of an e-mail, a name and a language, together with what belongs to it.

    Raises ``WeakPasswordError``, ``UserExistsError``, and what ``joined`` raises.
    """
    email, name, language = who
    judge_password(password, name, email)
    user = new_user(desk, email, name, language, desk.passwords.keep(password))

    def change(unit: Unit) -> None:
        write_user(desk, unit, user)
        joined(unit, user)

    desk.store.change(change)
    return user


def add_with_identity(
    desk: Desk,
    identity: Identity,
    called: tuple[str, str],
    joined: Callable[[Unit, User], None],
) -> User:
    """Add a user of a name and a language, whom a provider knows, with what belongs to it.

    The user has no password. Raises ``UserExistsError``, and what ``joined`` raises.
    """
    name, language = called
    user = new_user(desk, proven_email(identity), name, language, None)

    def change(unit: Unit) -> None:
        write_user(desk, unit, user)
        bind(desk, unit, user, identity)
        joined(unit, user)

    desk.store.change(change)
    return user


def list_users(desk: Desk) -> tuple[User, ...]:
    """All users, by their e-mail addresses."""
    return desk.store.read(lambda unit: USERS.find(unit, "order by email"))


def make_password_link(desk: Desk, email: str) -> str:
    """The secret of a link by which a user sets a password within two days, once.

    A link made before no longer works. Raises ``NoUserError``.
    """
    secret = new_secret()

    def change(unit: Unit) -> None:
        user = find_user(unit, email)
        if user is None:
            raise NoUserError(f"There is no user {email}.")
        now = desk.clock()
        PASSWORD_LINKS.remove(unit, "where user = ? or expires_at <= ?", user.id, now)
        PASSWORD_LINKS.add(unit, PasswordLink(hash_of(secret), user.id, now + _LINK_TIME))
        history.append(unit, book_of(user.id), Happened(now, "operator", "password-link-made"))

    desk.store.change(change)
    return secret


def follow_password_link(desk: Desk, secret: str) -> User:
    """The user whose password a link sets; raises ``LinkUsedError``."""
    return desk.store.read(lambda unit: _user_of_link(desk, unit, secret))


def _user_of_link(desk: Desk, unit: Unit, secret: str) -> User:
    where = "where key_hash = ? and expires_at > ?"
    link = PASSWORD_LINKS.one(unit, where, hash_of(secret), desk.clock())
    user = None if link is None else USERS.one(unit, "where id = ?", link.user)
    if user is None:
        raise LinkUsedError("The link was used, has expired, or never was one.")
    return user


def set_password(desk: Desk, secret: str, password: str) -> User:
    """Set the password of a link's user; the link and all sessions of the user end.

    Raises ``LinkUsedError`` and ``WeakPasswordError``.
    """
    user = follow_password_link(desk, secret)
    judge_password(password, user.name, user.email)
    kept = desk.passwords.keep(password)

    def change(unit: Unit) -> None:
        _user_of_link(desk, unit, secret)
        PASSWORD_LINKS.remove(unit, "where user = ?", user.id)
        _write_password(desk, unit, user.id, kept)

    desk.store.change(change)
    return user


def _write_password(desk: Desk, unit: Unit, user: str, kept: str, session: str = "") -> None:
    USERS.change(unit, {"password": kept}, "where id = ?", user)
    end_others(unit, user, session)
    history.append(unit, book_of(user), Happened(desk.clock(), user, "password-set"))


def change_password(desk: Desk, user: User, old: str, new: str, session: str) -> None:
    """Change a password; all sessions but this one end.

    Raises ``WrongPasswordError``, ``LockedError`` and ``WeakPasswordError``.
    """
    confirm_password(desk, user, old)
    judge_password(new, user.name, user.email)
    kept = desk.passwords.keep(new)
    desk.store.change(lambda unit: _write_password(desk, unit, user.id, kept, session))


def change_name(desk: Desk, user: User, name: str) -> None:
    """Let a user be called otherwise."""

    def change(unit: Unit) -> None:
        USERS.change(unit, {"name": name.strip()}, "where id = ?", user.id)
        history.append(unit, book_of(user.id), Happened(desk.clock(), user.id, "name-changed"))

    desk.store.change(change)
