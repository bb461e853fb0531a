"""The engine against the brute force, on random questionnaires and random answers.

The engine shows exactly what some completion of the answers reaches, no less and no more.
"""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings

from riskq.engine import Answer, Answers, Judge, Truth, Unsure, assess
from riskq.questionnaire import Questionnaire, conditions_of
from tests.engine.brute_force import BruteForce, truths_of
from tests.engine.strategies import ON, SEEDS, draw_answers, draw_questionnaire

ENDLESS = 10**12
QUICK = settings(max_examples=150)
LONG = settings(max_examples=12_000)


def draw_situation(seed: int, completions: int = ENDLESS) -> tuple[Questionnaire, Answers]:
    """A questionnaire with answers to some of its questions."""
    rng = random.Random(seed)
    questionnaire = draw_questionnaire(rng)
    return questionnaire, draw_answers(rng, questionnaire, completions)


def expect_exact_results(seed: int, completions: int) -> None:
    """Every result of the engine is what all completions together say."""
    questionnaire, answers = draw_situation(seed, completions)
    brute, judge = BruteForce(questionnaire, answers, ON), Judge(questionnaire, answers, ON)
    book = questionnaire.rulebook
    for question in questionnaire.questions:
        assert judge.is_asked(question.id) is brute.asked(question.id), question.id
    for condition in conditions_of(questionnaire.sections, book):
        assert judge.truth(condition) is brute.truth(condition)
    for duty in book.duties:
        result = judge.duty(duty)
        if result.applies is not Truth.FAILS:
            assert result.state is brute.state(duty)
        assert judge.duty(duty).applies is brute.truth(duty.when)
    for item in book.requirements:
        if brute.truth(item.when) is not Truth.FAILS:
            assert judge.requirement(item).met is brute.met(item)
    expect_exact_scales(judge, brute)


def expect_exact_scales(judge: Judge, brute: BruteForce) -> None:
    """Levels, deciding rules and deciding questions of every scale are exact."""
    for scale in brute.questionnaire.rulebook.scales:
        result = judge.scale(scale.id)
        assert result.possible == brute.levels(scale)
        rules = brute.rules(scale)
        assert result.because[: len(rules)] == rules
        for extra in result.because[len(rules) :]:
            rule = next(rule for rule in scale.rules if rule.id == extra)
            assert result.possible == (rule.level,)
            assert brute.truth(rule.when) is Truth.HOLDS
        assert result.applies is brute.truth(scale.applies_if)
        assert result.if_applies == brute.levels_if_applies(scale)
        wanted = brute.decides(scale) if len(result.possible) > 1 else ()
        assert result.decides == wanted


@given(seed=SEEDS)
@QUICK
def test_results_are_exactly_what_completions_reach(seed: int) -> None:
    expect_exact_results(seed, completions=300)


@pytest.mark.slow
@given(seed=SEEDS)
@LONG
def test_results_stay_exact_over_very_many_questionnaires(seed: int) -> None:
    expect_exact_results(seed, completions=150)


@given(seed=SEEDS)
@QUICK
def test_answering_what_is_asked_next_ends(seed: int) -> None:
    rng = random.Random(seed)
    questionnaire = draw_questionnaire(rng)
    answers: dict[str, Answer] = {}
    for _ in questionnaire.questions:
        asked = Judge(questionnaire, answers, ON).journey.next
        if asked is not None:
            truths = truths_of(questionnaire, questionnaire.by_id[asked], ON)
            answers[asked] = rng.choice(truths)
    conclusion = assess(questionnaire, answers, ON)
    assert conclusion.is_complete
    assert not conclusion.journey.set_aside
    assert not conclusion.decides


@given(seed=SEEDS)
@QUICK
def test_answers_set_aside_change_nothing(seed: int) -> None:
    questionnaire, answers = draw_situation(seed)
    whole = assess(questionnaire, answers, ON)
    counted = assess(questionnaire, whole.journey.counted, ON)
    assert {**whole.journey.counted, **whole.journey.set_aside} == answers
    assert counted.journey.set_aside == {}
    assert counted.journey.asked == whole.journey.asked
    assert counted.journey.next == whole.journey.next
    for part in ("scales", "duties", "notices", "requirements", "fines", "decides"):
        assert getattr(counted, part) == getattr(whole, part)


@given(seed=SEEDS)
@QUICK
def test_the_order_of_answering_does_not_matter(seed: int) -> None:
    questionnaire, answers = draw_situation(seed)
    names = list(answers)
    random.Random(seed).shuffle(names)
    shuffled = {name: answers[name] for name in names}
    assert assess(questionnaire, shuffled, ON) == assess(questionnaire, answers, ON)


@given(seed=SEEDS)
@QUICK
def test_an_answer_set_aside_comes_back_with_the_path(seed: int) -> None:
    questionnaire, answers = draw_situation(seed)
    before = assess(questionnaire, answers, ON)
    for name in answers:
        for truth in truths_of(questionnaire, questionnaire.by_id[name], ON)[:2]:
            between = assess(questionnaire, {**answers, name: truth}, ON).journey
            kept = {**between.counted, **between.set_aside}
            assert kept == {**answers, name: truth}
            assert assess(questionnaire, {**kept, name: answers[name]}, ON) == before


@given(seed=SEEDS)
@QUICK
def test_what_is_kept_of_the_answers_before_changes_nothing(seed: int) -> None:
    rng = random.Random(seed)
    questionnaire = draw_questionnaire(rng)
    judge = Judge(questionnaire, {}, ON)
    for _ in range(8):
        question = rng.choice(questionnaire.questions)
        answer: Answer = rng.choice(truths_of(questionnaire, question, ON))
        if question.unsure and rng.random() < 0.3:
            answer = Unsure()
        # One of the two is asked everything; the other goes on, asked all, a part, or nothing.
        after, asked = (judge.with_answer(question.id, answer) for _ in range(2))
        anew = Judge(questionnaire, after.answers, ON)
        assert after.answers == {**judge.answers, question.id: answer}
        assert asked.conclusion == anew.conclusion
        for scale in questionnaire.rulebook.scales:
            assert asked.levels(scale.id) == anew.levels(scale.id)
        for condition in conditions_of(questionnaire.sections, questionnaire.rulebook):
            assert asked.truth(condition) is anew.truth(condition)
        if part := rng.choice(["conclusion", "journey", ""]):
            getattr(after, part)
        judge = after
