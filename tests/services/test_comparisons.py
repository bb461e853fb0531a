"""Two editions compared in words: nothing is left out, and no id or value of the program shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from riskq.checks import compare
from riskq.i18n import LANGUAGES
from riskq.questionnaire import Catalogue, Questionnaire
from riskq.report import ComparisonView
from riskq.services import comparison_of
from riskq.services.comparisons import in_words
from tests.builders import Folder
from tests.checks.test_rewritten import edited, full_folder
from tests.services.conftest import FIRST, SECOND, Service

CODE = re.compile(r"[A-Z][a-zA-Z]+\(|Decimal|datetime|None(?! of)|True|False|\{")
"""What a value of the program looks like, and no text."""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Questionnaire:
    return full_folder(tmp_path_factory.mktemp("full")).load()


def told(old: Questionnaire, new: Questionnaire, language: str = "en") -> ComparisonView:
    """Two editions compared in words."""
    return in_words(old, new, compare(old, new, [], []), language)


@pytest.mark.slow
def test_whatever_is_written_differently_is_told_in_words(full: Questionnaire) -> None:
    for model, name, changed in edited(full):
        try:
            found = compare(full, changed, [], [])
        except (KeyError, ValueError):
            continue  # The change leaves a name without a thing; the loader would refuse it.
        view = in_words(full, changed, found, "en")
        changes = [change for field in view.fields for change in field.changes]
        assert len(changes) + len(view.cited) == len(found.rewritten), (model, name)
        for change in changes:
            assert change.what
            assert change.old != change.new, (model, name)
            assert not CODE.search(f"{change.what} {change.old} {change.new}"), change


YEAR_BEFORE = "90\xa0tenge (from 1 January 2025 to 31 December 2025; Act, Article 2)"
CHANGES: dict[str, tuple[tuple[str, str, str], tuple[str, str, str, str]]] = {
    "papers": (
        ("rules.yml", "{high: [people, property]}, cites", "{high: [people]}, cites"),
        (
            "Documents required by level", "Documents required: High",
            "People, Property", "People",
        ),
    ),
    "units": (
        ("rules.yml", "tenge: 100", "tenge: 900"),
        (
            "The questionnaire as a whole", "Worth of one unit of a fine: unit",
            f"{YEAR_BEFORE}; 100\xa0tenge (from 1 January 2026; Act, Article 2)",
            f"{YEAR_BEFORE}; 900\xa0tenge (from 1 January 2026; Act, Article 2)",
        ),
    ),
    "due": (
        ("rules.yml", "every: 1 year", "every: 18 months"),
        (
            "Review", "Deadline",
            "1 year after the answer to “When was it reviewed?”",
            "1 year 6 months after the answer to “When was it reviewed?”",
        ),
    ),
    "fine": (
        ("rules.yml", "first: {yes: 5}", "first: {yes: 50}"),
        ("Late", "Amount: Yes", "5 unit", "50 unit"),
    ),
    "grave": (
        ("rules.yml", "{id: heavy, ", "{id: heavy, grave: true, "),
        ("Heavy", "Stands first", "no", "yes"),
    ),
    "kind": (
        ("questions.yml", "id: name, kind: text", "id: name, kind: long-text"),
        ("What is it called?", "Kind of answer", "a line of text", "a longer text"),
    ),
    "graver": (
        ("rules.yml", "    monotone: {users: [less, more]}\n", ""),
        ("Risk", "Which answers are graver: How many use it?", "fewer, more", ""),
    ),
    "bodies": (
        ("rules.yml", "property: [court]", "property: [court, ministry]"),
        (
            "State bodies to ask", "State bodies to ask: Property",
            "Court", "Court, Ministry",
        ),
    ),
    "order": (
        (
            "rules.yml", "[{id: gap, cites: [act/1]}, {id: doubt, cites: [act/2]}]",
            "[{id: doubt, cites: [act/2]}, {id: gap, cites: [act/1]}]",
        ),
        ("The questionnaire as a whole", "Order of the open points", "Gap; Doubt", "Doubt; Gap"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_field_is_told_by_titles_and_labels(tmp_path: Path, name: str) -> None:
    change, line = CHANGES[name]
    old = full_folder(tmp_path / "old").load()
    new = full_folder(tmp_path / "new").change(*change).load()
    (field,) = told(old, new).fields
    (shown,) = field.changes
    assert (field.title, shown.what, shown.old, shown.new) == line


def with_forest(folder: Folder) -> Folder:
    """An option more, which a rule of its own looks at."""
    rule = "- {id: low, level: low, cites: [act/2], when: always}"
    burnt = "- {id: burnt, level: high, cites: [act/2], when: {harms: forest}}\n      "
    folder.change("questions.yml", "[people, ", "[people, forest, ")
    folder.change("rules.yml", rule, burnt + rule)
    for language in LANGUAGES:
        name = f"text/{language}.yml"
        folder.change(
            name, "      people: People\n", "      people: People\n      forest: Forest\n"
        )
        folder.change(
            name, "\nrules:\n", "\nrules:\n  burnt: {reason: It burns., verdict: High.}\n"
        )
    return folder


def test_an_option_of_one_edition_is_told_by_its_label_and_not_held_against_the_other(
    tmp_path: Path,
) -> None:
    folders = [full_folder(tmp_path / name) for name in ("old", "new")]
    for folder in folders:
        folder.change("rules.yml", "harmful: {harms: {any-but: [none]}}", HARMFUL)
    old, new = folders[0].load(), with_forest(folders[1]).load()
    view = told(old, new)
    assert view.added == ("Option: Whom does it harm? – Forest", "Reason: It burns.")
    level = next(change for change in view.changed if change.what == "Level")
    assert (level.title, level.old, level.new) == ("Risk", "", "High")
    assert level.notes == ("The older edition does not take this answer to “Whom does it harm?”.",)
    assert "Forest" in {line.answer for line in level.answers}
    back = next(change for change in told(new, old).changed if change.what == "Level")
    assert (back.old, back.new) == ("High", "")


HARMFUL = "harmful: {harms: [people, property]}"


def test_what_both_say_otherwise_is_told_with_answers_in_words(service: Service) -> None:
    view = comparison_of(service.desk, "small", FIRST, SECOND, "ru")
    level = next(change for change in view.changed if change.title == "Risk")
    assert (level.old, level.new, level.notes) == ("Low", "High", ())
    assert ("Is it in scope?", "Yes") in {(line.ask, line.answer) for line in level.answers}


def test_days_in_examples_are_written_in_full(tmp_path: Path) -> None:
    old = full_folder(tmp_path / "old").load()
    folder = full_folder(tmp_path / "new")
    folder.change(
        "rules.yml",
        "{not: {reviewed: {older-than: 1 year}}}",
        "{not: {reviewed: {older-than: 2 years}}}",
    )
    duty = next(change for change in told(old, folder.load()).changed if change.what == "Duty")
    (day,) = (line.answer for line in duty.answers if line.ask == "When was it reviewed?")
    assert re.fullmatch(r"\d+ [A-Z][a-z]+ 20\d\d", day)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_comparison_of_the_law_holds_no_id(language: str) -> None:
    catalogue = Catalogue()
    days = catalogue.editions("kz-ai-law")
    old, new = (catalogue.load("kz-ai-law", day) for day in days)
    view = in_words(old, new, compare(old, new, [], []), language)
    ids = {duty.id for duty in old.rulebook.duties} | {one.id for one in old.rulebook.limits}
    ids = {name for name in (*ids, *old.by_id) if "-" in name}
    texts = " ".join(map(str, (view.changed, view.added, view.removed, view.fields, view.cited)))
    assert {name for name in ids if re.search(rf"(?<![\w-]){name}(?![\w-])", texts)} == set()


def test_an_edition_and_itself_differ_in_nothing(full: Questionnaire) -> None:
    view = told(full, replace(full))
    assert (view.changed, view.added, view.removed, view.fields, view.cited) == ((), (), (), (), ())
