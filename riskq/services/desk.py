"""The desk: what every use of the program works with, and what time it is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from riskq.questionnaire import Catalogue
from riskq.store import Store

__all__ = ["KAZAKHSTAN", "Desk", "local_time", "now"]

KAZAKHSTAN = timezone(timedelta(hours=5))
"""The one time zone of Kazakhstan since 1 March 2024; days are counted in it."""


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Desk:
    """The store, the catalogue and the clock; ``keep_days`` after the last change data goes."""

    store: Store
    catalogue: Catalogue
    clock: Callable[[], datetime] = now
    keep_days: int = 400

    def today(self) -> date:
        """The present day in Kazakhstan."""
        return self.clock().astimezone(KAZAKHSTAN).date()

    def expires(self) -> datetime:
        """Until when something is kept that is touched now."""
        return self.clock() + timedelta(days=self.keep_days)


def local_time(moment: datetime) -> datetime:
    """A moment as clocks in Kazakhstan show it."""
    return moment.astimezone(KAZAKHSTAN)
