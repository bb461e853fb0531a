"""The published questionnaire on the AI law, with its cases, as tests of every part use it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import cast

import pytest

from riskq.engine import plain
from riskq.i18n import LANGUAGES
from riskq.questionnaire import Case, Catalogue, Questionnaire, load_cases

__all__ = [
    "EDITION",
    "NAME",
    "ONE_QUICKLY",
    "answers_of",
    "cases",
    "questionnaire",
    "some_quickly",
]

NAME, EDITION = "kz-ai-law", date(2026, 8, 25)


ONE_QUICKLY: list[object] = [
    pytest.param(language, marks=[] if language == LANGUAGES[0] else pytest.mark.slow)
    for language in LANGUAGES
]
"""The languages for what takes seconds in each: one is tried every time, the others slowly."""


def some_quickly(step: int) -> list[object]:
    """The cases for what takes long with each: every so many is tried every time, others slowly."""
    return [
        pytest.param(case, marks=[] if number % step == 0 else pytest.mark.slow)
        for number, case in enumerate(cases())
    ]


@cache
def questionnaire() -> Questionnaire:
    """The published edition that the cases belong to."""
    return Catalogue().load(NAME, EDITION)


@cache
def cases() -> Mapping[str, Case]:
    """The cases of the edition, by their ids."""
    return {case.id: case for case in load_cases(Catalogue().edition(NAME, EDITION))}


def answers_of(case: str) -> Mapping[str, object]:
    """The answers of a case as its file has them."""
    return cast("Mapping[str, object]", plain(cases()[case].answers))
