"""What comes of mutants, the record about them, and that published editions keep to theirs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from riskq.checks import check_edition, check_mutants, mutants_form, mutants_text
from riskq.checks.mutants import mutants
from riskq.checks.mutation import Fate, Tried, changed_outcomes, try_mutants
from riskq.checks.record import hold_to_record
from riskq.cli import main
from riskq.engine import Conclusion, assess
from riskq.questionnaire import Catalogue, Edition, digest_of, load_mutation_record
from tests.builders import Folder
from tests.engine.strategies import ON, SEEDS, draw_answers, draw_questionnaire

CASES = "cases/harmful.yml"
SURVIVOR = "notice many-users: {users: {at-least: 1000}} → {users: {above: 1000}}"
NOTICED = "rule high-by-harm: high → low"
RECORD = """\
tried: %(tried)s
by_case: %(by_case)s
by_proof: %(by_proof)s
same: %(same)s
survived:
  - why: {kk: Неге, ru: Почему, en: Why}
    mutants: [%(mutants)s]
"""


def fates(folder: Folder) -> Mapping[str, Fate]:
    """What comes of each mutant of the small questionnaire."""
    return {one.id: one.fate for one in try_mutants(folder.load(), folder.load_cases())}


def test_a_mutant_is_noticed_by_a_case_or_a_proof_or_survives(folder: Folder) -> None:
    found = fates(folder)
    assert found[NOTICED] is Fate.CASE
    assert found["rule out-of-scope: there → deleted"] is Fate.PROOF
    assert found[SURVIVOR] is Fate.SURVIVED


def test_a_case_more_notices_more(folder: Folder) -> None:
    case = folder.path(CASES).read_text("utf-8")
    case = case.replace("id: harmful", "id: many").replace("users: 5", "users: 1000")
    folder.write("cases/many.yml", case.replace("many-users: absent", "many-users: present"))
    assert fates(folder)[SURVIVOR] is Fate.CASE


def test_what_only_the_truth_behind_unsure_tells_apart_is_the_same(folder: Folder) -> None:
    """While it may be in scope, the question is in the journey, and it counts only if it is."""
    gate = "ask_if: {in-scope: yes}"
    folder.change(
        "questions.yml", "        justify: true\n", f"        justify: true\n        {gate}\n"
    )
    name = "ask_if of harms: {in-scope: yes} → {in-scope: [yes, unsure]}"
    assert fates(folder)[name] is Fate.SAME


def in_no_order(conclusion: Conclusion) -> Conclusion:
    """The conclusion with its reasons sorted: their order is no result."""
    scales = (replace(one, because=tuple(sorted(one.because))) for one in conclusion.scales)
    return replace(conclusion, scales=tuple(scales))


def expect_the_same_of_all_answers(seed: int, tries: int) -> None:
    """Mutants that are proved to show the same give the same conclusions."""
    rng = Random(seed)
    questionnaire = draw_questionnaire(rng)
    made = list(mutants(questionnaire))
    for mutant in rng.sample(made, min(tries, len(made))):
        if changed_outcomes(questionnaire, mutant.questionnaire):
            continue
        for _ in range(tries):
            answers = draw_answers(rng, questionnaire, 10**12)
            one, other = (
                in_no_order(assess(judged, answers, ON))
                for judged in (questionnaire, mutant.questionnaire)
            )
            assert one == other, mutant.id


@pytest.mark.slow
@given(seed=SEEDS)
@settings(max_examples=10)
def test_mutants_that_are_the_same_show_the_same(seed: int) -> None:
    expect_the_same_of_all_answers(seed, tries=20)


@pytest.mark.slow
@given(seed=SEEDS)
@settings(max_examples=50)
def test_very_many_mutants_that_are_the_same_show_the_same(seed: int) -> None:
    expect_the_same_of_all_answers(seed, tries=40)


@cache
def tried(folder: Folder) -> tuple[Tried, ...]:
    """The mutants of the small questionnaire, tried once."""
    return try_mutants(folder.load(), folder.load_cases())


def write_record(folder: Folder, *left: str, more: str = "", **counts: int) -> None:
    """Write a true record that argues all survivors, but for what is said otherwise."""
    found = hold_to_record("small", tried(folder), None)
    names = [one.id for one in found.survived if one.id not in left]
    listed = ", ".join(f'"{name}"' for name in (*names, *([more] if more else [])))
    folder.write("mutants.yml", RECORD % {**found.counts, **counts, "mutants": listed})


def test_a_true_record_is_kept_to(folder: Folder) -> None:
    write_record(folder)
    checked = hold_to_record("small", tried(folder), load_mutation_record(folder.edition))
    assert not checked.has_errors
    assert mutants_text([checked]).startswith("small: 72 mutants: 36 noticed by a case, ")


def test_what_is_not_as_the_record_says_is_told(folder: Folder) -> None:
    write_record(folder, SURVIVOR, more=NOTICED, by_case=99)
    checked = hold_to_record("small", tried(folder), load_mutation_record(folder.edition))
    assert checked.has_errors
    unargued, idle, count, _ = mutants_text([checked]).splitlines()
    assert unargued.startswith(f"small/mutants.yml: {SURVIVOR}: no case and no proof notices it")
    assert 'it changes the notice "many-users".' in unargued
    assert idle == f"small/mutants.yml: {NOTICED}: is argued, but is no survivor. Delete it there."
    assert count.startswith("small/mutants.yml: says by_case: 99. Write by_case: ")
    (form,) = mutants_form([checked])["editions"]
    assert form["idle"] == [NOTICED]
    assert form["differences"]["by_case"]["recorded"] == 99
    assert [one["id"] for one in form["survived"] if not one["argued"]] == [SURVIVOR]


def test_without_a_record_every_survivor_is_told(folder: Folder) -> None:
    checked = hold_to_record("small", tried(folder), load_mutation_record(folder.edition))
    assert [one.id for one in checked.unargued] == [one.id for one in checked.survived]
    assert checked.has_errors


def test_a_faulty_record_is_told_by_every_check(folder: Folder) -> None:
    write_record(folder)
    folder.change("mutants.yml", "by_case:", "by_cases:")
    told = {finding.code for finding in check_edition(folder.edition).findings}
    assert {"unknown-key", "missing-key"} <= told


def test_the_record_does_not_touch_the_digest(folder: Folder) -> None:
    before = digest_of(folder.edition)
    write_record(folder)
    assert digest_of(folder.edition) == before


@pytest.mark.slow
def test_the_command_tries_them_by_all_cores(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["check", "--mutants", str(folder.edition.folder)]
    assert main([*arguments, "--format", "json"]) == 1
    (form,) = json.loads(capsys.readouterr().out)["editions"]
    alone = hold_to_record("small/2026-05-01", tried(folder), None)
    assert form == mutants_form([alone])["editions"][0]
    write_record(folder)
    assert main(arguments) == 0
    assert capsys.readouterr().out == f"{mutants_text([alone]).splitlines()[-1]}\n".replace(
        " 0 argued", f" {len(alone.survived)} argued"
    )


def published() -> list[Edition]:
    """All published editions."""
    catalogue = Catalogue()
    return [
        catalogue.edition(name, day)
        for name in catalogue.names()
        for day in catalogue.editions(name)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("edition", published(), ids=lambda edition: edition.folder.name)
def test_what_is_published_of_mutants_is_so(edition: Edition) -> None:
    assert load_mutation_record(edition) is not None
    checked = check_mutants(edition)
    assert not checked.has_errors, mutants_text([checked])
