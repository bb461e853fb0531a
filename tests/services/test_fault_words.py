"""What is wrong with a cell is said in words that somebody else gives, with its own values."""

from __future__ import annotations

import re

import pytest

from riskq.bulk import CellFault, TableJudge, read_columns
from riskq.i18n import LANGUAGES, words
from riskq.questionnaire import Questionnaire
from riskq.services import FAULT_CODES, TableProblem
from riskq.services.fault_words import say_with
from riskq.web.table_words import cell_words, problem_text
from tests.builders import ON, Folder
from tests.bulk.rows import numbered, table_of
from tests.test_house import MODULES

PLACES = re.compile(r"%\((\w+)\)s")
PLAIN = {
    code: f"{code} " + " ".join(f"%({name})s" for name in FAULT_CODES[code]) for code in FAULT_CODES
}
CELLS = [
    ("in-scope", "perhaps", "unknown-option perhaps yes, no, unsure"),
    ("in-scope", "yess", "mistyped-option yess yes"),
    ("harms", "people;propperty", "mistyped-option propperty property"),
    ("harms", "none;people", "excluded-option none"),
    ("harms", "unsure;people", "excluded-option unsure"),
    ("harms", ";", "nothing-chosen people, property, none, unsure"),
    ("users", "5,5", "no-number-nor 5,5 unknown"),
    ("users", "-1", "out-of-range 0 1000000"),
    ("reviewed", "31.12.2025", "no-day-nor 31.12.2025 never, unsure"),
    ("reviewed", "2030-01-01", "in-future 2030-01-01"),
    ("name", "x" * 81, "too-long 81 80"),
    ("name", "a\0b", "bad-character "),
    ("name", "\x01", "too-short 1"),
]


@pytest.fixture
def small(folder: Folder) -> Questionnaire:
    """Five questions, two scales."""
    return folder.load()


def faults_of(small: Questionnaire, name: str, text: str) -> tuple[int, list[CellFault]]:
    """What is told of a table with one faulty cell below a good one."""
    table = numbered(table_of([name], [{}, {name: text}, {name: text}]))
    judge = TableJudge(small, read_columns(small, [name], "table"), ON, say=say_with(PLAIN))
    told = judge.judge(table)["faults"].to_list()
    count, found = judge.faults(table, 1)
    assert told == ["", *[f"{name}: {fault.fault}" for fault in found * 2]]
    return count, found


@pytest.mark.parametrize(("name", "text", "told"), CELLS)
def test_every_fault_has_its_code_and_its_values(
    small: Questionnaire, name: str, text: str, told: str
) -> None:
    assert faults_of(small, name, text) == (2, [CellFault(1, name, told)])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_have_words_for_every_fault_of_a_cell(language: str) -> None:
    texts = cell_words(words(language, "web"))
    assert {code: set(PLACES.findall(text)) for code, text in texts.items()} == {
        code: set(values) for code, values in FAULT_CODES.items()
    }


def codes_in_the_source() -> set[str]:
    """The codes of faults that tables as a whole may have."""
    called = re.compile(r'(?:table_fault|_problem|TableProblem)\(\s*"([a-z0-9-]+)"')
    files = [path for path in MODULES if path.parent.name in ("bulk", "services")]
    found = [called.findall(path.read_text("utf-8")) for path in files if "riskq" in path.parts]
    return {code for codes in found for code in codes}


def test_the_pages_have_words_for_every_fault_of_a_table() -> None:
    say = words("en", "web")
    values = dict.fromkeys(
        ("line", "cells", "width", "names", "first", "columns", "most", "name", "times", "meant"), 7
    )
    plain = problem_text(TableProblem("nothing that is known"), say)
    codes = codes_in_the_source() - {"no-file"}
    assert len(codes) > 20
    assert [code for code in codes if problem_text(TableProblem(code, values), say) == plain] == []
