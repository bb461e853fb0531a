"""Every code of the check is documented, and comes about exactly as docs/findings.md shows it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from riskq.checks import WARNINGS, check_edition
from riskq.cli import main
from riskq.questionnaire import DATA_FOLDER
from tests.builders import Folder
from tests.checks.findings_page import entries

PACKAGE = DATA_FOLDER.parent / "riskq"
WORD = re.compile(r'"([a-z]+(?:-[a-z]+)+|circle|markup|untranslated)"')
"""A word with a hyphen, as codes are."""
NO_CODES = {"at-least", "at-most", "any-but", "older-than", "scale-at", "long-text"} | {
    *("first-edition", "second-hand", "title-only", "bad-character")
}
"""Other such words; the last is told of answers in JSON alone: the reader of YAML is stricter."""


def words_of_sources() -> set[str]:
    """Everything in the sources that may be a code."""
    parts = ("questionnaire", "checks", "engine")
    files = [path for part in parts for path in (PACKAGE / part).glob("*.py")]
    return {word for path in files for word in WORD.findall(path.read_text("utf-8"))}


def test_the_page_tells_of_every_code_and_of_nothing_else() -> None:
    assert set(entries()) >= WARNINGS
    assert words_of_sources() - NO_CODES == set(entries())


@pytest.mark.parametrize("code", set(entries()) - {"too-many", "too-deep"})
def test_the_change_shown_brings_the_finding_shown(code: str, tmp_path: Path) -> None:
    entry = entries()[code]
    found = [one for one in entry.findings(tmp_path) if one.code == code]
    assert found
    assert entry.told == str(found[0])
    assert entry.severity == found[0].severity.value


def test_too_many_answers_in_a_case_are_told(folder: Folder) -> None:
    many = ", ".join(f"q{number}: yes" for number in range(5000))
    written = folder.path("cases/harmful.yml").read_text("utf-8")
    line = next(line for line in written.splitlines() if line.startswith("answers:"))
    folder.change("cases/harmful.yml", line, f"answers: {{{many}}}")
    assert "too-many" in {one.code for one in check_edition(folder.edition).findings}


@pytest.mark.parametrize("in_order", [True, False])
def test_facts_that_stand_too_deep_on_one_another_are_told(
    folder: Folder, *, in_order: bool
) -> None:
    facts = ["  f0: {in-scope: no}\n", *(f"  f{i}: {{fact: f{i - 1}}}\n" for i in range(1, 600))]
    written = "".join(facts if in_order else reversed(facts))
    folder.change("rules.yml", "facts:\n", f"facts:\n{written}")
    (found,) = (one for one in check_edition(folder.edition).findings if one.code == "too-deep")
    assert found.what == 'the fact "f' + ("150" if in_order else "599") + (
        '" stands more than 150 deep on other conditions'
    )


def test_errors_and_warnings_have_their_exit_codes(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    where = str(folder.edition.folder)
    assert main(["check", where]) == 0
    assert "0 errors" in capsys.readouterr().out
    folder.change("rules.yml", "levels: [low, high]", "levels: [low, higher, high]")
    assert main(["check", where]) == 1
    assert "level-never-reached" in capsys.readouterr().out


def test_programs_get_the_same_findings(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.change(
        "rules.yml", "cites: [act/2], when: always}", "cites: [act/2], when: {harms: none}}"
    )
    assert main(["check", str(folder.root), "--format", "json"]) == 1
    (edition,) = json.loads(capsys.readouterr().out)["editions"]
    found = next(one for one in edition["findings"] if one["code"] == "no-level")
    assert (found["file"], found["line"]) == ("small/2026-05-01/rules.yml", 12)
    assert found["example"] == {"in-scope": "no"}
    assert edition["name"] == "small/2026-05-01"


@pytest.mark.parametrize("depth", ["small/2026-05-01", "small", "."])
def test_a_folder_may_be_named_at_each_depth(depth: str, folder: Folder) -> None:
    assert main(["check", str(folder.root / depth)]) == 0
