"""The prover against the brute force: exactly what all combinations of answers show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from riskq.checks import Finding, check_rules
from riskq.engine import Judge, Truth, read_answers
from riskq.questionnaire import Kind, Question, Questionnaire, Scale, Section
from tests.checks.brute_findings import BruteFindings, Known
from tests.engine.brute_force import count_completions
from tests.engine.strategies import SEEDS, draw_questionnaire

LATE = date(2031, 3, 31)
"""The day of the editions, from which examples count; every fixed day of theirs has come."""

NAMED = re.compile(r'"([^"]+)"')
IN_CONDITION = re.compile(
    r'in (the .*) the (?:part (?P<part>.*)|option "(?P<option>.*)" of "(?P<question>.*)")'
    r" (?:never holds|changes nothing|can never be chosen where it would count)"
)
NAMES_TOLD = {
    "equal-facts": 2,
    "equal-rules": 2,
    "level-never-reached": 2,
    "state-never-reached": 2,
}


def known(finding: Finding) -> Known:
    """The finding by its code and the names that it tells."""
    inside = IN_CONDITION.fullmatch(finding.what)
    if inside:
        title, part, option, question = inside.groups()
        told = (part,) if part is not None else (option, question)
        return finding.code, title, *told
    if finding.code == "always-holds":
        return finding.code, finding.what.removesuffix(" holds with all answers")
    names = NAMED.findall(finding.what)
    if finding.code == "option-shadowed":
        return finding.code, *names[:3]
    if finding.code == "monotone-violated":
        question = re.search(r"\{([a-z0-9]+):", finding.what)
        return finding.code, names[0], question[1] if question else ""
    return finding.code, *names[: NAMES_TOLD.get(finding.code, 1)]


def draw_with_orders(rng: Random) -> Questionnaire:
    """A drawn questionnaire with declared orders and questions for the record, right or wrong."""
    questionnaire = draw_questionnaire(rng)
    book = questionnaire.rulebook
    scales = tuple(_ordered(rng, questionnaire, scale) for scale in book.scales)
    sections = tuple(_recorded(rng, section) for section in questionnaire.sections)
    return replace(
        questionnaire, edition=LATE, sections=sections, rulebook=replace(book, scales=scales)
    )


def _recorded(rng: Random, section: Section) -> Section:
    """The section with some of its questions marked as kept for the record."""
    marked = (replace(question, record=rng.random() < 0.1) for question in section.questions)
    return replace(section, questions=tuple(marked))


def _ordered(rng: Random, questionnaire: Questionnaire, scale: Scale) -> Scale:
    orders = {
        question.id: order
        for question in questionnaire.questions
        for order in _orders(rng, question)
        if rng.random() < 0.5
    }
    return replace(scale, monotone=orders)


def _orders(rng: Random, question: Question) -> Iterator[tuple[str, ...]]:
    if question.kind is Kind.NUMBER:
        yield rng.choice([("less", "more"), ("more", "less")])
    elif question.kind in (Kind.ONE, Kind.MANY):
        yield tuple(rng.sample(question.option_ids, rng.randint(2, len(question.option_ids))))


def draw_small(seed: int, most: int) -> Questionnaire:
    """A drawn questionnaire that has at most so many combinations of answers."""
    rng = Random(seed)
    while True:
        questionnaire = draw_with_orders(rng)
        if count_completions(questionnaire, {}, LATE) <= most:
            return questionnaire


def expect_the_same(seed: int, most: int) -> None:
    """Prover and brute force find the same, and the examples show what they are there for."""
    questionnaire = draw_small(seed, most)
    findings = check_rules(questionnaire)
    assert {known(one) for one in findings} == BruteFindings(questionnaire, LATE).known()
    for finding in findings:
        expect_a_true_example(questionnaire, finding)


def expect_a_true_example(questionnaire: Questionnaire, finding: Finding) -> None:
    """With the example, whatever else is answered, the finding is there."""
    answers = read_answers(questionnaire, finding.example, LATE)
    judge, book = Judge(questionnaire, answers, LATE), questionnaire.rulebook
    wanted = Truth.OPEN if "unsure" in finding.example.values() else Truth.HOLDS
    assert judge.journey.set_aside == {}
    names = known(finding)
    if finding.code == "no-level":
        reached = judge.scale(names[1])
        assert reached.possible == () or wanted is Truth.OPEN
    elif finding.code in ("rule-shadowed", "equal-rules"):
        rules = [rule for scale in book.scales for rule in scale.rules if rule.id == names[1]]
        assert judge.truth(rules[0].when) in (wanted, Truth.HOLDS)
    elif finding.code == "question-never-asked":
        assert judge.truth(questionnaire.by_id[names[1]].ask_if) in (wanted, Truth.HOLDS)
    elif finding.code == "requirement-never-met":
        (requirement,) = book.requirements
        assert judge.truth(requirement.when) in (wanted, Truth.HOLDS)


@given(seed=SEEDS)
@settings(max_examples=25)
def test_the_prover_finds_what_all_combinations_show(seed: int) -> None:
    expect_the_same(seed, most=300)


def test_a_set_is_grown_though_an_option_that_stands_alone_is_of_its_class() -> None:
    expect_the_same(3_037_862_129, most=150)


# In four parts, of which the processors take several at a time: 10,000 in all, none twice.
@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
@given(drawn=SEEDS)
@settings(max_examples=2_500)
def test_the_prover_agrees_on_very_many_questionnaires(part: int, drawn: int) -> None:
    expect_the_same(4 * drawn + part, most=150)
