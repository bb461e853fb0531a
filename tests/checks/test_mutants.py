"""Every way to write one thing of a rule wrongly is tried, each once, and none but that one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from riskq.checks.mutants import mutants
from riskq.questionnaire import Comparison, Condition, Notice, Questionnaire, ScoreCompares
from tests.builders import Folder

RULES = "rules.yml"
RISK = "{scale: {risk: high}}"
BOTH = "{any: [{fact: harmful}, {users: {at-least: 1000}}]}"
DONE = "{all: [{reviewed: {any-but: [never]}}, {not: {reviewed: {older-than: 1 year}}}]}"

KINDS = {
    "a condition that always holds": "ask_if of harms: always → {not: always}",
    "a section's condition": "ask_if of section harm: {scale: {scope: inside}}"
    " → {scale: {scope: outside}}",
    "negated": f"duty review: {RISK} → {{not: {RISK}}}",
    "no longer negated": "state done of duty review: {not: {reviewed: {older-than: 1 year}}}"
    " → {reviewed: {older-than: 1 year}}",
    "all for any": f"rule high-by-harm: {BOTH} → {BOTH.replace('any:', 'all:')}",
    "any for all": f"state done of duty review: {DONE} → {DONE.replace('all:', 'any:')}",
    "a part less": f"rule high-by-harm: {BOTH} → {{fact: harmful}}",
    "another option": "state missing of duty review: {reviewed: never} → {reviewed: unsure}",
    "an option more": "rule out-of-scope: {in-scope: no} → {in-scope: [no, unsure]}",
    "all but the option": "rule out-of-scope: {in-scope: no} → {in-scope: {any-but: [no]}}",
    "the option for all but it": "fact harmful: {harms: {any-but: [none]}} → {harms: none}",
    "one more excepted": "fact harmful: {harms: {any-but: [none]}}"
    " → {harms: {any-but: [none, people]}}",
    "another comparison": "notice many-users: {users: {at-least: 1000}} → {users: {above: 1000}}",
    "another period": "state missing of duty review: {reviewed: {older-than: 1 year}}"
    " → {reviewed: {older-than: 2 years}}",
    "another level of a condition": f"duty review: {RISK} → {{scale: {{risk: low}}}}",
    "another level of a rule": "rule low: low → high",
    "a rule less": "rule out-of-scope: there → deleted",
    "two rules in the other order": "rule high-by-harm: before low → after low",
    "where a scale applies": "applies_if of scale scope: always → {not: always}",
}


def ids(questionnaire: Questionnaire) -> list[str]:
    """What the mutants of a questionnaire are called."""
    return [mutant.id for mutant in mutants(questionnaire)]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_mutant_is_made(folder: Folder, kind: str) -> None:
    assert KINDS[kind] in ids(folder.load())


def test_an_option_or_a_level_less_is_tried(folder: Folder) -> None:
    folder.change(RULES, "when: {in-scope: no}", "when: {in-scope: [no, unsure]}")
    folder.change(RULES, "when: {scale: {risk: high}}", "when: {scale: {risk: [low, high]}}")
    made = ids(folder.load())
    assert "rule out-of-scope: {in-scope: [no, unsure]} → {in-scope: no}" in made
    assert "duty review: {scale: {risk: [low, high]}} → {scale: {risk: low}}" in made


def test_the_last_option_or_level_is_added_too(folder: Folder) -> None:
    folder.change("questions.yml", "options: [yes, no], unsure: true", "options: [yes, no]")
    made = ids(folder.load())
    assert "rule out-of-scope: {in-scope: no} → {in-scope: [no, yes]}" in made
    assert "duty review: {scale: {risk: high}} → {scale: {risk: [high, low]}}" in made


def with_notice(questionnaire: Questionnaire, condition: Condition) -> Questionnaire:
    """The questionnaire with one notice alone."""
    book = replace(questionnaire.rulebook, notices=(Notice("n", condition, ()),))
    return replace(questionnaire, rulebook=book)


def test_a_score_is_compared_in_every_other_way(folder: Folder) -> None:
    condition = ScoreCompares("s", Comparison.AT_LEAST, Decimal(3))
    made = [one for one in ids(with_notice(folder.load(), condition)) if one.startswith("notice")]
    assert [one.rpartition(" → ")[2] for one in made] == [
        "{not: {score: {s: {at-least: 3}}}}",
        "{score: {s: {at-most: 3}}}",
        "{score: {s: {above: 3}}}",
        "{score: {s: {below: 3}}}",
    ]


def test_each_mutant_is_made_once(folder: Folder) -> None:
    made = ids(folder.load())
    assert len(set(made)) == len(made)


def test_a_mutant_changes_one_thing_alone(folder: Folder) -> None:
    questionnaire = folder.load()
    name = "rule low: low → high"
    mutant = next(one for one in mutants(questionnaire) if one.id == name).questionnaire
    old, new = questionnaire.rulebook, mutant.rulebook
    assert [rule.level for rule in new.scale("risk").rules] == ["high", "high"]
    assert replace(new, scales=old.scales) == old
    assert mutant.sections == questionnaire.sections
