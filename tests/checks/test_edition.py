"""Broken questionnaires are told what is broken, and sound ones nothing."""

from __future__ import annotations

import pytest

from riskq.checks import Finding, Severity, check_edition
from riskq.i18n import LANGUAGES
from riskq.questionnaire import Catalogue
from tests.builders import CASE, Folder

RULES, CASES = "rules.yml", "cases/harmful.yml"
ERRORS = "error"


def findings(folder: Folder, severity: str = ERRORS) -> list[Finding]:
    """What the check finds, of one severity."""
    return [item for item in check_edition(folder.edition).findings if item.severity == severity]


def codes(folder: Folder, severity: str = ERRORS) -> list[str]:
    """The codes of what the check finds, of one severity."""
    return [item.code for item in findings(folder, severity)]


def test_a_sound_questionnaire_has_no_errors(folder: Folder) -> None:
    assert codes(folder) == []


def test_problems_of_the_files_are_findings(folder: Folder) -> None:
    folder.change(RULES, "level: outside", "level: outsite")
    (found,) = findings(folder)
    assert found.code == "unknown-level"
    assert str(found).startswith("small/2026-05-01/rules.yml:9: error: ")


def test_problems_of_the_rules_and_of_the_cases_are_told_together(folder: Folder) -> None:
    folder.change(RULES, "level: outside", "level: outsite").change(
        CASES, "kind: law", "kind: tale"
    )
    assert codes(folder) == ["unknown-level", "unknown-value"]


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("text/kz.yml", "Files are called questions.yml"),
        ("cases/new.YAML", "Rename it to new.yml."),
        ("cases/old/harmful.yml", "Files are called questions.yml"),
        ("law/more.yaml", "Rename it to more.yml."),
        ("rules.yaml", "Files are called questions.yml"),
    ],
)
def test_files_that_nothing_reads_are_told(folder: Folder, name: str, mend: str) -> None:
    folder.write(name, CASE)
    (found,) = (one for one in findings(folder, "warning") if one.code == "unread-file")
    assert found.where.endswith(f"{name}:1")
    assert found.mend.startswith(mend)


def test_files_that_are_no_data_may_stand_beside(folder: Folder) -> None:
    folder.write("NOTES.md", "notes").write("cases/letter.txt", "Dear all")
    assert "unread-file" not in codes(folder, "warning")


def test_a_text_that_one_language_lacks_is_told_in_its_file(folder: Folder) -> None:
    for language in ("kk", "en"):
        folder.change(f"text/{language}.yml", "{ask: Is it in scope?}", "{ask: Is it?, why: Ä}")
    (found,) = (one for one in findings(folder, "warning") if one.code == "text-lacking")
    line = folder.line_of("text/ru.yml", "in-scope: {ask")
    assert found.where == f"small/2026-05-01/text/ru.yml:{line}"


@pytest.mark.parametrize("name", [RULES, "text/kk.yml"])
def test_placeholders_are_told_beside_other_faults(folder: Folder, name: str) -> None:
    folder.change("text/en.yml", "reason: It harms.", 'reason: "It harms {x}."')
    if name == RULES:
        folder.change(RULES, "level: outside", "level: outsite")
    else:
        folder.change(name, "  users: {ask: How many use it?}\n", "")
    told = codes(folder)
    assert "differing-placeholders" in told
    assert len(told) == 2


def test_a_scale_that_can_end_without_a_level_is_told_with_an_example(folder: Folder) -> None:
    folder.change(RULES, "[act/2], when: always}", "[act/2], when: {harms: none}}")
    (found,) = findings(folder)
    assert found.code == "no-level"
    assert found.what == 'the scale "risk" can end without a level: none of its rules holds'
    assert found.example == {"in-scope": "no"}


def test_a_rule_that_can_never_decide_is_told(folder: Folder) -> None:
    late = "      - {id: low, level: low, cites: [act/2], when: always}\n"
    later = "      - {id: later, level: low, cites: [act/2], when: {harms: none}}\n"
    folder.change(RULES, late, late + later)
    for language in LANGUAGES:
        text = "  low: {reason: It does not harm., verdict: Low.}\n"
        folder.change(f"text/{language}.yml", text, text + text.replace("low:", "later:"))
    (found,) = findings(folder)
    assert (found.code, found.where.rpartition(":")[2]) == (
        "rule-shadowed",
        str(folder.line_of(RULES, "id: later")),
    )


def test_a_level_that_is_never_reached_is_told(folder: Folder) -> None:
    folder.change(RULES, "levels: [low, high]", "levels: [low, high, higher]")
    for language in LANGUAGES:
        folder.change(f"text/{language}.yml", ", high: {", ", higher: {label: Higher}, high: {")
    assert codes(folder) == ["level-never-reached"]


EXPECTATIONS = [
    ("risk: high}", "risk: low}", 'the scale "risk": low, and gets high'),
    ("risk: high}", "risk: [low, high]}", 'the scale "risk": low, high, and gets high'),
    ("risk: high-by-harm", "risk: low", '"risk" because of: low, and gets high-by-harm'),
    ("review: done", "review: missing", 'the duty "review": missing, and gets done'),
    ("review: done", "review: absent", 'the duty "review": absent, and gets done'),
    ("{review: done}", "{}\n  obliges: {review: open}", 'the duty "review": open, and gets yes'),
    ("many-users: absent", "many-users: present", 'the notice "many-users": present, and gets'),
    ("many-users: absent", "many-users: open", 'the notice "many-users": open, and gets absent'),
    ("next: nothing", "next: users", "the next question: users, and gets nothing"),
    ("set_aside: []", "set_aside: [users]", "set aside: users, and gets nothing"),
    ("decides: []", "decides: [harms]", "decides: harms, and gets nothing"),
]


@pytest.mark.parametrize(("old", "new", "told"), EXPECTATIONS)
def test_a_case_that_gives_something_else_is_told(
    folder: Folder, old: str, new: str, told: str
) -> None:
    folder.change(CASES, old, new)
    (found,) = findings(folder)
    assert found.code == "case-differs"
    assert told in found.what


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("risk: high}", "rsik: high}", "unknown-scale"),
        ("because: {risk:", "because: {rsik:", "unknown-scale"),
        ("review: done", "revue: done", "unknown-duty"),
        ("{review: done}", "{}\n  obliges: {revue: yes}", "unknown-duty"),
        ("many-users: absent", "few-users: absent", "unknown-notice"),
        ("in-scope: yes", "in-scope: maybe", "unknown-option"),
        ("in-scope: yes", "inscope: yes", "unknown-question"),
        ("users: 5", "users: many", "wrong-kind"),
        ("reviewed: 2026-02-01", "reviewed: 2027-02-01", "in-future"),
        ("on: 2026-11-01", "on: 2027-03-01", "case-differs"),
    ],
)
def test_a_case_that_names_what_is_not_there_is_told(
    folder: Folder, old: str, new: str, code: str
) -> None:
    folder.change(CASES, old, new)
    assert codes(folder) == [code]


def test_answers_that_are_no_mapping_are_told(folder: Folder) -> None:
    written = next(line for line in CASE.splitlines() if line.startswith("answers:"))
    folder.change(CASES, written, "answers: none")
    assert codes(folder) == ["wrong-kind"]


def test_what_no_case_shows_is_a_warning(folder: Folder) -> None:
    told = [item.what for item in findings(folder, "warning")]
    assert 'no case shows the level "risk: low"' in told
    assert 'no case shows the rule "low"' in told
    assert 'no case shows the notice "many-users"' in told
    assert 'no case shows the option "harms: property"' in told
    assert 'no case shows the duty "review"' not in told
    assert 'no case shows the option "harms: people"' not in told


def test_options_that_only_bring_points_are_to_be_shown(folder: Folder) -> None:
    more = "      - {id: more, kind: one, options: [{id: few, points: {sum: 1}}, lots]}\n"
    first = "      - {id: name, kind: text, length: {min: 1, max: 80}}\n"
    folder.change("questions.yml", first, first + more)
    folder.change(RULES, "facts:\n", "scores: [sum]\nfacts:\n")
    folder.change(RULES, "{users: {at-least: 1000}}, cites", "{score: {sum: {above: 0}}}, cites")
    for language in LANGUAGES:
        labels = "options: {few: Few, lots: Lots}"
        text = f"questions:\n  more: {{ask: More?, {labels}}}\n"
        folder.change(f"text/{language}.yml", "questions:\n", text)
    told = [item.what for item in findings(folder, "warning")]
    assert 'no case shows the option "more: few"' in told
    assert 'no case shows the option "more: lots"' in told


def test_a_case_that_expects_nothing_is_told(folder: Folder) -> None:
    begin, _, _ = folder.path(CASES).read_text("utf-8").partition("expect:")
    folder.write(CASES, f"{begin}expect: {{}}\n")
    assert codes(folder) == ["nothing-expected"]


def test_an_act_that_is_not_in_force_is_told(folder: Folder) -> None:
    folder.change("law/act.yml", "{from: 2026-01-01}", "{from: 2026-01-01, until: 2026-04-30}")
    assert codes(folder) == ["act-not-in-force"]


@pytest.mark.parametrize("name", Catalogue().names())
def test_no_published_edition_has_an_error(name: str) -> None:
    catalogue = Catalogue()
    for day in catalogue.editions(name):
        found = check_edition(catalogue.edition(name, day)).findings
        assert [str(item) for item in found if item.severity is Severity.ERROR] == []


def test_a_case_that_cannot_be_judged_brings_no_warning_of_what_it_may_show(folder: Folder) -> None:
    before = codes(folder, "warning")
    folder.change(CASES, "harms: [people]", "harms: people")
    assert codes(folder) == ["wrong-kind"]
    assert {code for code in codes(folder, "warning") if "without-case" in code} <= set(before)
