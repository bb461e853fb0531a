"""Turns the written form of a condition into a ``Condition``.

Only the shape is judged here. Whether the questions, options, facts, scales and scores exist is
asked by ``links``, which knows the whole questionnaire.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from riskq.errors import Problem, did_you_mean
from riskq.questionnaire.conditions import (
    AllOf,
    Always,
    AnyOf,
    Beyond,
    Compares,
    Condition,
    FactHolds,
    Includes,
    Not,
    OlderThan,
    ScaleAt,
    ScoreCompares,
)
from riskq.questionnaire.measures import Bound, Comparison, number_mend, read_bound, read_period
from riskq.questionnaire.reader import (
    COMMA,
    ListNode,
    MapNode,
    Node,
    ScalarNode,
    is_after_comma,
)

__all__ = ["ConditionFault", "read_condition"]

_FORMS_MEND = (
    "Write always, {question: option}, {question: [a, b]}, {question: {any-but: [a]}}, "
    "{question: {at-least: 3}}, {question: {older-than: 1 year}}, {all: [...]}, {any: [...]}, "
    "{not: ...}, {fact: id}, {scale: {id: level}} or {score: {id: {at-least: 3}}}."
)
_MEANT = {"and": "all", "every": "all", "both": "all"}
"""What people write instead of "all"; whatever else they write before conditions is an "any"."""

_TESTS = ("any-but", "older-than", *(comparison.value for comparison in Comparison))


@dataclass(frozen=True, slots=True)
class ConditionFault(Exception):
    """The node is not a condition; carries what to tell."""

    problem: Problem


def _fault(node: Node, what: str, mend: str = _FORMS_MEND) -> ConditionFault:
    return ConditionFault(Problem("bad-condition", str(node.place), what, mend))


def read_condition(node: Node) -> Condition:
    """Read a condition; raises ``ConditionFault`` for the first thing that is wrong with it."""
    if isinstance(node, ScalarNode):
        if node.text == "always":
            return Always(place=node.place)
        raise _fault(node, f'"{node.text}" is not a condition')
    if isinstance(node, ListNode):
        raise _fault(node, "a list is not a condition", "Write {all: [...]} or {any: [...]}.")
    if len(node.entries) != 1:
        mend = "Write {all: [...]} with one condition an item, or {any: [...]}."
        raise _fault(node, f"a condition has one key, not {len(node.entries)}", mend)
    key, value = node.entries[0]
    special = _SPECIAL.get(key.text)
    if special:
        return special(value)
    if isinstance(value, ListNode) and any(isinstance(item, MapNode) for item in value.items):
        meant = _MEANT.get(key.text, "any")
        what = f'"{key.text}" is no question and no form of condition'
        raise _fault(
            key, what, f'Did you mean "{meant}"? Conditions stand in a list after all or any.'
        )
    return _about_question(key.text, value)


def _parts(node: Node) -> tuple[Condition, ...]:
    if not isinstance(node, ListNode) or not node.items:
        raise _fault(
            node, "all and any take a list of conditions", "Write [ ... ] with conditions."
        )
    return tuple(read_condition(item) for item in node.items)


def _fact(node: Node) -> Condition:
    if not isinstance(node, ScalarNode):
        raise _fault(node, "fact takes the id of one fact", "Write {fact: id}.")
    return FactHolds(node.text, place=node.place)


def _scale(node: Node) -> Condition:
    name, value = _only_entry(node, "scale", "{scale: {risk: high}}")
    if isinstance(value, MapNode):
        mend = f"Name every level that is meant: {{scale: {{{name}: [level, level]}}}}."
        raise _fault(value, "a scale stands at levels and is not compared", mend)
    return ScaleAt(name, _ids(value), place=node.place)


def _score(node: Node) -> Condition:
    name, value = _only_entry(node, "score", "{score: {impact: {at-least: 31}}}")
    if not isinstance(value, MapNode):
        raise _fault(value, "a score is compared with a number", "Write {at-least: 31}.")
    tests: list[Condition] = []
    for key, bound_node in value.entries:
        comparison = _comparison(value, key)
        bound = _bound(bound_node)
        if not isinstance(bound, Decimal):
            raise _fault(bound_node, "a score is compared with a number", "Write a number.")
        tests.append(ScoreCompares(name, comparison, bound, place=key.place))
    return _together(tests, value)


def _about_question(question: str, node: Node) -> Condition:
    if not isinstance(node, MapNode):
        return Includes(question, _ids(node), place=node.place)
    tests = [_test(question, node, key, value) for key, value in node.entries]
    return _together(tests, node)


def _test(question: str, tests: MapNode, key: ScalarNode, value: Node) -> Condition:
    if key.text == "any-but":
        return Beyond(question, _ids(value), place=key.place)
    if key.text != "older-than":
        return Compares(question, _comparison(tests, key), _bound(value), place=key.place)
    period = read_period(value.text) if isinstance(value, ScalarNode) else None
    if period is None:
        raise _fault(value, "older-than takes a period", "Write 1 year, 6 months or 90 days.")
    return OlderThan(question, period, place=key.place)


def _together(tests: list[Condition], node: Node) -> Condition:
    if not tests:
        raise _fault(node, "this test is empty")
    return tests[0] if len(tests) == 1 else AllOf(tuple(tests), place=node.place)


def _comparison(tests: MapNode, key: ScalarNode) -> Comparison:
    try:
        return Comparison(key.text)
    except ValueError:
        what = f'"{key.text}" is not a test'
        mend = COMMA if is_after_comma(tests, key) else did_you_mean(key.text, _TESTS)
        raise _fault(key, what, mend) from None


def _bound(node: Node) -> Bound:
    bound = read_bound(node.text) if isinstance(node, ScalarNode) else None
    if bound is None:
        text = node.text if isinstance(node, ScalarNode) else ""
        mend = number_mend(text) if "," in text else "Write 31 or 2026-01-31."
        raise _fault(node, "a comparison takes a number or a date", mend)
    return bound


def _ids(node: Node) -> tuple[str, ...]:
    if isinstance(node, ScalarNode):
        return (node.text,)
    if isinstance(node, ListNode) and node.items:
        texts = tuple(item.text for item in node.items if isinstance(item, ScalarNode))
        if len(texts) == len(node.items):
            return texts
    raise _fault(node, "this takes an id or a list of ids", "Write yes, or [yes, partly].")


def _only_entry(node: Node, word: str, example: str) -> tuple[str, Node]:
    if not isinstance(node, MapNode) or len(node.entries) != 1:
        raise _fault(node, f"{word} takes one id and what is said of it", f"Write {example}.")
    key, value = node.entries[0]
    return key.text, value


_SPECIAL: dict[str, Callable[[Node], Condition]] = {
    "all": lambda node: AllOf(_parts(node), place=node.place),
    "any": lambda node: AnyOf(_parts(node), place=node.place),
    "not": lambda node: Not(read_condition(node), place=node.place),
    "fact": _fact,
    "scale": _scale,
    "score": _score,
}
