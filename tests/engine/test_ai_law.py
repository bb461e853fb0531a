"""The engine on the rules of Kazakhstan's AI law, in sentences."""

from __future__ import annotations

from datetime import date

import pytest

from riskq.engine import Judge, Truth, assess, read_answers
from riskq.questionnaire import DutyState, Questionnaire
from tests.ai_law import answers_of, cases, questionnaire
from tests.engine.conftest import Judging

NO_GRAVE_HARM = {"emergency": "no", "significant_harm": ["none"]}


def test_damage_unknown_while_efficiency_falls_is_medium_alone(judging: Judging) -> None:
    risk = judging(**NO_GRAVE_HARM, users_efficiency="yes", damage="unsure").scale("risk")
    assert risk.possible == ("medium",)
    assert risk.because == ("medium-both", "medium-one")
    assert risk.decides == ()


def test_damage_unknown_while_efficiency_holds_leaves_two_levels(judging: Judging) -> None:
    risk = judging(**NO_GRAVE_HARM, users_efficiency="no", damage="unsure").scale("risk")
    assert risk.possible == ("minimal", "medium")
    assert risk.level is None
    assert risk.decides == ("damage",)


def test_an_unknown_emergency_leaves_high_possible(judging: Judging) -> None:
    said = {"significant_harm": ["none"], "users_efficiency": "yes", "damage": "yes"}
    risk = judging(emergency="unsure", **said).scale("risk")
    assert risk.possible == ("medium", "high")
    assert risk.decides == ("emergency",)


def test_a_high_class_sets_the_medium_questions_aside(judging: Judging) -> None:
    judge = judging(emergency="yes", users_efficiency="no", damage="no")
    assert judge.scale("risk").possible == ("high",)
    assert set(judge.journey.set_aside) == {"users-efficiency", "damage"}
    assert judge.is_asked("damage") is Truth.FAILS
    back = judging(**NO_GRAVE_HARM, users_efficiency="no", damage="no")
    assert back.journey.set_aside == {}
    assert back.scale("risk").possible == ("minimal",)


def test_hidden_answers_never_decide(judging: Judging) -> None:
    judge = judging(model_based="no", manipulation="yes", emergency="yes", audit="positive")
    assert judge.scale("scope").possible == ("outside-not-ai",)
    assert judge.scale("prohibition").possible == ("none",)
    assert judge.scale("trusted-list").because == ("list-not-ai",)
    assert judge.scale("risk").applies is Truth.FAILS
    assert judge.conclusion.duties == ()


def test_every_rule_that_surely_holds_is_a_reason(judging: Judging) -> None:
    judge = judging(manipulation="yes", emotion_recognition="no", prohibited_results="yes")
    assert judge.scale("prohibition").because == ("manipulates", "makes-prohibited-results")


def test_doubt_is_never_a_no(judging: Judging) -> None:
    judge = judging(manipulation="unsure")
    assert judge.scale("prohibition").possible == ("none", "present")
    assert "manipulation" in judge.scale("prohibition").decides


def test_not_knowing_whether_there_is_a_model_asks_for_its_functions(judging: Judging) -> None:
    assert judging(model_based="unsure").is_asked("functions") is Truth.HOLDS
    assert judging(model_based="yes").is_asked("functions") is Truth.FAILS
    settled = judging(model_based="unsure", functions=["language"])
    assert settled.scale("scope").possible == ("inside",)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("2025-11-02", DutyState.DONE),
        ("2025-11-01", DutyState.MISSING),
        ("never", DutyState.MISSING),
        ("unsure", DutyState.UNKNOWN),
    ],
)
def test_a_review_is_overdue_the_day_after_a_year(
    judging: Judging, answer: str, state: DutyState
) -> None:
    duties = {duty.id: duty.state for duty in judging(risk_review=answer).conclusion.duties}
    assert duties["yearly-review"] is state


def test_the_same_review_ages_with_the_day_of_the_assessment(judging: Judging) -> None:
    def state(on: date) -> DutyState:
        found = judging(on, risk_review="2026-02-28").conclusion.duties
        return next(duty.state for duty in found if duty.id == "yearly-review")

    assert state(date(2026, 3, 1)) is DutyState.DONE
    assert state(date(2027, 2, 28)) is DutyState.DONE
    assert state(date(2027, 3, 1)) is DutyState.MISSING


def test_without_answers_everything_is_possible_and_nothing_is_said(law: Questionnaire) -> None:
    conclusion = assess(law, {}, date(2026, 11, 2))
    assert conclusion.journey.next == law.questions[0].id
    assert all(scale.level is None for scale in conclusion.scales)
    assert {level for s in conclusion.scales for level in s.possible} == {
        level for scale in law.rulebook.scales for level in scale.levels
    }
    assert conclusion.decides
    assert not conclusion.is_complete


def test_results_are_found_by_name(law: Questionnaire) -> None:
    conclusion = assess(law, {}, date(2026, 11, 2))
    assert conclusion.scale("risk").id == "risk"
    with pytest.raises(KeyError):
        conclusion.scale("rsik")


@pytest.mark.parametrize("case", cases())
def test_answered_one_by_one_a_case_is_judged_as_it_is_at_once(case: str) -> None:
    on = cases()[case].on
    whole = read_answers(questionnaire(), answers_of(case), on)
    judge = Judge(questionnaire(), {}, on)
    for name, answer in whole.items():
        judge = judge.with_answer(name, answer)
        assert judge.journey == Judge(questionnaire(), judge.answers, on).journey
    assert judge.conclusion == assess(questionnaire(), whole, on)
