"""Signing in: password first, then a one-time code where there is a second factor.

Whoever guesses is stopped twice: by the address that the attempts come from, and by the account
that they are about. An account that is not there is counted, locked and refused in the same words,
after the same work.
"""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct

from riskq.services.accounts.errors import LockedError, WrongCodeError, WrongPasswordError
from riskq.services.accounts.second_factor import take_code
from riskq.services.accounts.sessions import book_of, open_session
from riskq.services.desk import Desk
from riskq.services.unguessable import hash_of
from riskq.store import (
    USERS,
    Happened,
    Unit,
    User,
    attempts,
    count_attempt,
    forget_attempts,
    history,
)

__all__ = [
    "Entrance",
    "confirm_password",
    "enter_code",
    "find_user",
    "plain_email",
    "sign_in",
    "take_return",
]

_WINDOW = timedelta(minutes=15)
_MOST_OF_ACCOUNT = 5
_MOST_OF_ADDRESS = 60


class Entrance(Struct, frozen=True):
    """How far a browser has come: ``secret`` is that of its session, "" while a code is missing."""

    user: str
    secret: str


def plain_email(email: str) -> str:
    """An e-mail address as it is compared: without blanks, in small letters."""
    return email.strip().lower()


def find_user(unit: Unit, email: str) -> User | None:
    """The user with an e-mail address."""
    return USERS.one(unit, "where email = ?", plain_email(email))


def sign_in(desk: Desk, email: str, password: str, *, address: str, browser: str) -> Entrance:
    """Sign in by password; a session begins unless a code is asked for as well.

    Raises ``WrongPasswordError`` and ``LockedError``.
    """
    subject = hash_of(plain_email(email))
    _count_address(desk, address)
    _refuse_locked(desk, subject)
    user = desk.store.read(lambda unit: find_user(unit, email))
    if not desk.passwords.fits(user.password if user else None, password) or user is None:
        desk.store.change(lambda unit: _count_failure(desk, unit, subject, user))
        raise WrongPasswordError("E-mail and password do not belong together.")
    _renew_hash(desk, user, password)
    if user.second_factor is not None:
        return Entrance(user.id, "")

    def enter(unit: Unit) -> str:
        forget_attempts(unit, "account", subject)
        return open_session(desk, unit, user.id, browser)

    return Entrance(user.id, desk.store.change(enter))


def confirm_password(desk: Desk, user: User, password: str) -> None:
    """Have somebody who is signed in prove it once more; raises as ``sign_in`` does."""
    subject = hash_of(user.email)
    _refuse_locked(desk, subject)
    if not desk.passwords.fits(user.password, password):
        desk.store.change(lambda unit: _count_failure(desk, unit, subject, user))
        raise WrongPasswordError("The password is wrong.")


def enter_code(desk: Desk, user_id: str, code: str, *, address: str, browser: str) -> Entrance:
    """Finish signing in by a one-time code, or by a recovery code, which is then used up.

    Raises ``WrongCodeError`` and ``LockedError``.
    """
    _count_address(desk, address)
    user = desk.store.read(lambda unit: USERS.one(unit, "where id = ?", user_id))
    if user is None:
        raise WrongCodeError("There is no such user any more.")
    subject = hash_of(user.email)
    _refuse_locked(desk, subject)

    def enter(unit: Unit) -> str | None:
        present = USERS.one(unit, "where id = ?", user_id)
        if present is None or not take_code(desk, unit, present, code):
            _count_failure(desk, unit, subject, present)
            return None
        forget_attempts(unit, "account", subject)
        return open_session(desk, unit, user_id, browser)

    secret = desk.store.change(enter)
    if secret is None:
        raise WrongCodeError("The code is wrong, too old, or was used.")
    return Entrance(user_id, secret)


def take_return(desk: Desk, state: str, address: str) -> bool:
    """Whether a browser that comes back from a provider does so for the first time.

    ``state`` is what it was sent there with. Raises ``LockedError`` as ``sign_in`` does.
    """
    _count_address(desk, address)
    subject = hash_of(state)

    def take(unit: Unit) -> bool:
        return count_attempt(unit, "return", subject, desk.clock(), _WINDOW)[0] == 1

    return desk.store.change(take)


def _count_address(desk: Desk, address: str) -> None:
    subject = hash_of(address)

    def count(unit: Unit) -> None:
        number, until = count_attempt(unit, "address", subject, desk.clock(), _WINDOW)
        if number > _MOST_OF_ADDRESS:
            raise LockedError(until)

    desk.store.change(count)


def _refuse_locked(desk: Desk, subject: bytes) -> None:
    now = desk.clock()
    number, until = desk.store.read(lambda unit: attempts(unit, "account", subject, now))
    if number >= _MOST_OF_ACCOUNT:
        raise LockedError(until)


def _count_failure(desk: Desk, unit: Unit, subject: bytes, user: User | None) -> None:
    now = desk.clock()
    number, _ = count_attempt(unit, "account", subject, now, _WINDOW)
    if user is not None:
        locked = number == _MOST_OF_ACCOUNT
        action = "account-locked" if locked else "sign-in-refused"
        history.append(unit, book_of(user.id), Happened(now, "", action))


def _renew_hash(desk: Desk, user: User, password: str) -> None:
    """Keep the password as dearly as is done now, if it was kept more cheaply."""
    if user.password is None or not desk.passwords.is_outdated(user.password):
        return
    kept = desk.passwords.keep(password)
    columns: dict[str, object] = {"password": kept}
    desk.store.change(
        lambda unit: USERS.change(
            unit, columns, "where id = ? and password = ?", user.id, user.password
        )
    )
