"""What stops who guesses: attempts are counted before they are judged, by account and by address.

Counted afterwards, a hundred attempts at once would each find that none had failed yet. What was
no wrong attempt is given back, so that people behind one address do not lock one another out.
"""

from __future__ import annotations

import ipaddress
from datetime import timedelta

from msgspec import Struct

from riskq.services.accounts.errors import LockedError
from riskq.services.desk import Desk
from riskq.services.unguessable import hash_of
from riskq.store import Unit, User, count_attempt, forget_attempts, give_back_attempt, persons

__all__ = [
    "MOST_OF_ACCOUNT",
    "Tried",
    "count_of_failures",
    "count_try",
    "forgive",
    "give_back",
    "network_of",
    "take_return",
]

MOST_OF_ACCOUNT = 5
"""How many attempts about one account may fail in a quarter of an hour."""

_MOST_OF_ADDRESS = 60
_MOST_WAITING, _PATIENCE = 5, 5.0
_WINDOW = timedelta(minutes=15)
_HOST_BITS = 64


class Tried(Struct, frozen=True):
    """How many attempts there are in the present window, with the present one."""

    of_account: int
    of_address: int

    @property
    def patience(self) -> float:
        """For how many seconds the attempt may wait for its turn.

        A process has few threads, and all of them would wait for one who sends many attempts.
        """
        return _PATIENCE if self.of_address <= _MOST_WAITING else 0.0


def count_try(desk: Desk, account: bytes, address: str | None = None) -> Tried:
    """Count an attempt that is about to be judged; how many there are by now.

    Raises ``LockedError``, and then the attempt must not be judged.
    """
    now = desk.clock()

    def count(unit: Unit) -> tuple[Tried, LockedError | None]:
        locked, others = None, 0
        if address is not None:
            subject = desk.keys.mark(network_of(address))
            others, until = count_attempt(unit, "address", subject, now, _WINDOW)
            locked = LockedError(until) if others > _MOST_OF_ADDRESS else None
        number, until = count_attempt(unit, "account", account, now, _WINDOW)
        if number > MOST_OF_ACCOUNT:
            locked = locked or LockedError(until)
        return Tried(number, others), locked

    tried, locked = desk.store.change(count)
    if locked is not None:
        raise locked
    return tried


def count_of_failures(desk: Desk, unit: Unit, user: User) -> persons.Counted | None:
    """How many attempts about an account count at this moment, and until when; None without any."""
    return persons.counted_attempts(unit, "account", desk.keys.mark(user.email), desk.clock())


def take_return(desk: Desk, state: str, address: str) -> bool:
    """Whether a browser that comes back from a provider does so for the first time.

    ``state`` is what it was sent there with. Raises ``LockedError`` as ``count_try`` does.
    """
    now = desk.clock()

    def take(unit: Unit) -> tuple[bool, LockedError | None]:
        subject = desk.keys.mark(network_of(address))
        number, until = count_attempt(unit, "address", subject, now, _WINDOW)
        if number > _MOST_OF_ADDRESS:
            return False, LockedError(until)
        return count_attempt(unit, "return", hash_of(state), now, _WINDOW)[0] == 1, None

    is_first, locked = desk.store.change(take)
    if locked is not None:
        raise locked
    return is_first


def give_back(desk: Desk, unit: Unit, account: bytes, address: str | None = None) -> None:
    """Count an attempt no longer that was no wrong one; those before it stay counted."""
    give_back_attempt(unit, "account", account)
    if address is not None:
        give_back_attempt(unit, "address", desk.keys.mark(network_of(address)))


def forgive(desk: Desk, unit: Unit, account: bytes, address: str) -> None:
    """Let a success end the counting of what failed about an account."""
    give_back(desk, unit, account, address)
    forget_attempts(unit, "account", account)


def network_of(address: str) -> str:
    """By what an address is counted: one line has 2^64 addresses of IPv6, and is counted as one."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return f"{int(known) >> _HOST_BITS:x}::/{_HOST_BITS}"
