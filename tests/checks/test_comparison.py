"""Two editions compared: what is proved to be the same is, and what differs is shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from riskq.checks import Comparison, LogicChange, compare, comparison_text
from riskq.checks.mutants import mutants
from riskq.cli import main
from riskq.engine import Answer, Chosen, Judge, read_answers
from riskq.errors import AnswersError
from riskq.questionnaire import Catalogue, Kind, Question, Questionnaire, load_cases
from tests.builders import make_folder
from tests.checks.test_prover import LATE, draw_small
from tests.engine.brute_force import BruteForce, Reading, World, truths_of
from tests.engine.strategies import SEEDS

NAME = "kz-ai-law"


Told = dict[tuple[str, str], object]


def told(world: World) -> Told:
    """Everything that a combination of answers comes to, by what it is and its id."""
    book = world.questionnaire.rulebook
    found: Told = {}
    for scale in book.scales:
        rule = world.rule(scale)
        found["level", scale.id] = rule and rule.level
        found["because", scale.id] = rule and rule.id
        found["applies", scale.id] = world.holds(scale.applies_if)
    for duty in book.duties:
        found["duty", duty.id] = world.state(duty) if world.holds(duty.when) else None
    for item in book.requirements:
        found["requirement", item.id] = world.holds(item.when)
        found["met", item.id] = world.holds(item.when) and world.holds(item.met)
    found |= {("notice", notice.id): world.holds(notice.when) for notice in book.notices}
    found |= {("fine", fine.id): world.holds(fine.when) for fine in book.fines}
    asked = world.questionnaire.questions
    return found | {("question", item.id): world.is_asked(item.id) for item in asked}


def told_by_both(new: Questionnaire, worlds: list[World]) -> Iterator[tuple[Told, Told]]:
    """What combinations of answers come to by their own questionnaire, and by a new one."""
    reading = Reading()
    return ((told(world), told(World(new, world.said, LATE, reading))) for world in worlds)


def expect_the_differences(old: Questionnaire, new: Questionnaire) -> None:
    """What is told to have changed is what some combination of answers shows, and no more."""
    pairs = list(told_by_both(new, BruteForce(old, {}, LATE).worlds))
    differing = {name for before, after in pairs for name in before if before[name] != after[name]}
    found = compare(old, new, [], [])
    changed = [change for change in found.logic if change.change == "changed"]
    assert {(change.what, change.id) for change in changed} == differing
    assert found.proved_same == len(pairs[0][0]) - len(differing)
    for change in changed:
        expect_a_true_example(old, new, change)


def expect_a_true_example(old: Questionnaire, new: Questionnaire, change: LogicChange) -> None:
    """With the example the two judge differently, as is said."""
    assert change.old != change.new
    judges = [Judge(q, read_answers(q, change.example, LATE), LATE) for q in (old, new)]
    if change.what == "level" and "unsure" not in change.example.values():
        levels = [judge.scale(change.id).possible for judge in judges]
        assert levels == [(name,) if name else () for name in (change.old, change.new)]


@given(seed=SEEDS)
@settings(max_examples=25)
def test_differences_are_exactly_those_that_enumeration_shows(seed: int) -> None:
    old = draw_small(seed, most=150)
    made = list(mutants(old))
    for mutant in Random(seed).sample(made, min(3, len(made))):
        expect_the_differences(old, mutant.questionnaire)


@pytest.mark.slow
@given(seed=SEEDS)
@settings(max_examples=2_000)
def test_differences_stay_exact_over_many_questionnaires(seed: int) -> None:
    old = draw_small(seed, most=100)
    made = list(mutants(old))
    for mutant in Random(seed).sample(made, min(3, len(made))):
        expect_the_differences(old, mutant.questionnaire)


@given(seed=SEEDS)
@settings(max_examples=30)
def test_an_edition_differs_in_nothing_from_itself(seed: int) -> None:
    drawn = draw_small(seed, most=150)
    found = compare(drawn, drawn, [], [])
    assert (found.logic, found.rewritten, found.words, found.cases) == ((), (), (), ())


def expect_answers_that_both_take(old: Questionnaire, new: Questionnaire) -> None:
    """An example is one that both editions take, wherever answers of both show a difference."""
    taken = taken_by(new)
    worlds = [world for world in BruteForce(old, {}, LATE).worlds if taken(world)]
    pairs = told_by_both(new, worlds)
    shown = {name for one, other in pairs for name in one if one[name] != other.get(name)}
    for change in compare(old, new, [], []).logic:
        if change.change == "changed":
            marked = bool(change.not_taken_by_old or change.not_taken_by_new)
            # Behind "I don't know", which both take, an option of one edition alone may stand.
            if "unsure" not in change.example.values():
                assert ((change.what, change.id) in shown) is not marked
            for questionnaire, names in (
                (old, change.not_taken_by_old),
                (new, change.not_taken_by_new),
            ):
                expect_not_taken(questionnaire, change, set(names))


def expect_not_taken(
    questionnaire: Questionnaire, change: LogicChange, names: Collection[str]
) -> None:
    """The edition takes all answers of the example but these."""
    raw = {name: answer for name, answer in change.example.items() if name not in names}
    read_answers(questionnaire, raw, LATE)
    for name in names:
        with pytest.raises(AnswersError):
            read_answers(questionnaire, {name: change.example[name]}, LATE)


def taken_by(questionnaire: Questionnaire) -> Callable[[World], bool]:
    """Whether a questionnaire takes all answers of a combination."""
    truths = {item.id: truths_of(questionnaire, item, LATE) for item in questionnaire.questions}

    def is_taken(world: World) -> bool:
        return all(
            (questionnaire.by_id[name].unsure or not said.unsure)
            and not all(map(partial(differ, said.truth), truths[name]))
            for name, said in world.said.items()
        )

    return is_taken


def differ(one: Answer, other: Answer) -> bool:
    """Whether two answers are not the same; the order of options says nothing."""
    if isinstance(one, Chosen) and isinstance(other, Chosen):
        return set(one.options) != set(other.options)
    return one != other


def with_other_options(rng: Random, questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire with options that are gone, exclude others, or weigh more."""
    sections = tuple(
        replace(section, questions=tuple(other_options(rng, q) for q in section.questions))
        for section in questionnaire.sections
    )
    return replace(questionnaire, sections=sections)


def other_options(rng: Random, question: Question) -> Question:
    """A question with one option changed, or none."""
    if not question.options or rng.random() < 0.5:
        return question
    index = rng.randrange(len(question.options))
    option = question.options[index]
    others = question.options[:index], question.options[index + 1 :]
    if question.kind is Kind.MANY and rng.random() < 0.5:
        option = replace(option, exclusive=not option.exclusive)
    elif len(question.options) > 2 and rng.random() < 0.7:
        return replace(question, options=(*others[0], *others[1]))
    else:
        option = replace(option, points={name: Decimal(3) for name in option.points})
    return replace(question, options=(*others[0], option, *others[1]))


@pytest.mark.slow
@given(seed=SEEDS)
@settings(max_examples=60)
def test_examples_are_answers_of_both_editions_or_say_whose_they_are_not(seed: int) -> None:
    old = draw_small(seed, most=80)
    expect_answers_that_both_take(old, with_other_options(Random(seed), old))


@pytest.mark.slow
@given(seed=SEEDS)
@settings(max_examples=2_000)
def test_examples_stay_so_over_many_questionnaires(seed: int) -> None:
    old = draw_small(seed, most=80)
    expect_answers_that_both_take(old, with_other_options(Random(seed), old))


RULE = "- {id: low, level: low, cites: [act/2], when: always}"
BURNT = "- {id: burnt, level: high, cites: [act/2], when: {harms: forest}}\n      " + RULE


def test_an_edition_says_nothing_of_an_option_that_it_does_not_have(tmp_path: Path) -> None:
    old, new = make_folder(tmp_path / "old"), make_folder(tmp_path / "new")
    new.change("questions.yml", "[people, property, {id", "[people, property, forest, {id")
    new.change("rules.yml", "harmful: {harms: {any-but: [none]}}", HARMFUL)
    old.change("rules.yml", "harmful: {harms: {any-but: [none]}}", HARMFUL)
    new.change("rules.yml", RULE, BURNT)
    for language in ("kk", "ru", "en"):
        new.change(f"text/{language}.yml", "      people: People\n", FOREST)
        new.change(f"text/{language}.yml", "rules:\n", "rules:\n  burnt: {reason: a, verdict: b}\n")
    found = compare(old.load(), new.load(), [], [])
    (level,) = [change for change in found.logic if change.what == "level"]
    assert (level.old, level.new, level.not_taken_by_old) == ("", "high", ("harms",))
    text = comparison_text(found, "en")
    told = "level risk: changed, ? → high with {in-scope: yes, harms: [forest]"
    assert told in text
    assert "; the older edition does not take {harms: [forest]}" in text
    assert "option harms: forest: added" in text


HARMFUL = "harmful: {harms: [people, property]}"
FOREST = "      people: People\n      forest: Forest\n"


def test_questionnaires_of_other_questions_can_be_compared() -> None:
    for seed in range(40):
        old, new = draw_small(seed, most=300), draw_small(seed + 1000, most=300)
        found = compare(old, new, [], [])
        scales = {change.id for change in found.logic if change.what == "level"}
        both = {s.id for s in old.rulebook.scales} ^ {s.id for s in new.rulebook.scales}
        assert both <= scales


def published() -> Comparison:
    """The two editions on the AI law."""
    catalogue = Catalogue()
    days = catalogue.editions(NAME)[:2]
    old, new = (catalogue.load(NAME, day) for day in days)
    cases = [load_cases(catalogue.edition(NAME, day)) for day in days]
    return compare(old, new, *cases)


def test_the_editions_of_the_law_differ_in_the_review_by_a_person() -> None:
    found = published()
    (duty,) = [change for change in found.logic if change.change == "changed"]
    assert (duty.what, duty.id, duty.old, duty.new) == (
        *("duty", "automated-decisions", "missing", "partly"),
    )
    assert duty.example["decision-safeguards"] == ["human-review"]
    assert found.proved_same > 100
    assert found.judged_cases > 80
    assert {word.language for word in found.words} == {"kk", "ru", "en"}
    levels = [r for case in found.cases for r in case.results if r.what == "level"]
    assert levels == []


def test_the_command_tells_words_logic_and_cases(capsys: pytest.CaptureFixture[str]) -> None:
    editions = [f"{NAME}/2026-01-18", f"{NAME}/2026-08-25"]
    assert main(["diff", *editions, "--lang", "ru"]) == 0
    text = capsys.readouterr().out
    assert "duty automated-decisions: changed, missing → partly with {model-based: yes" in text
    assert "things are proved to be the same for all answers" in text
    assert "Words (ru)" in text
    assert main(["diff", *editions, "--format", "json"]) == 0
    form = json.loads(capsys.readouterr().out)
    assert set(form) == {
        *("old", "new", "logic", "rewritten", "proved_same", "cases", "judged_cases", "words")
    }
    cited = next(one for one in form["rewritten"] if one["what"] == "cites of duty")
    assert cited.keys() == {"what", "id", "old", "new"}
    assert main(["diff", NAME, editions[1]]) == 2
    assert "Name one of: 2026-01-18, 2026-08-25." in capsys.readouterr().err
