"""The example in the documents for authors loads, and the check finds nothing wrong with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from riskq.checks import Severity, check_edition
from riskq.questionnaire import DATA_FOLDER, read_text
from riskq.questionnaire.condition_reader import read_condition
from tests.builders import Folder

README = (DATA_FOLDER / "README.md").read_text("utf-8")
FORMAT = (DATA_FOLDER.parent / "docs" / "format.md").read_text("utf-8")
BLOCK = re.compile(r"^`([a-z/.-]+)`\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| (`.*?`) \|", re.MULTILINE)


@pytest.fixture
def example(tmp_path: Path) -> Folder:
    """The files of the example, as an author would type them."""
    folder = Folder(tmp_path)
    files = dict(BLOCK.findall(README))
    assert set(files) == {
        *("law/act.yml", "questions.yml", "rules.yml", "text/en.yml", "cases/harmful.yml")
    }
    for name, text in files.items():
        folder.write(name, text)
    for language in ("kk", "ru"):
        words = files["text/en.yml"].replace("language: en", f"language: {language}")
        folder.write(f"text/{language}.yml", words)
    return folder


def test_the_example_loads_with_its_five_questions(example: Folder) -> None:
    assert len(example.load().questions) == 5


def test_the_check_finds_no_error_in_the_example(example: Folder) -> None:
    found = check_edition(example.edition).findings
    assert [str(item) for item in found if item.severity is Severity.ERROR] == []


@pytest.mark.parametrize("page", [README, FORMAT], ids=["README", "format"])
def test_every_condition_in_the_tables_can_be_read(page: str) -> None:
    table = page.partition("\n## Conditions\n")[2].partition("\n## ")[0]
    written = [code for row in ROW.findall(table) for code in re.findall(r"`([^`]+)`", row)]
    shown = [code for code in written if "..." not in code]
    assert len(shown) >= 9
    for code in shown:
        node = read_text(code, "table").node
        assert node is not None
        read_condition(node)
