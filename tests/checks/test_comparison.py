"""Two editions compared: what is proved to be the same is, and what differs is shown."""

from __future__ import annotations

import json
from random import Random

import pytest
from hypothesis import given, settings

from riskq.checks import Comparison, LogicChange, compare
from riskq.checks.mutants import mutants
from riskq.cli import main
from riskq.engine import Judge, read_answers
from riskq.questionnaire import AllOf, Catalogue, Questionnaire, load_cases
from tests.checks.test_prover import LATE, draw_small
from tests.engine.brute_force import BruteForce, World
from tests.engine.strategies import SEEDS

NAME = "kz-ai-law"


def told(world: World) -> dict[tuple[str, str], object]:
    """Everything that a combination of answers comes to, by what it is and its id."""
    book = world.questionnaire.rulebook
    found: dict[tuple[str, str], object] = {}
    for scale in book.scales:
        rule = world.rule(scale)
        found["level", scale.id] = rule and rule.level
        found["because", scale.id] = rule and rule.id
        found["applies", scale.id] = world.holds(scale.applies_if)
    for duty in book.duties:
        found["duty", duty.id] = world.state(duty) if world.holds(duty.when) else None
    for item in book.requirements:
        found["requirement", item.id] = world.holds(item.when)
        found["met", item.id] = world.holds(AllOf((item.when, item.met)))
    found |= {("notice", notice.id): world.holds(notice.when) for notice in book.notices}
    found |= {("fine", fine.id): world.holds(fine.when) for fine in book.fines}
    asked = world.questionnaire.questions
    return found | {("question", item.id): world.is_asked(item.id) for item in asked}


def expect_the_differences(old: Questionnaire, new: Questionnaire) -> None:
    """What is told to have changed is what some combination of answers shows, and no more."""
    worlds = BruteForce(old, {}, LATE).worlds
    pairs = [(told(world), told(World(new, world.said, LATE))) for world in worlds]
    differing = {name for before, after in pairs for name in before if before[name] != after[name]}
    found = compare(old, new, [], [])
    changed = [change for change in found.logic if change.change == "changed"]
    assert {(change.what, change.id) for change in changed} == differing
    assert found.proved_same == len(pairs[0][0]) - len(differing)
    for change in changed:
        expect_a_true_example(old, new, change)


def expect_a_true_example(old: Questionnaire, new: Questionnaire, change: LogicChange) -> None:
    """With the example the two judge differently, as is said."""
    assert change.old != change.new
    judges = [Judge(q, read_answers(q, change.example, LATE), LATE) for q in (old, new)]
    if change.what == "level" and "unsure" not in change.example.values():
        levels = [judge.scale(change.id).possible for judge in judges]
        assert levels == [(name,) if name else () for name in (change.old, change.new)]


@given(seed=SEEDS)
@settings(max_examples=60)
def test_differences_are_exactly_those_that_enumeration_shows(seed: int) -> None:
    old = draw_small(seed, most=150)
    made = list(mutants(old))
    for mutant in Random(seed).sample(made, min(3, len(made))):
        expect_the_differences(old, mutant.questionnaire)


@pytest.mark.slow
@given(seed=SEEDS)
@settings(max_examples=2_000)
def test_differences_stay_exact_over_many_questionnaires(seed: int) -> None:
    old = draw_small(seed, most=100)
    made = list(mutants(old))
    for mutant in Random(seed).sample(made, min(3, len(made))):
        expect_the_differences(old, mutant.questionnaire)


@given(seed=SEEDS)
@settings(max_examples=30)
def test_an_edition_differs_in_nothing_from_itself(seed: int) -> None:
    drawn = draw_small(seed, most=150)
    found = compare(drawn, drawn, [], [])
    assert (found.logic, found.rewritten, found.words, found.cases) == ((), (), (), ())


def test_questionnaires_of_other_questions_can_be_compared() -> None:
    for seed in range(40):
        old, new = draw_small(seed, most=300), draw_small(seed + 1000, most=300)
        found = compare(old, new, [], [])
        scales = {change.id for change in found.logic if change.what == "level"}
        both = {s.id for s in old.rulebook.scales} ^ {s.id for s in new.rulebook.scales}
        assert both <= scales


def published() -> Comparison:
    """The two editions on the AI law."""
    catalogue = Catalogue()
    days = catalogue.editions(NAME)[:2]
    old, new = (catalogue.load(NAME, day) for day in days)
    cases = [load_cases(catalogue.edition(NAME, day)) for day in days]
    return compare(old, new, *cases)


def test_the_editions_of_the_law_differ_in_the_review_by_a_person() -> None:
    found = published()
    (duty,) = [change for change in found.logic if change.change == "changed"]
    assert (duty.what, duty.id, duty.old, duty.new) == (
        *("duty", "automated-decisions", "missing", "partly"),
    )
    assert duty.example["decision-safeguards"] == ["human-review"]
    assert found.proved_same > 100
    assert found.judged_cases > 80
    assert {word.language for word in found.words} == {"kk", "ru", "en"}
    levels = [r for case in found.cases for r in case.results if r.what == "level"]
    assert levels == []


def test_the_command_tells_words_logic_and_cases(capsys: pytest.CaptureFixture[str]) -> None:
    editions = [f"{NAME}/2026-01-18", f"{NAME}/2026-08-25"]
    assert main(["diff", *editions, "--lang", "ru"]) == 0
    text = capsys.readouterr().out
    assert "duty automated-decisions: changed, missing → partly with {model-based: yes" in text
    assert "things are proved to be the same for all answers" in text
    assert "Words (ru)" in text
    assert main(["diff", *editions, "--format", "json"]) == 0
    form = json.loads(capsys.readouterr().out)
    assert set(form) == {
        *("old", "new", "logic", "rewritten", "proved_same", "cases", "judged_cases", "words")
    }
    cited = next(one for one in form["rewritten"] if one["what"] == "cites of duty")
    assert cited.keys() == {"what", "id", "old", "new"}
    assert main(["diff", NAME, editions[1]]) == 2
    assert "Name one of: 2026-01-18, 2026-08-25." in capsys.readouterr().err
