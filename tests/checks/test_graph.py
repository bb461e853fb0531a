"""The graph of a questionnaire: exactly what its conditions name and its scales depend on."""

from __future__ import annotations

import random

import pytest
from hypothesis import given

from riskq.checks import Graph, graph_of, path_of
from riskq.engine import Answer, Judge, read_answers
from riskq.questionnaire import (
    Atom,
    Catalogue,
    Condition,
    FactHolds,
    Questionnaire,
    ScaleAt,
    ScoreCompares,
    walk,
)
from tests.ai_law import NAME, answers_of, cases, questionnaire
from tests.builders import Folder
from tests.engine.brute_force import truths_of
from tests.engine.strategies import ON, SEEDS, draw_answers, draw_questionnaire

EDITIONS = [day.isoformat() for day in Catalogue().editions(NAME)]


def questions_named(questionnaire: Questionnaire, condition: Condition) -> frozenset[str]:
    """The questions that a condition looks at, through facts, scales and scores too."""
    book, found = questionnaire.rulebook, set[str]()
    for part in walk(condition):
        match part:
            case FactHolds(fact=name):
                found |= questions_named(questionnaire, book.fact(name).when)
            case ScaleAt(scale=name):
                for rule in book.scale(name).rules:
                    found |= questions_named(questionnaire, rule.when)
            case ScoreCompares(score=name):
                scored = (q for q in questionnaire.questions for o in q.options if name in o.points)
                found |= {question.id for question in scored}
            case _ if isinstance(part, Atom):
                found.add(part.question)
            case _:
                pass
    return frozenset(found)


def expect_named_questions(drawn: Questionnaire, graph: Graph) -> None:
    """Each asking depends on the questions that its condition names, itself or by other names."""

    def named(condition: Condition) -> tuple[str, ...]:
        support = questions_named(drawn, condition)
        return tuple(question.id for question in drawn.questions if question.id in support)

    for section, told in zip(drawn.sections, graph.sections, strict=True):
        assert (told.id, told.depends_on) == (section.id, named(section.ask_if))
        for question, node in zip(section.questions, told.questions, strict=True):
            assert (node.id, node.kind) == (question.id, question.kind)
            assert node.depends_on == named(question.ask_if)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_graph_of_a_published_edition_is_that_of_its_conditions(edition: str) -> None:
    loaded = Catalogue().load(NAME, edition)
    expect_named_questions(loaded, graph_of(loaded))


@given(seed=SEEDS)
def test_the_graph_of_any_questionnaire_is_that_of_its_conditions(seed: int) -> None:
    drawn = draw_questionnaire(random.Random(seed))
    expect_named_questions(drawn, graph_of(drawn))


def test_a_scale_depends_on_what_can_change_its_level_and_on_nothing_else(folder: Folder) -> None:
    scales = {scale.id: scale for scale in graph_of(folder.load()).scales}
    assert scales["scope"].depends_on == ("in-scope",)
    assert scales["risk"].depends_on == ("in-scope", "harms", "users")
    assert scales["risk"].levels == ("low", "high")


@given(seed=SEEDS)
def test_an_answer_that_changes_a_level_is_one_that_the_scale_depends_on(seed: int) -> None:
    rng = random.Random(seed)
    drawn = draw_questionnaire(rng)
    depends = {scale.id: set(scale.depends_on) for scale in graph_of(drawn).scales}
    answers: dict[str, Answer] = {
        question.id: rng.choice(truths_of(drawn, question, ON)) for question in drawn.questions
    }
    before = {name: Judge(drawn, answers, ON).scale(name).possible for name in depends}
    for question in drawn.questions:
        other = rng.choice(truths_of(drawn, question, ON))
        judge = Judge(drawn, {**answers, question.id: other}, ON)
        changed = {name for name in depends if judge.scale(name).possible != before[name]}
        assert all(question.id in depends[name] for name in changed)


@given(seed=SEEDS)
def test_every_question_stands_in_one_way_to_the_path(seed: int) -> None:
    rng = random.Random(seed)
    drawn = draw_questionnaire(rng)
    judge = Judge(drawn, draw_answers(rng, drawn, 300), ON)
    path, journey = path_of(judge), judge.journey
    groups = [path.answered, path.open, path.perhaps, path.not_asked]
    together = sorted(name for group in groups for name in group)
    assert together == sorted(question.id for question in drawn.questions)
    assert path.answered == journey.counted.keys()
    assert path.answered | path.open | path.perhaps == set(journey.asked)


def test_what_would_settle_a_level_is_told() -> None:
    case = "stopped-after-role"
    on = cases()[case].on
    answers = read_answers(questionnaire(), answers_of(case), on)
    path = path_of(Judge(questionnaire(), answers, on))
    assert path.levels["scope"] == ("inside",)
    assert "emergency" in path.decides["risk"]
    assert {"manipulation", "emergency"} <= path.open
    assert {"damage", "social-scoring-by-law"} <= path.perhaps
    assert path.not_asked == {"functions"}
