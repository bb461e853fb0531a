"""The desk: what every use of the program works with, and what time it is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct, field

from riskq.clock import local_time, now
from riskq.questionnaire import Catalogue
from riskq.services.encryption import NO_KEYS, KeyRing
from riskq.services.passwords import Passwords
from riskq.services.recent import Recent
from riskq.store import FileStore, NoFiles, Store

__all__ = ["NEVER", "Desk"]

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Until when something is kept that does not expire."""


class Desk(Struct, frozen=True):
    """The store, the catalogue and the clock; ``keep_days`` after the last change data goes.

    ``recent`` spares reading and judging again what was opened a moment ago; ``passwords`` says how
    dearly passwords are kept; ``files`` keeps what is attached to answers; ``keys``
    are the master keys, without which nothing that a workspace holds can be opened.
    """

    store: Store
    catalogue: Catalogue
    clock: Callable[[], datetime] = now
    keep_days: int = 400
    recent: Recent = field(default_factory=Recent)
    passwords: Passwords = Passwords()
    files: FileStore = field(default_factory=NoFiles)
    keys: KeyRing = NO_KEYS

    def today(self) -> date:
        """The present day in Kazakhstan."""
        return local_time(self.clock()).date()

    def expires(self) -> datetime:
        """Until when something is kept that is touched now."""
        return self.clock() + timedelta(days=self.keep_days)
