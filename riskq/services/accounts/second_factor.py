"""The second factor: one-time codes of an app (TOTP, RFC 6238), and codes for when it is lost."""

from __future__ import annotations

import hmac
from datetime import datetime

from msgspec import Struct

from riskq.services.accounts.errors import WrongCodeError
from riskq.services.accounts.sessions import book_of
from riskq.services.desk import Desk
from riskq.services.unguessable import hash_of, new_id
from riskq.store import RECOVERY_CODES, USERS, Happened, RecoveryCode, Unit, User, history

__all__ = [
    "NewFactor",
    "begin_factor",
    "confirm_factor",
    "count_recovery_codes",
    "remove_factor",
    "take_code",
]

_PERIOD = 30
_RECOVERY_CODES = 8


class NewFactor(Struct, frozen=True):
    """What an app needs to make codes: the secret, and the same as an address for a QR code."""

    secret: str
    address: str


def begin_factor(user: User, service: str, secret: str = "") -> NewFactor:
    """Propose a second factor, or the same one again; nothing is stored before a code proves it."""
    import pyotp

    secret = secret or pyotp.random_base32()
    return NewFactor(
        secret, pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=service)
    )


def confirm_factor(desk: Desk, user: User, secret: str, code: str) -> tuple[str, ...]:
    """Set the second factor that a code proves, and give the recovery codes, this once.

    Raises ``WrongCodeError``, also if another one was set meanwhile.
    """
    step = _matching_step(secret, _plain(code), desk.clock())
    if step is None:
        raise WrongCodeError("The code is not one of this second factor.")
    codes = tuple(_recovery_code() for _ in range(_RECOVERY_CODES))

    def change(unit: Unit) -> None:
        columns: dict[str, object] = {"second_factor": secret, "second_factor_step": step}
        if not USERS.change(unit, columns, "where id = ? and second_factor is null", user.id):
            raise WrongCodeError("A second factor was set meanwhile.")
        RECOVERY_CODES.remove(unit, "where user = ?", user.id)
        for each in codes:
            RECOVERY_CODES.add(unit, RecoveryCode(user.id, hash_of(_plain(each))))
        history.append(unit, book_of(user.id), Happened(desk.clock(), user.id, "second-factor-set"))

    desk.store.change(change)
    return codes


def remove_factor(desk: Desk, user: str, actor: str) -> None:
    """Do without a second factor from now on."""

    def change(unit: Unit) -> None:
        nothing: dict[str, object] = {"second_factor": None, "second_factor_step": 0}
        USERS.change(unit, nothing, "where id = ?", user)
        RECOVERY_CODES.remove(unit, "where user = ?", user)
        history.append(unit, book_of(user), Happened(desk.clock(), actor, "second-factor-removed"))

    desk.store.change(change)


def take_code(desk: Desk, unit: Unit, user: User, code: str) -> bool:
    """Take a one-time code or a recovery code, each of which is good once; whether it was."""
    plain = _plain(code)
    step = _matching_step(user.second_factor or "", plain, desk.clock())
    if step is not None:
        columns: dict[str, object] = {"second_factor_step": step}
        where = "where id = ? and second_factor_step < ?"
        return USERS.change(unit, columns, where, user.id, step) == 1
    where = "where user = ? and code_hash = ?"
    if not RECOVERY_CODES.remove(unit, where, user.id, hash_of(plain)):
        return False
    history.append(unit, book_of(user.id), Happened(desk.clock(), user.id, "recovery-code-used"))
    return True


def count_recovery_codes(desk: Desk, user: str) -> int:
    """How many recovery codes a user has left."""
    return desk.store.read(lambda unit: RECOVERY_CODES.count(unit, "where user = ?", user))


def _matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The period to which a code belongs: the present one, the one before or the one after."""
    import pyotp

    if not secret or len(code) != 6:
        return None
    present, totp = int(now.timestamp()) // _PERIOD, pyotp.TOTP(secret)
    for step in (present, present - 1, present + 1):
        if hmac.compare_digest(totp.at(step * _PERIOD).encode(), code.encode()):
            return step
    return None


def _recovery_code() -> str:
    letters = new_id()
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def _plain(code: str) -> str:
    """A code without the blanks and dashes that make it readable."""
    return "".join(code.split()).replace("-", "").lower()
