"""Numbers, days and periods are read as people mean them, and nothing else is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from riskq.questionnaire import Bound, Period, read_bound
from riskq.questionnaire.measures import read_period


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("31", Decimal(31)),
        ("-0.5", Decimal("-0.5")),
        ("20260825", Decimal(20260825)),
        ("2026-08-25", date(2026, 8, 25)),
    ],
)
def test_a_bound_is_a_number_or_a_date(text: str, bound: Bound) -> None:
    assert read_bound(text) == bound


@pytest.mark.parametrize(
    "text",
    ["", "many", "NaN", "Infinity", "1e999999", "1_000", "1,5", "٣", "2026-02-30", "2026-W35-2"],
)
def test_nothing_else_is_a_bound(text: str) -> None:
    assert read_bound(text) is None


def test_periods_count_by_the_calendar_and_stop_at_its_ends() -> None:
    month, years = read_period("1 month"), read_period("999 years")
    assert month == Period(1, 0)
    assert month.before(date(2026, 3, 31)) == date(2026, 2, 28)
    assert month.after(date(2026, 1, 31)) == date(2026, 2, 28)
    assert Period(12, 0).before(date(2024, 2, 29)) == date(2023, 2, 28)
    assert Period(0, 365).before(date(2024, 2, 29)) == date(2023, 3, 1)
    assert years is not None
    assert years.before(date(500, 1, 1)) == date.min
    assert years.after(date(9500, 1, 1)) == date.max
