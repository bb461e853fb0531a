"""How often what is costly may be asked for, by whom: starting, files, documents, tables, calls.

A program could begin assessments or order documents without end, and others would wait for it.
What each asks for is counted in the store, beside failed attempts to sign in, so that all processes
count together and a restart forgets nothing. The allowances are far above what people do, also
a room full of them behind one address.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from threading import Lock
from typing import TypeVar

from riskq.errors import RiskqError
from riskq.services.desk import Desk
from riskq.store import StoreUnavailable, Unit, count_attempt, give_back_attempt

__all__ = ["ALLOWED", "ALLOWED_WITHIN", "Allowances", "Costly", "TooOftenError"]


class Costly(StrEnum):
    """What is counted: its name in the store."""

    START = "start"
    UPLOAD = "upload"
    DOCUMENT = "document"
    EXPORT = "export"
    CALL = "call"


ALLOWED: Mapping[Costly, int] = {
    Costly.START: 300,
    Costly.UPLOAD: 200,
    Costly.DOCUMENT: 200,
    Costly.EXPORT: 400,
    Costly.CALL: 5000,
}
"""How often each may be asked for within ``ALLOWED_WITHIN``."""

ALLOWED_WITHIN = timedelta(minutes=10)

_AT_ONCE: Mapping[Costly, int] = {Costly.CALL: 100}
"""How many are counted by one change of the store, ahead, where many small ones come."""

_MOST_REMEMBERED = 10_000

_Whose = tuple[Costly, bytes]
V = TypeVar("V")


class TooOftenError(RiskqError):
    """Somebody has asked for as much as is allowed; ``until`` nothing more is done for them."""

    def __init__(self, costly: Costly, until: datetime, seconds: int) -> None:
        self.costly, self.until, self.seconds = costly, until, seconds
        super().__init__(f"Too many of this kind ({costly.value}). Wait {seconds} seconds.")


class Allowances:
    """Counts what is asked for; may be used by many threads at once."""

    def __init__(self, desk: Desk, times: int = 1) -> None:
        self._desk, self._times = desk, times
        self._lock = Lock()
        self._ahead: dict[_Whose, tuple[int, datetime]] = {}
        self._over: dict[_Whose, datetime] = {}

    def spend(self, costly: Costly, whose: str) -> None:
        """Count one more; ``whose`` names the person, the program or the network.

        Raises ``TooOftenError``, and then it must not be done.
        """
        now, key = self._desk.clock(), (costly, self._desk.keys.mark(f"{costly}:{whose}"))
        if not self._times or self._is_counted_ahead(key, now):
            return
        step, most = _AT_ONCE.get(costly, 1), ALLOWED[costly] * self._times
        count_them = partial(_count, key=key, now=now, step=step)
        try:
            count, until = self._desk.store.change(count_them)
        except StoreUnavailable:
            # Whoever wants to save is told so by the saving; reading goes on meanwhile.
            return
        with self._lock:
            if count > most:
                _remember(self._over, key, until, now, lambda end: end)
                raise _too_often(key, until, now)
            if step > 1:
                _remember(self._ahead, key, (step - 1, until), now, lambda told: told[1])

    def give_back(self, costly: Costly, whose: str) -> None:
        """Count one less: nothing was done, and the same will be asked for again."""
        subject = self._desk.keys.mark(f"{costly}:{whose}")
        # A store that fails counts no attempt of anybody's now, and none was kept from anybody.
        with suppress(StoreUnavailable):
            self._desk.store.change(lambda unit: give_back_attempt(unit, costly.value, subject))

    def _is_counted_ahead(self, key: _Whose, now: datetime) -> bool:
        """Whether it is counted already; raises ``TooOftenError`` for whoever is known to be over.

        Neither writes anything, so that refusing somebody costs next to nothing.
        """
        with self._lock:
            over = self._over.get(key)
            if over is not None and now < over <= now + ALLOWED_WITHIN:
                raise _too_often(key, over, now)
            left, until = self._ahead.get(key, (0, now))
            if left < 1 or not now < until <= now + ALLOWED_WITHIN:
                return False
            self._ahead[key] = (left - 1, until)
            return True


def _too_often(key: _Whose, until: datetime, now: datetime) -> TooOftenError:
    return TooOftenError(key[0], until, max(1, round((until - now).total_seconds())))


def _count(unit: Unit, key: _Whose, now: datetime, step: int) -> tuple[int, datetime]:
    return count_attempt(unit, key[0].value, key[1], now, ALLOWED_WITHIN, step)


def _remember(
    known: dict[_Whose, V], key: _Whose, value: V, now: datetime, end: Callable[[V], datetime]
) -> None:
    """Keep a value, and of many only those that have not ended."""
    if len(known) >= _MOST_REMEMBERED:
        standing = {name: told for name, told in known.items() if end(told) > now}
        known.clear()
        known.update(standing if len(standing) < _MOST_REMEMBERED else {})
    known[key] = value
