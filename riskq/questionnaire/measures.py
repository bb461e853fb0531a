"""Numbers, days and spans of time: how files write them, and how they are compared."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct, field

__all__ = [
    "DAY_PATTERN",
    "PERIOD_PATTERN",
    "Bound",
    "Comparison",
    "Period",
    "TimeSpan",
    "number_mend",
    "read_bound",
    "read_period",
    "write_period",
]

DAY_PATTERN = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
PERIOD_PATTERN = r"([1-9][0-9]{0,2}) (day|month|year)s?"
_NUMBER_PATTERN = r"-?[0-9]{1,18}(\.[0-9]{1,9})?"

Bound = Decimal | date
"""What a number (``Decimal``) or a date is compared with."""

Comparable = TypeVar("Comparable", Decimal, date)


class Comparison(StrEnum):
    """How a number, a date or a score is compared with a bound."""

    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    ABOVE = "above"
    BELOW = "below"

    def holds(self, left: Comparable, right: Comparable) -> bool:
        """Tell whether ``left`` stands to ``right`` as this word says: two numbers or two days."""
        if self is Comparison.AT_LEAST:
            return left >= right
        if self is Comparison.AT_MOST:
            return left <= right
        if self is Comparison.ABOVE:
            return left > right
        return left < right


class Period(Struct, frozen=True, order=True):
    """A span of calendar time, such as one year; ``days`` are added after ``months``."""

    months: int
    days: int

    def before(self, day: date) -> date:
        """The day that lies one period before ``day`` (a 29 February becomes a 28 February)."""
        return _shift(day, -self.months, -self.days)

    def after(self, day: date) -> date:
        """The day that lies one period after ``day`` (a 29 February becomes a 28 February)."""
        return _shift(day, self.months, self.days)


def _shift(day: date, months: int, days: int) -> date:
    """Move a day by months and then by days; the calendar's first and last day stop it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        moved = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        return moved + timedelta(days=days)
    except (ValueError, OverflowError):
        return date.min if months + days < 0 else date.max


class TimeSpan(Struct, frozen=True):
    """From a day, and until a day if an end is known; both days belong to the span."""

    start: date = field(name="from")
    end: date | None = field(default=None, name="until")

    def includes(self, day: date) -> bool:
        """Tell whether the day lies in the span."""
        return self.start <= day and (self.end is None or day <= self.end)


def read_period(text: str) -> Period | None:
    """Read a period such as ``1 year``, ``6 months`` or ``90 days``; ``None`` if it is none."""
    match = re.fullmatch(PERIOD_PATTERN, text)
    if match is None:
        return None
    count, unit = int(match[1]), match[2]
    if unit == "day":
        return Period(0, count)
    return Period(count * (12 if unit == "year" else 1), 0)


def write_period(period: Period) -> str:
    """Write a period so that ``read_period`` reads the same one."""
    count, unit = (period.days, "day") if period.days else (period.months, "month")
    if unit == "month" and count % 12 == 0:
        count, unit = count // 12, "year"
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def number_mend(text: str) -> str:
    """How to mend a text that is no number; many languages write decimals with a comma."""
    pointed = text.replace(",", ".")
    is_decimal = re.fullmatch(_NUMBER_PATTERN, pointed) is not None
    return f"Write {pointed}, with a point." if is_decimal else "Write a number."


def read_bound(text: str) -> Bound | None:
    """Read a number such as 31 or -0.5, or a date such as 2026-01-31; ``None`` if it is neither."""
    if re.fullmatch(_NUMBER_PATTERN, text):
        return Decimal(text)
    if re.fullmatch(DAY_PATTERN, text) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
