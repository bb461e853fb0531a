"""Instructions on paper lead to exactly the questions that the engine asks."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given

from riskq.checks import END, Guide, guide_of
from riskq.engine import Answer, Answers, Judge, Unsure
from riskq.questionnaire import ALWAYS, Catalogue, Condition, Questionnaire, write_condition
from tests.ai_law import NAME, questionnaire
from tests.checks.follower import Step, walk_on_paper
from tests.engine.brute_force import truths_of
from tests.engine.strategies import SEEDS, draw_questionnaire

EDITIONS = [day.isoformat() for day in Catalogue().editions(NAME)]
# Paper knows no day: a day that has not come yet cannot be behind "I don't know", and may be there.
LATER = date(2030, 1, 1)


def steps_of(guide: Guide) -> Mapping[str, Step]:
    """The questions of a guide, those that cannot be told exactly answered by everybody."""

    def line(condition: Condition, is_exact: bool) -> Condition:
        return condition if is_exact else ALWAYS

    return {
        question.id: Step(
            line(question.when.condition, question.when.is_exact),
            line(section.when.condition, section.when.is_exact) if index == 0 else None,
            section.otherwise,
            question.jumps,
        )
        for section in guide.sections
        for index, question in enumerate(section.questions)
    }


def drawn_answers(rng: random.Random, drawn: Questionnaire, on: date) -> Answers:
    """An answer to every question, some of them "I don't know"."""
    answers: dict[str, Answer] = {}
    for question in drawn.questions:
        is_doubted = question.unsure and rng.random() < 0.4
        answers[question.id] = (
            Unsure() if is_doubted else rng.choice(truths_of(drawn, question, on))
        )
    return answers


def is_exact(guide: Guide) -> bool:
    lines = [section.when for section in guide.sections]
    lines += [question.when for question in guide.questions]
    return all(line.is_exact for line in lines)


def expect_asked(drawn: Questionnaire, guide: Guide, answers: Answers, on: date) -> None:
    walked = tuple(walk_on_paper(steps_of(guide), answers, on))
    asked = Judge(drawn, answers, on).journey.asked
    if is_exact(guide):
        assert walked == asked
    else:
        assert set(walked) >= set(asked)


def expect_asked_on_paper(seed: int) -> None:
    rng = random.Random(seed)
    drawn = draw_questionnaire(rng)
    guide = guide_of(drawn)
    for _ in range(8):
        expect_asked(drawn, guide, drawn_answers(rng, drawn, LATER), LATER)


@given(seed=SEEDS)
def test_a_person_with_a_pen_answers_what_the_engine_asks(seed: int) -> None:
    expect_asked_on_paper(seed)


def test_whoever_answers_a_question_in_vain_passes_over_none_that_is_asked() -> None:
    expect_asked_on_paper(419_757)


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_published_edition_can_be_told_exactly(edition: str) -> None:
    loaded = Catalogue().load(NAME, edition)
    guide = guide_of(loaded)
    assert is_exact(guide)
    rng = random.Random(edition)
    for _ in range(100):
        expect_asked(loaded, guide, drawn_answers(rng, loaded, LATER), LATER)


def test_lines_are_as_short_as_the_order_of_asking_allows() -> None:
    guide = guide_of(questionnaire())
    lines = {question.id: write_condition(question.when.condition) for question in guide.questions}
    assert lines["kazakhstan-link"] == "{model-based: [yes, unsure]}"
    assert lines["emotion-by-law"] == "{emotion-consent: [no, unsure]}"
    assert lines["automated-decisions"] == "{personal-data: [yes, unsure]}"
    sections = {section.id: section for section in guide.sections}
    readiness = sections["readiness"]
    assert write_condition(readiness.when.condition) == "{role: {any-but: [user]}}"
    assert readiness.otherwise == "wants-listing"
    inside = "{kazakhstan-link: {any-but: [none]}}"
    assert write_condition(sections["prohibited"].when.condition) == inside


def test_an_arrow_stands_where_one_answer_alone_tells_what_is_passed_over() -> None:
    jumps = {question.id: question.jumps for question in guide_of(questionnaire()).questions}
    assert jumps["model-based"] == {"yes": "kazakhstan-link", "no": END}
    assert jumps["training"] == {"no": "risk-management"}
    assert jumps["emergency"] == {}
    harm = jumps["significant-harm"]
    assert set(harm) == set(questionnaire().by_id["significant-harm"].option_ids) - {"none"}
    assert set(harm.values()) == {"human-control"}
