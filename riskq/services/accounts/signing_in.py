"""Signing in: password first, then a one-time code where there is a second factor.

Whoever guesses is stopped twice: by the address that the attempts come from, and by the account
that they are about. An account that is not there is counted, locked and refused in the same words,
after the same work.
"""

from __future__ import annotations

import unicodedata

from msgspec import Struct

from riskq.services.accounts.errors import WrongCodeError, WrongPasswordError
from riskq.services.accounts.guessing import MOST_OF_ACCOUNT, Tried, count_try, forgive, give_back
from riskq.services.accounts.second_factor import take_code
from riskq.services.accounts.sessions import book_of, open_session
from riskq.services.desk import Desk
from riskq.services.passwords import BusyError
from riskq.store import USERS, Happened, Taken, Unit, User, history, touch_attempts

__all__ = [
    "Entrance",
    "confirm_password",
    "enter_code",
    "find_user",
    "plain_email",
    "sign_in",
]

_LONGEST_COMPARED = 1_000
_REFUSED = "E-mail and password do not belong together."


class Entrance(Struct, frozen=True):
    """How far a browser has come: ``secret`` is that of its session, "" while a code is missing."""

    user: str
    secret: str


def plain_email(email: str) -> str:
    """An e-mail address as it is compared: without blanks, in small letters, written one way.

    Of what is much too long for one, no more than the beginning: to write it one way takes a time
    that grows with the square of its marks.
    """
    return unicodedata.normalize("NFC", email.strip()[:_LONGEST_COMPARED].lower())


def find_user(unit: Unit, email: str) -> User | None:
    """The user with an e-mail address."""
    return USERS.one(unit, "where email = ?", plain_email(email))


def sign_in(desk: Desk, email: str, password: str, *, address: str, browser: str) -> Entrance:
    """Sign in by password; a session begins unless a code is asked for as well.

    Raises ``WrongPasswordError``, ``LockedError``, and ``BusyError`` if too many others do so now.
    """
    subject = desk.keys.mark(plain_email(email))
    tried = count_try(desk, subject, address)
    user = desk.store.read(lambda unit: find_user(unit, email))
    kept = user.password if user else None
    if not _fits(desk, kept, password, subject, tried) or user is None:
        desk.store.change(lambda unit: _tell_failure(desk, unit, subject, user, tried.of_account))
        raise WrongPasswordError(_REFUSED)
    _renew_hash(desk, user, password)

    def enter(unit: Unit) -> str:
        if user.second_factor is not None:
            # The code is still to come: what failed before stays counted.
            give_back(desk, unit, subject, address)
            return ""
        forgive(desk, unit, subject, address)
        return open_session(desk, unit, user.id, browser)

    try:
        return Entrance(user.id, desk.store.change(enter))
    except Taken as gone:
        # The account was deleted between its password and its session.
        raise WrongPasswordError(_REFUSED) from gone


def _fits(desk: Desk, kept: str | None, password: str, subject: bytes, tried: Tried) -> bool:
    try:
        return desk.passwords.fits(kept, password, tried.patience)
    except BusyError:
        # It was not looked at, and is no failure of the account. The address did send it.
        desk.store.change(lambda unit: give_back(desk, unit, subject))
        raise


def confirm_password(desk: Desk, user: User, password: str) -> None:
    """Have somebody who is signed in prove it once more; raises as ``sign_in`` does."""
    subject = desk.keys.mark(user.email)
    tried = count_try(desk, subject)
    if not _fits(desk, user.password, password, subject, tried):
        desk.store.change(lambda unit: _tell_failure(desk, unit, subject, user, tried.of_account))
        raise WrongPasswordError("The password is wrong.")
    desk.store.change(lambda unit: give_back(desk, unit, subject))


def enter_code(desk: Desk, user_id: str, code: str, *, address: str, browser: str) -> Entrance:
    """Finish signing in by a one-time code, or by a recovery code, which is then used up.

    Raises ``WrongCodeError`` and ``LockedError``.
    """
    user = desk.store.read(lambda unit: USERS.one(unit, "where id = ?", user_id))
    if user is None:
        raise WrongCodeError("There is no such user any more.")
    subject = desk.keys.mark(user.email)
    number = count_try(desk, subject, address).of_account

    def enter(unit: Unit) -> str | None:
        present = USERS.one(unit, "where id = ?", user_id)
        if present is None or not take_code(desk, unit, present, code):
            _tell_failure(desk, unit, subject, present, number)
            return None
        forgive(desk, unit, subject, address)
        return open_session(desk, unit, user_id, browser)

    secret = desk.store.change(enter)
    if secret is None:
        raise WrongCodeError("The code is wrong, too old, or was used.")
    return Entrance(user_id, secret)


def _tell_failure(desk: Desk, unit: Unit, subject: bytes, user: User | None, number: int) -> None:
    if user is None:
        # Something is written for nobody too: whoever measures must not learn who has an account.
        touch_attempts(unit, "account", subject)
        return
    action = "account-locked" if number == MOST_OF_ACCOUNT else "sign-in-refused"
    history.append(unit, book_of(user.id), Happened(desk.clock(), "", action))


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
