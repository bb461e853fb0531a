"""Where a thing was written is no part of what it is."""

from __future__ import annotations

import pytest

from riskq.questionnaire import ALWAYS, Always, Beyond, Includes, Place

HERE, THERE = Place("rules.yml", 3), Place("rules.yml", 9)


def test_the_same_on_another_line_is_equal() -> None:
    one, other = Includes("harms", ("people",), place=HERE), Includes("harms", ("people",))
    assert one == other
    assert (one != other) is False
    assert {one} == {other}
    assert Always(place=THERE) == ALWAYS


def test_what_says_something_else_is_not() -> None:
    one = Includes("harms", ("people",), place=HERE)
    assert one != Includes("harms", ("property",), place=HERE)
    assert one != Beyond("harms", ("people",), place=HERE)
    assert one != "harms"


def test_a_value_stays_as_it_is() -> None:
    with pytest.raises(AttributeError):
        # What types forbid is tried all the same.
        Includes("harms", ("people",)).question = "users"  # type: ignore[misc]
