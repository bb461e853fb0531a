"""Which of many alike tests are tried every time; the others are slow ones, and no less tried."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from riskq.i18n import LANGUAGES

__all__ = ["ONE_QUICKLY", "some_quickly"]


def some_quickly(names: Iterable[object], step: int) -> list[object]:
    """The parameters for what takes long with each: every so many is tried every time."""
    return [
        pytest.param(name, marks=[] if number % step == 0 else pytest.mark.slow)
        for number, name in enumerate(names)
    ]


ONE_QUICKLY = some_quickly(LANGUAGES, len(LANGUAGES))
"""The languages for what takes seconds in each."""
