"""The published questionnaire on the AI law, with its cases, as tests of every part use it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import cast

from riskq.engine import plain
from riskq.questionnaire import Case, Catalogue, Questionnaire, load_cases

__all__ = [
    "EDITION",
    "NAME",
    "answers_of",
    "cases",
    "questionnaire",
]

NAME, EDITION = "kz-ai-law", date(2026, 8, 25)


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
