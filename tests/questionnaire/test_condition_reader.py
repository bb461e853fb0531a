"""Every written form of a condition, and every way to write it wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from riskq.questionnaire import (
    AllOf,
    Always,
    AnyOf,
    Beyond,
    Compares,
    Comparison,
    Condition,
    FactHolds,
    Includes,
    Not,
    OlderThan,
    Period,
    ScaleAt,
    ScoreCompares,
    read_text,
)
from riskq.questionnaire.condition_reader import ConditionFault, read_condition

AT_LEAST, BELOW = Comparison.AT_LEAST, Comparison.BELOW


def read(text: str) -> Condition:
    """Read the condition in a text."""
    node = read_text(text, "file.yml").node
    assert node is not None
    return read_condition(node)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("always", Always()),
        ("{q: yes}", Includes("q", ("yes",))),
        ("{q: unsure}", Includes("q", ("unsure",))),
        ("{q: [a, b]}", Includes("q", ("a", "b"))),
        ("{q: {any-but: [a, b]}}", Beyond("q", ("a", "b"))),
        ("{q: {any-but: a}}", Beyond("q", ("a",))),
        ("{q: {at-least: 3}}", Compares("q", AT_LEAST, Decimal(3))),
        ("{q: {at-most: -0.5}}", Compares("q", Comparison.AT_MOST, Decimal("-0.5"))),
        ("{q: {above: 2026-01-31}}", Compares("q", Comparison.ABOVE, date(2026, 1, 31))),
        ("{q: {below: 7}}", Compares("q", BELOW, Decimal(7))),
        (
            "{q: {at-least: 3, below: 7}}",
            AllOf((Compares("q", AT_LEAST, Decimal(3)), Compares("q", BELOW, Decimal(7)))),
        ),
        ("{q: {older-than: 1 year}}", OlderThan("q", Period(12, 0))),
        ("{q: {older-than: 90 days}}", OlderThan("q", Period(0, 90))),
        ("{all: [{q: a}, always]}", AllOf((Includes("q", ("a",)), Always()))),
        ("{any: [{q: a}]}", AnyOf((Includes("q", ("a",)),))),
        ("{not: {q: a}}", Not(Includes("q", ("a",)))),
        ("{fact: f}", FactHolds("f")),
        ("{scale: {risk: high}}", ScaleAt("risk", ("high",))),
        ("{scale: {risk: [low, high]}}", ScaleAt("risk", ("low", "high"))),
        ("{score: {impact: {at-least: 31}}}", ScoreCompares("impact", AT_LEAST, Decimal(31))),
        (
            "{score: {impact: {at-least: 3, below: 7}}}",
            AllOf(
                (
                    ScoreCompares("impact", AT_LEAST, Decimal(3)),
                    ScoreCompares("impact", BELOW, Decimal(7)),
                )
            ),
        ),
    ],
)
def test_each_form_is_read(text: str, expected: Condition) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("sometimes", '"sometimes" is not a condition'),
        ("[{q: a}]", "a list is not a condition"),
        ("{}", "a condition has one key, not 0"),
        ("{q: a, r: b}", "a condition has one key, not 2"),
        ("{all: {q: a}}", "all and any take a list of conditions"),
        ("{any: []}", "all and any take a list of conditions"),
        ("{not: []}", "a list is not a condition"),
        ("{fact: [a]}", "fact takes the id of one fact"),
        ("{scale: high}", "scale takes one id and what is said of it"),
        ("{scale: {a: b, c: d}}", "scale takes one id and what is said of it"),
        ("{scale: {a: []}}", "this takes an id or a list of ids"),
        ("{score: {impact: 31}}", "a score is compared with a number"),
        ("{score: {impact: {at-least: 2026-01-01}}}", "a score is compared with a number"),
        ("{score: {impact: {}}}", "this test is empty"),
        ("{q: []}", "this takes an id or a list of ids"),
        ("{q: [[a]]}", "this takes an id or a list of ids"),
        ("{q: {}}", "this test is empty"),
        ("{q: {atleast: 3}}", '"atleast" is not a test'),
        ("{q: {at-least: many}}", "a comparison takes a number or a date"),
        ("{q: {at-least: [3]}}", "a comparison takes a number or a date"),
        ("{q: {older-than: 0 days}}", "older-than takes a period"),
        ("{q: {older-than: 3000 years}}", "older-than takes a period"),
        ("{q: {older-than: [1 year]}}", "older-than takes a period"),
        ("{all: [{q: a}, {r: []}]}", "this takes an id or a list of ids"),
        ("{or: [{q: a}, {r: b}]}", '"or" is no question and no form of condition'),
        ("{scale: {danger: {at-least: middle}}}", "a scale stands at levels and is not compared"),
    ],
)
def test_each_fault_is_told(text: str, what: str) -> None:
    with pytest.raises(ConditionFault) as caught:
        read(text)
    assert caught.value.problem.what == what
    assert caught.value.problem.where == "file.yml:1"
    assert caught.value.problem.mend


def test_a_misspelt_test_names_the_nearest_one() -> None:
    with pytest.raises(ConditionFault) as caught:
        read("{q: {atleast: 3}}")
    assert caught.value.problem.mend == 'Did you mean "at-least"?'


@pytest.mark.parametrize(("word", "meant"), [("or", "any"), ("and", "all")])
def test_other_words_for_all_and_any_are_understood(word: str, meant: str) -> None:
    with pytest.raises(ConditionFault) as caught:
        read(f"{{{word}: [{{q: a}}, {{r: b}}]}}")
    assert caught.value.problem.mend.startswith(f'Did you mean "{meant}"?')
