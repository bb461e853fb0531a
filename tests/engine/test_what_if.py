"""What a level hangs on, against the brute force, and on the law."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import example, given, settings

from riskq.engine import Answer, Answers, Judge, Truth, Unsure, WhatIf, read_answers, write_answer
from riskq.questionnaire import Questionnaire, Scale
from tests.ai_law import answers_of, cases, questionnaire
from tests.engine.brute_force import BruteForce, truths_of
from tests.engine.strategies import ON, SEEDS, draw_answers, draw_questionnaire

Effect = tuple[frozenset[str], tuple[str, ...]]
"""The questions whose answers change, and the levels that are then possible."""


def changes_of(case: str, scale: str) -> dict[tuple[tuple[str, object], ...], tuple[str, ...]]:
    """The changes for a case, as a file of answers writes them."""
    asked, on = questionnaire(), cases()[case].on
    judge = Judge(asked, read_answers(asked, answers_of(case), on), on)
    return {
        tuple(
            (name, str(write_answer(asked.by_id[name], new))) for name, new in one.answers.items()
        ): (one.possible)
        for one in WhatIf(judge, scale).changes()
    }


def brute_changes(asked: Questionnaire, answers: Answers, scale: Scale) -> set[Effect]:
    """Every smallest change of known answers that count, by enumeration."""
    counted = Judge(asked, answers, ON).journey.counted
    known = [name for name, answer in counted.items() if not isinstance(answer, Unsure)]
    moves = [(name, truth) for name in known for truth in truths_of(asked, asked.by_id[name], ON)]

    def levels(changed: dict[str, Answer]) -> tuple[str, ...]:
        return BruteForce(asked, {**answers, **changed}, ON).levels_if_applies(scale)

    now = levels({})
    alone = {move: levels(dict([move])) for move in moves}
    found = {(frozenset([name]), after) for (name, _), after in alone.items() if after != now}
    rest = [move for move in moves if alone[move] == now]
    for pair in combinations(rest, 2):
        if pair[0][0] != pair[1][0] and (after := levels(dict(pair))) != now:
            found.add((frozenset(name for name, _ in pair), after))
    return found


def expect_exact_changes(seed: int) -> None:
    """The changes told are those that enumeration finds, and none where a level is open."""
    rng = random.Random(seed)
    asked = draw_questionnaire(rng)
    answers = draw_answers(rng, asked, 20)
    judge = Judge(asked, answers, ON)
    for scale in asked.rulebook.scales:
        what_if = WhatIf(judge, scale.id)
        told = {(frozenset(one.answers), one.possible) for one in what_if.changes()}
        result = judge.scale(scale.id)
        is_settled = result.applies is Truth.HOLDS and result.level is not None
        assert told == (brute_changes(asked, answers, scale) if is_settled else set())


@given(seed=SEEDS)
@settings(max_examples=60)
def test_the_smallest_changes_are_exactly_those_that_enumeration_finds(seed: int) -> None:
    expect_exact_changes(seed)


@pytest.mark.slow
@given(seed=SEEDS)
@settings(max_examples=2_000)
def test_the_smallest_changes_stay_exact_over_many_questionnaires(seed: int) -> None:
    expect_exact_changes(seed)


@given(seed=SEEDS)
@example(seed=2806)
@settings(max_examples=150)
def test_the_order_names_every_deciding_question_after_those_that_decide_its_asking(
    seed: int,
) -> None:
    rng = random.Random(seed)
    asked = draw_questionnaire(rng)
    judge = Judge(asked, draw_answers(rng, asked, 10**9), ON)
    for scale in asked.rulebook.scales:
        result, order = judge.scale(scale.id), WhatIf(judge, scale.id).order()
        assert sorted(order) == sorted(result.decides)
        for place, name in enumerate(order):
            waits = asked.by_id[name].ask_if, asked.section_of[name].ask_if
            if all(judge.truth(gate) is Truth.HOLDS for gate in waits):
                continue
            later = set(order[place + 1 :])
            assert later.isdisjoint(expect_no_wait(judge, name, later))


def expect_no_wait(judge: Judge, name: str, later: set[str]) -> set[str]:
    """Those of the later questions whose answers could still decide whether this one is asked."""
    found = set()
    for other in later:
        question = judge.questionnaire.by_id[other]
        asked = {
            Judge(judge.questionnaire, {**judge.answers, other: truth}, ON).is_asked(name)
            for truth in truths_of(judge.questionnaire, question, ON)
        }
        if len(asked) > 1:
            found.add(other)
    return found


def test_a_class_hangs_on_the_answers_that_the_law_looks_at() -> None:
    found = changes_of("call-centre-satisfaction", "risk")
    assert found[(("emergency", "yes"),)] == ("high",)
    assert found[(("significant-harm", "['defence']"),)] == ("high",)
    assert found[(("users-efficiency", "no"),)] == ("minimal",)
    assert not any("sector" in dict(change) for change in found)


def test_a_prohibition_of_three_parts_hangs_on_each_of_them() -> None:
    found = changes_of("call-centre-satisfaction", "prohibition")
    for change in (
        ("emotion-recognition", "no"),
        ("emotion-consent", "yes"),
        ("emotion-by-law", "yes"),
    ):
        assert found[(change,)] == ("none",)


def test_two_answers_are_told_together_where_neither_is_enough() -> None:
    found = changes_of("driverless-bus", "risk")
    harmless = (("emergency", "no"), ("significant-harm", "['none']"))
    assert found[harmless] == ("minimal", "medium")
    assert not any((move,) in found for move in harmless)


def test_what_settles_most_is_asked_first() -> None:
    on = cases()["vendor-tells-nothing"].on
    answers = read_answers(questionnaire(), {"model-based": "yes"}, on)
    judge = Judge(questionnaire(), answers, on)
    assert WhatIf(judge, "scope").order() == ("kazakhstan-link",)
    assert WhatIf(judge, "risk").order()[0] in ("emergency", "significant-harm", "kazakhstan-link")
