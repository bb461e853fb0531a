"""docs/format.md marks the keys that must be there, and shows a file of acts that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from msgspec import Struct

from riskq.questionnaire import DATA_FOLDER, read_text
from riskq.questionnaire.cases import Case, Source
from riskq.questionnaire.changes import ChangeLog, EditionChanges
from riskq.questionnaire.decoder import Decoder, fields_of
from riskq.questionnaire.law import Act, Amendment, LawFile
from riskq.questionnaire.model import Question, QuestionsFile, Section
from riskq.questionnaire.mutants import ArguedMutants, MutationRecord
from riskq.questionnaire.prose import (
    DutyText,
    LevelText,
    NamedText,
    Prose,
    QuestionText,
    RequirementText,
    RuleText,
    ScaleText,
    SectionText,
)
from riskq.questionnaire.rulebook import (
    Bodies,
    Documents,
    Duty,
    Fine,
    Limit,
    Notice,
    Requirement,
    Rule,
    Rulebook,
    Scale,
    UnitValue,
)

PAGE = (DATA_FOLDER.parent / "docs" / "format.md").read_text("utf-8")
BOLD = re.compile(r"\*\*`([a-z_]+)`\*\*")
FILES: dict[str, tuple[type[Struct], ...]] = {
    "questions.yml": (QuestionsFile, Section, Question),
    "rules.yml": (
        *(Rulebook, Scale, Rule, Duty, Notice, Requirement),
        *(Fine, UnitValue, Documents, Bodies, Limit),
    ),
    "text/*.yml": (
        *(Prose, SectionText, QuestionText, ScaleText, LevelText, RuleText),
        *(DutyText, NamedText, RequirementText),
    ),
    "law/*.yml": (LawFile, Act, Amendment),
    "cases/*.yml": (Case, Source),
    "mutants.yml": (MutationRecord, ArguedMutants),
    "changes.yml": (ChangeLog, EditionChanges),
}
"""The classes whose keys each part of the page tells of."""
ROWS: dict[tuple[str, str], type[Struct]] = {
    ("rules.yml", "duties"): Duty,
    ("rules.yml", "notices"): Notice,
    ("rules.yml", "requirements"): Requirement,
    ("rules.yml", "fines"): Fine,
    ("rules.yml", "units"): UnitValue,
    ("rules.yml", "documents"): Documents,
    ("rules.yml", "bodies"): Bodies,
    ("rules.yml", "limits"): Limit,
    ("text/*.yml", "duties"): DutyText,
    ("text/*.yml", "notices"): NamedText,
    ("text/*.yml", "requirements"): RequirementText,
    ("law/*.yml", "amended"): Amendment,
}
"""Rows that tell of one class alone."""
NAMED_BY_KEY: set[type[Struct]] = {Act, Scale}
"""Classes whose id is the key that they stand under."""


def part(name: str) -> str:
    """What the page says under a heading."""
    return PAGE.partition(f"\n## {name}\n")[2].partition("\n## ")[0]


def needed(model: type[Struct]) -> Iterator[str]:
    """The keys that a record must have in a file."""
    for spec in fields_of(model):
        if spec.required and not (spec.name == "id" and model in NAMED_BY_KEY):
            yield spec.encode_name


@pytest.mark.parametrize("file", FILES)
def test_the_keys_in_bold_are_those_that_must_be_there(file: str) -> None:
    assert set(BOLD.findall(part(file))) == {key for model in FILES[file] for key in needed(model)}


@pytest.mark.parametrize(("file", "key"), ROWS)
def test_each_row_marks_its_own_keys(file: str, key: str) -> None:
    rows = [line for line in part(file).splitlines() if line.startswith("| ")]
    (row,) = (line for line in rows if f"`{key}`" in line.split(" | ")[0])
    assert set(BOLD.findall(row.partition(" | ")[2])) == set(needed(ROWS[file, key]))


def test_the_file_of_acts_that_is_shown_can_be_read() -> None:
    (shown,) = re.findall(r"```yaml\n(.*?)```", part("law/*.yml"), re.DOTALL)
    read = read_text(shown, "law/act.yml")
    decoder = Decoder()
    assert read.node is not None
    (act,) = decoder.decode(LawFile, read.node).acts
    assert [*read.problems, *decoder.problems] == []
    assert act.amended[0].confirmed
