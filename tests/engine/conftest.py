"""The published questionnaire, and a short way to judge answers to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from riskq.engine import Judge, read_answers
from riskq.questionnaire import Questionnaire
from tests.ai_law import questionnaire

Judging = Callable[..., Judge]


@pytest.fixture(scope="session")
def law() -> Questionnaire:
    """The questionnaire on Kazakhstan's AI law."""
    return questionnaire()


@pytest.fixture
def judging(law: Questionnaire) -> Judging:
    """Judges answers, written with underscores, of a system inside the law's reach."""

    def judge(on: date = date(2026, 11, 2), **said: object) -> Judge:
        inside = {"model-based": "yes", "kazakhstan-link": ["operated-in-kz"], "role": "owner"}
        answers = {**inside, **{name.replace("_", "-"): raw for name, raw in said.items()}}
        return Judge(law, read_answers(law, answers, on), on)

    return judge
