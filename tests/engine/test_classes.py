"""Classes of answers keep apart what conditions tell apart, on every day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from threading import Thread

from riskq.engine import Dated, Judge, Unsure, compile_questionnaire
from riskq.questionnaire import (
    Always,
    Compares,
    Comparison,
    Condition,
    Includes,
    Kind,
    Law,
    OlderThan,
    Option,
    Period,
    Question,
    Questionnaire,
    Rule,
    Rulebook,
    Scale,
    ScaleAt,
    ScoreCompares,
    Section,
    TimeSpan,
)

ON = date(2026, 11, 2)


def questionnaire(
    questions: tuple[Question, ...], *whens: Condition, applies: Condition | None = None
) -> Questionnaire:
    """Some questions, and one scale with a level for each condition and one for the rest."""
    conditions = (*whens, Always())
    rules = tuple(Rule(f"r{i}", f"l{i}", when, ()) for i, when in enumerate(conditions))
    levels = tuple(rule.level for rule in rules)
    scale = Scale("scale", levels, rules, applies or Always())
    book = Rulebook(TimeSpan(ON), (), (scale,), scores=("points",))
    return Questionnaire("q", ON, 1, "", (Section("s", questions),), book, {}, Law({}))


def possible(found: Questionnaire, on: date = ON, **answers: Dated | Unsure) -> tuple[str, ...]:
    """The levels still possible."""
    return Judge(found, answers, on).scale("scale").possible


def test_a_day_that_has_not_come_is_not_possible_yet() -> None:
    when = Compares("day", Comparison.AT_LEAST, date(2027, 1, 1))
    question = Question("day", Kind.DATE, unsure=True)
    found = questionnaire((question,), when)
    assert possible(found) == ("l1",)
    assert possible(found, day=Unsure()) == ("l1",)
    assert possible(found, date(2027, 1, 1)) == ("l0", "l1")
    planned = questionnaire((Question("day", Kind.DATE, future=True),), when)
    assert possible(planned) == ("l0", "l1")


def test_the_ends_of_the_calendar_are_days_like_others() -> None:
    first, last = Comparison.AT_MOST, Comparison.AT_LEAST
    question = Question("day", Kind.DATE, future=True)
    found = questionnaire(
        (question,), Compares("day", first, date.min), Compares("day", last, date.max)
    )
    assert possible(found) == ("l0", "l1", "l2")
    assert possible(found, day=Dated(date.max)) == ("l1",)


def test_periods_keep_their_order_on_every_day() -> None:
    tests = (OlderThan("day", Period(2, 0)), OlderThan("day", Period(1, 0)))
    found = questionnaire((Question("day", Kind.DATE),), *tests)
    for on in (date(2026, 3, 31), date(2026, 2, 28), date(2028, 2, 29)):
        assert possible(found, on) == ("l0", "l1", "l2")
        assert possible(found, on, day=Dated(on)) == ("l2",)


def test_a_level_and_a_score_of_the_same_number_are_told_apart() -> None:
    options = (Option("a", points={"points": Decimal(1)}), Option("b"))
    when = ScoreCompares("points", Comparison.AT_LEAST, Decimal(1))
    found = questionnaire((Question("one", Kind.ONE, options),), when)
    assert possible(found) == ("l0", "l1")


def test_a_scale_may_say_by_itself_when_it_matters() -> None:
    question = Question("one", Kind.ONE, (Option("a"), Option("b")))
    when = Includes("one", ("a",))
    applies = ScaleAt("scale", ("l0",))
    found = questionnaire((question,), when, applies=applies)
    assert Judge(found, {}, ON).scale("scale").applies.value == "open"


def test_threads_share_one_compiled_questionnaire() -> None:
    options = tuple(Option(f"o{i}") for i in range(6))
    many = tuple(Question(f"q{i}", Kind.MANY, options) for i in range(6))
    found = questionnaire(many, *(Includes(q.id, ("o1", "o3")) for q in many))
    seen: list[object] = []
    threads = [Thread(target=lambda: seen.append(compile_questionnaire(found))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 8
    assert len({id(compiled) for compiled in seen}) == 1
