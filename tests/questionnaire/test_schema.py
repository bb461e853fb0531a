"""The schemas for editors say what the loader accepts, and are as current as the model."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from riskq.questionnaire import (
    DATA_FOLDER,
    Catalogue,
    ListNode,
    Node,
    ScalarNode,
    read_text,
    read_yaml,
)
from riskq.questionnaire.schema import FILES, schema_of, write_schemas
from tests.builders import CASE, CHANGES, LAW, MUTANTS, QUESTIONS, RULES, TEXT

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
SMALL = {
    "questions": QUESTIONS,
    "rules": RULES,
    "text": TEXT,
    "law": LAW,
    "case": CASE,
    "mutants": MUTANTS,
    "changes": CHANGES,
}


def as_json(node: Node) -> Any:
    """A node as an editor sees it, by the rules of YAML 1.2."""
    if isinstance(node, ScalarNode):
        if NUMBER.fullmatch(node.text):
            return float(node.text)
        return {"true": True, "false": False}.get(node.text, node.text)
    if isinstance(node, ListNode):
        return [as_json(item) for item in node.items]
    return {key.text: as_json(value) for key, value in node.entries}


@cache
def validator(file: str) -> Draft202012Validator:
    """What checks a file of this sort."""
    schema = schema_of(file)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def faults(file: str, node: Node | None) -> list[str]:
    """What the schema has against a file."""
    assert node is not None
    return [error.message for error in validator(file).iter_errors(as_json(node))]


def published() -> list[tuple[str, Path]]:
    """Every published file, with the sort of file that it is."""
    found = [("law", path) for path in DATA_FOLDER.glob("law/*.yml")]
    for name in Catalogue().names():
        found.append(("changes", DATA_FOLDER / name / "changes.yml"))
        for folder in (DATA_FOLDER / name).iterdir():
            if folder.is_dir():
                found += [(name, folder / f"{name}.yml") for name in ("questions", "rules")]
                found += [("text", path) for path in folder.glob("text/*.yml")]
                found += [("case", path) for path in folder.glob("cases/*.yml")]
                found += [("mutants", path) for path in folder.glob("mutants.yml")]
    return found


@pytest.mark.parametrize("file", FILES)
def test_the_written_schemas_are_current(file: str, tmp_path: Path) -> None:
    write_schemas(tmp_path)
    written = (DATA_FOLDER / "schema" / f"{file}.json").read_text("utf-8")
    mend = "run: python -m riskq.questionnaire.schema"
    assert (tmp_path / f"{file}.json").read_text("utf-8") == written, mend


def test_published_files_fit_their_schemas() -> None:
    told = {str(path): faults(file, read_yaml(path).node) for file, path in published()}
    assert {path: found for path, found in told.items() if found} == {}


@pytest.mark.parametrize("file", FILES)
def test_the_small_questionnaire_fits_its_schemas(file: str) -> None:
    assert faults(file, read_text(SMALL[file], file).node) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("questions", "minutes: 5", "minutes: 0.5"),
        ("questions", "minutes: 5", "minutes: soon"),
        ("questions", "minutes: 5", "minuten: 5"),
        ("questions", "edition: 2026-05-01\n", ""),
        ("questions", "edition: 2026-05-01", "edition: today"),
        ("questions", "kind: number", "kind: nummer"),
        ("questions", "id: in-scope", "id: In Scope"),
        ("questions", "justify: true", "justify: yes"),
        ("questions", "max: 80", "max: 80000"),
        ("questions", "cites: [act/2.1]", "cites: act/2.1"),
        ("questions", "cites: [act/2.1]", "cites: [Act 2]"),
        ("rules", "levels: [low, high]", "levels: []"),
        ("rules", "cites: [act/2.1]", "cites: []"),
        ("rules", "every: 1 year", "every: year"),
        ("rules", "done: {all:", "finished: {all:"),
        ("rules", "any: [{fact", "some: [{fact"),
        ("rules", "{any-but: [none]}}\nscales", "{any-butt: [none]}}\nscales"),
        ("rules", "when: {in-scope: no}", "when: sometimes"),
        ("rules", "when: {in-scope: no}", "when: {in-scope: no, users: 5}"),
        ("rules", "when: {in-scope: no}", "when: {all: []}"),
        ("rules", "when: {in-scope: no}", "when: {score: {s: 5}}"),
        ("text", "title: Small", 'title: ""'),
        ("text", "high: {label: High}", "high: {lable: High}"),
        ("law", "{from: 2026-01-01}", "2026-01-01"),
        ("law", "  act:\n", "  act:\n    id: act\n"),
        ("case", "on: 2026-11-01", "on: today"),
        ("case", "kind: law", "kind: rumour"),
        ("case", "review: done", "review: finished"),
        ("mutants", "same: 1", "same: few"),
        ("mutants", "tried: 72", "tried: -1"),
        ("mutants", "why: {kk: Неге, ", "why: {"),
        ("changes", "edition: 2026-05-01", "edition: the first"),
        ("changes", "describes: {kk: Заң, ", "describes: {"),
    ],
)
def test_broken_files_do_not_fit(file: str, old: str, new: str) -> None:
    assert SMALL[file].count(old) == 1
    assert faults(file, read_text(SMALL[file].replace(old, new), file).node) != []


def test_a_schema_is_plain_json_without_repetition() -> None:
    rules = schema_of("rules")
    assert json.loads(json.dumps(rules)) == rules
    assert {"Scale", "ScaleEntry"} & set(rules["$defs"]) == {"ScaleEntry"}
    assert "condition" in rules["$defs"]
