"""What time it is in Kazakhstan, in whose days deadlines, editions and assessments are counted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

__all__ = ["KAZAKHSTAN", "local_time", "now", "today"]

KAZAKHSTAN = timezone(timedelta(hours=5))
"""The one time zone of Kazakhstan since 1 March 2024."""


def now() -> datetime:
    """The present moment, in UTC and whole milliseconds, as it is stored."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def today() -> date:
    """The present day in Kazakhstan."""
    return local_time(now()).date()


def local_time(moment: datetime) -> datetime:
    """A moment, given with its time zone, as clocks in Kazakhstan show it."""
    return moment.astimezone(KAZAKHSTAN)
