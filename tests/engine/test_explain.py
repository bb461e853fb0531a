"""Explanations name the parts that decide, down to the answers, and nothing else."""

from __future__ import annotations

from riskq.engine import Explanation, Truth
from riskq.questionnaire import AllOf, AnyOf, Condition, FactHolds, Includes, Questionnaire, ScaleAt
from tests.engine.conftest import Judging

NO_GRAVE_HARM = {"emergency": "no", "significant_harm": ["none"]}


def condition_of(law: Questionnaire, rule: str) -> Condition:
    """The condition of a rule of any scale."""
    scales = law.rulebook.scales
    return next(item.when for scale in scales for item in scale.rules if item.id == rule)


def asked(explanation: Explanation) -> list[tuple[str, Truth]]:
    """The questions at the ends of an explanation, each with what is said of it."""
    if isinstance(explanation.condition, Includes):
        return [(explanation.condition.question, explanation.truth)]
    return [found for part in explanation.parts for found in asked(part)]


def test_an_any_that_holds_names_the_part_that_holds(law: Questionnaire, judging: Judging) -> None:
    explanation = judging(emergency="yes").explain(condition_of(law, "high-by-consequence"))
    assert isinstance(explanation.condition, AnyOf)
    assert explanation.truth is Truth.HOLDS
    assert asked(explanation) == [("emergency", Truth.HOLDS)]


def test_an_all_that_holds_names_every_part(law: Questionnaire, judging: Judging) -> None:
    judge = judging(**NO_GRAVE_HARM, users_efficiency="yes", damage="yes")
    explanation = judge.explain(condition_of(law, "medium-both"))
    assert asked(explanation) == [("users-efficiency", Truth.HOLDS), ("damage", Truth.HOLDS)]


def test_an_all_that_fails_names_the_part_that_fails(law: Questionnaire, judging: Judging) -> None:
    judge = judging(**NO_GRAVE_HARM, users_efficiency="yes", damage="no")
    explanation = judge.explain(condition_of(law, "medium-both"))
    assert (explanation.truth, asked(explanation)) == (Truth.FAILS, [("damage", Truth.FAILS)])


def test_an_open_all_names_the_part_that_is_open(law: Questionnaire, judging: Judging) -> None:
    judge = judging(**NO_GRAVE_HARM, users_efficiency="yes", damage="unsure")
    explanation = judge.explain(condition_of(law, "medium-both"))
    assert (explanation.truth, asked(explanation)) == (Truth.OPEN, [("damage", Truth.OPEN)])


def test_parts_that_fail_only_together_are_all_named(law: Questionnaire, judging: Judging) -> None:
    judge = judging(**NO_GRAVE_HARM, users_efficiency="yes", damage="unsure")
    either = AnyOf((condition_of(law, "medium-both"), condition_of(law, "medium-one")))
    explanation = judge.explain(either)
    assert explanation.truth is Truth.HOLDS
    assert [part.truth for part in explanation.parts] == [Truth.OPEN, Truth.OPEN]


def test_a_fact_is_explained_by_its_own_condition(judging: Judging) -> None:
    explanation = judging().explain(FactHolds("ai-system"))
    assert asked(explanation) == [("model-based", Truth.HOLDS)]
    negated = judging(emergency="yes").explain(FactHolds("not-surely-high"))
    assert isinstance(negated.parts[0].condition, AllOf)
    assert asked(negated) == [("emergency", Truth.HOLDS)]


def test_a_scale_is_explained_by_the_rule_that_decides(judging: Judging) -> None:
    explanation = judging(emergency="yes").explain(ScaleAt("risk", ("high",)))
    assert explanation.truth is Truth.HOLDS
    assert asked(explanation) == [("emergency", Truth.HOLDS)]


def test_a_scale_is_explained_by_the_rules_that_fail_before(judging: Judging) -> None:
    judge = judging(**NO_GRAVE_HARM, users_efficiency="no", damage="no")
    explanation = judge.explain(ScaleAt("risk", ("high",)))
    assert explanation.truth is Truth.FAILS
    assert [part.truth for part in explanation.parts] == [*[Truth.FAILS] * 3, Truth.HOLDS]
    assert {"emergency", "users-efficiency", "damage"} <= {name for name, _ in asked(explanation)}


def test_an_open_scale_is_explained_by_all_rules_that_may_decide(judging: Judging) -> None:
    explanation = judging(emergency="unsure").explain(ScaleAt("risk", ("high",)))
    assert explanation.truth is Truth.OPEN
    assert ("emergency", Truth.OPEN) in asked(explanation)
