"""Questionnaires of 300 questions are proved and judged, and larger ones are told to be too large.

Diagrams of long questionnaires are deeper than Python functions may call themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from benchmarks.growth import listed, scored
from riskq.checks import check_rules, compare
from riskq.checks.mutation import changed_outcomes
from riskq.cli import main
from riskq.engine import Chosen, Judge, WhatIf
from riskq.engine.diagrams import Diagrams
from riskq.questionnaire import Questionnaire
from tests.builders import Folder

MANY = 300
ON = date(2026, 11, 1)
LONG = [pytest.param(scored, id="score"), pytest.param(listed, id="any")]


Made = Callable[[int], Questionnaire]


def answered(count: int, option: str) -> dict[str, Chosen]:
    """The same answer to the first so many questions."""
    return {f"q{index}": Chosen((option,)) for index in range(count)}


@pytest.mark.slow
@pytest.mark.parametrize("made", LONG)
def test_a_long_questionnaire_is_proved(made: Made) -> None:
    assert check_rules(made(MANY)) == ()


@pytest.mark.slow
@pytest.mark.parametrize("made", LONG)
def test_a_long_questionnaire_is_judged(made: Made) -> None:
    questionnaire = made(MANY)
    judge = Judge(questionnaire, {}, ON)
    assert judge.scale("overall").possible == ("light", "grave")
    assert len(judge.scale("overall").decides) == MANY
    assert len(WhatIf(judge, "overall").order()) == MANY
    for option, level in (("yes", "grave"), ("no", "light")):
        judge = Judge(questionnaire, answered(MANY, option), ON)
        assert judge.scale("overall").level == level


def test_long_questionnaires_are_compared() -> None:
    old, new = listed(MANY - 1), listed(MANY)
    found = [(change.what, change.id, change.change) for change in compare(old, new, [], []).logic]
    assert ("question", f"q{MANY - 1}", "added") in found
    assert ("level", "overall", "changed") in found
    assert {outcome.what for outcome in changed_outcomes(old, new)} >= {"level"}


def test_a_score_counts_the_points_of_the_questions_asked() -> None:
    judge = Judge(scored(120), answered(100, "yes"), ON)
    total = judge.compiled.score("impact")
    diagrams = judge.compiled.diagrams
    allowed = judge.allowed(range(120))
    values = [int(str(value)) for value in diagrams.values(diagrams.leaves(total, allowed, {}))]
    # The first hundred "yes" bring 1, 2, 3, 1, 2, … points, and the rest at most 41 more.
    assert (min(values), max(values)) == (199, 240)


def test_a_branch_may_look_at_earlier_variables() -> None:
    diagrams = Diagrams()
    one, two = diagrams.leaf("one"), diagrams.leaf("two")
    earlier = diagrams.node(0, (one, two))
    assert diagrams.select(1, (earlier, one)) == diagrams.node(
        0, (one, diagrams.node(1, (two, one)))
    )


def write_points(folder: Folder) -> None:
    """Twenty questions whose points never add up to the same sum twice."""
    asked = "".join(
        f"      - {{id: p{i}, kind: one, options: [{{id: yes, points: {{sum: {2**i}}}}}, no]}}\n"
        for i in range(20)
    )
    first = "      - {id: name, kind: text, length: {min: 1, max: 80}}\n"
    folder.change("questions.yml", first, first + asked)
    folder.change("rules.yml", "facts:\n", "scores: [sum]\nfacts:\n")
    folder.change(
        "rules.yml", "when: {users: {at-least: 1000}}", "when: {score: {sum: {above: 99}}}"
    )
    for language in ("kk", "ru", "en"):
        text = "".join(f"  p{i}: {{ask: One more?}}\n" for i in range(20))
        folder.change(f"text/{language}.yml", "questions:\n", f"questions:\n{text}")


def test_what_is_too_large_is_told(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    write_points(folder)
    assert main(["check", str(folder.edition.folder)]) == 2
    told = capsys.readouterr().err
    assert told.startswith("small/2026-05-01: its points add up to more than 200,000 different ")


def test_diagrams_that_grow_too_large_are_told(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("riskq.engine.diagrams.MOST_NODES", 20)
    assert main(["check", str(folder.edition.folder)]) == 2
    told = capsys.readouterr().err
    assert told.startswith("small/2026-05-01: its rules need more than 20 nodes of decision ")
