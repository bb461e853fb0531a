"""Users as a provider knows them: who is found by what it says of a person, and who is not.

A user is bound to the subject that the provider named at the first time, and found by it from then
on, whatever e-mail address it says later. A verified address finds a user that is not bound yet.
Nobody is added by that.
"""

from __future__ import annotations

from msgspec import Struct

from riskq.services.accounts.errors import NoAccountError, OtherSubjectError, UnverifiedEmailError
from riskq.services.accounts.sessions import book_of, open_session
from riskq.services.accounts.signing_in import Entrance, find_user, plain_email
from riskq.services.desk import Desk
from riskq.store import IDENTITIES, USERS, BoundIdentity, Happened, Taken, Unit, User, history

__all__ = [
    "Identity",
    "bind",
    "enter_as",
    "forget_identities",
    "is_known_elsewhere",
    "proven_email",
]


class Identity(Struct, frozen=True):
    """What a provider says of a person; ``email`` counts if ``is_verified``. "" is not said."""

    issuer: str
    subject: str
    email: str
    is_verified: bool
    name: str


def proven_email(identity: Identity) -> str:
    """The e-mail address that the provider has verified, as it is compared; "" without one."""
    email = plain_email(identity.email)
    # A few foreign letters become plain ones when they are made small (the Kelvin sign a "k"):
    # what looks like another address must not turn into it.
    is_same = email.isascii() == identity.email.isascii()
    return email if identity.is_verified and is_same else ""


def enter_as(desk: Desk, identity: Identity, browser: str) -> Entrance:
    """Sign in whom a provider knows; a session begins unless a code is asked for as well.

    Raises ``UnverifiedEmailError``, ``NoAccountError`` and ``OtherSubjectError``.
    """

    def enter(unit: Unit) -> Entrance:
        user = _bound(unit, identity) or _bind_by_email(desk, unit, identity)
        if user.second_factor is not None:
            return Entrance(user.id, "")
        return Entrance(user.id, open_session(desk, unit, user.id, browser))

    return desk.store.change(enter)


def _bound(unit: Unit, identity: Identity) -> User | None:
    where = "join identities on identities.user = users.id where issuer = ? and subject = ?"
    return USERS.one(unit, where, identity.issuer, identity.subject)


def _bind_by_email(desk: Desk, unit: Unit, identity: Identity) -> User:
    email = proven_email(identity)
    if not email:
        raise UnverifiedEmailError("The provider has not verified the e-mail address.")
    user = find_user(unit, email)
    if user is None:
        raise NoAccountError("Nobody has this e-mail address.")
    bind(desk, unit, user, identity)
    return user


def bind(desk: Desk, unit: Unit, user: User, identity: Identity) -> None:
    """Let a user be found by a provider's subject; raises ``OtherSubjectError``."""
    if IDENTITIES.count(unit, "where user = ? and issuer = ?", user.id, identity.issuer):
        raise OtherSubjectError("The user is bound to another person of the provider.")
    now = desk.clock()
    try:
        IDENTITIES.add(unit, BoundIdentity(identity.issuer, identity.subject, user.id, now))
    except Taken as error:
        raise OtherSubjectError("The provider's person is bound to another user.") from error
    history.append(unit, book_of(user.id), Happened(now, user.id, "identity-bound"))


def is_known_elsewhere(desk: Desk, user: str, issuer: str) -> bool:
    """Whether a user is bound to somebody whom a provider knows."""
    where = "where user = ? and issuer = ?"
    return desk.store.read(lambda unit: IDENTITIES.count(unit, where, user, issuer)) > 0


def forget_identities(desk: Desk, user: str, actor: str) -> bool:
    """Let a user be bound to nobody's subject any more; False if there was none."""

    def change(unit: Unit) -> bool:
        if not IDENTITIES.remove(unit, "where user = ?", user):
            return False
        history.append(unit, book_of(user), Happened(desk.clock(), actor, "identity-forgotten"))
        return True

    return desk.store.change(change)
