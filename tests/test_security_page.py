"""docs/security.md and durability.md name a test for each promise: those tests are there and run.

A page that names a test which was renamed or switched off would promise what nobody looks at.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
FAULTS = (ROOT / "docs" / "durability.md").read_text("utf-8")

IDS = [
    "1.1.2", "1.2.1", "1.2.4", "1.2.10", "1.3.3", "1.3.6", "1.3.7", "1.3.12", "1.5.2", "2.1.3",
    "2.2.1", "2.2.2", "2.3.1", "2.3.3", "2.4.1", "3.2.1", "3.3.1", "3.3.4", "3.4.1", "3.4.3",
    "3.4.6", "3.5.1", "3.5.3", "4.1.3", "4.2.1", "5.2.1", "5.2.3", "5.3.2", "5.4.2", "7.2.3",
    "7.2.4", "7.3.1", "7.4.1", "8.2.2", "8.4.1", "9.1.1", "9.2.1", "11.2.4",
    "11.3.2", "13.2.4", "14.2.1", "14.3.2", "15.2.2", "15.2.5", "16.4.1", "16.5.1", "16.5.3",
]  # fmt: skip
"""The requirements of ASVS 5.0 that the page must tell of, met or not."""

NAMED = re.compile(r"`(tests/[\w/]+\.py)::([\w:]+)`")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def rows(heading: str, page: str = PAGE) -> list[list[str]]:
    """The cells of every row of the table below a heading."""
    part = page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def is_switched_off(node: ast.AST) -> bool:
    """Whether a mark or a call lets it be passed over, or fail, without anybody noticing."""
    marks = [ast.unparse(getattr(one, "func", one)) for one in getattr(node, "decorator_list", [])]
    calls = [ast.unparse(one.func) for one in ast.walk(node) if isinstance(one, ast.Call)]
    told = [*marks, *(call for call in calls if call.startswith("pytest."))]
    return any(re.search(r"\b(skip|skipif|xfail|importorskip)\b", one) for one in told)


@cache
def known_in(file: str) -> dict[str, bool]:
    """Every test of a module, as ``name`` or ``Class::name``, and whether it is switched off."""
    body = ast.parse((ROOT / file).read_text("utf-8")).body
    assigned = [ast.unparse(one) for one in body if isinstance(one, ast.Assign)]
    all_off = any(re.match(r"pytestmark = .*\b(skip|skipif|xfail)\b", one) for one in assigned)
    found = {}
    for node in body:
        if isinstance(node, Function):
            found[node.name] = all_off or is_switched_off(node)
        elif isinstance(node, ast.ClassDef):
            for one in node.body:
                if isinstance(one, Function):
                    off = all_off or is_switched_off(node) or is_switched_off(one)
                    found[f"{node.name}::{one.name}"] = off
    return {name: off for name, off in found.items() if name.split("::")[-1].startswith("test_")}


def test_every_test_that_is_named_is_there_and_runs() -> None:
    named = NAMED.findall(PAGE + FAULTS)
    assert len(named) > len(IDS)
    for file, name in named:
        assert (ROOT / file).name.startswith("test_"), file
        assert name in known_in(file), f"{file} has no {name}"
        assert not known_in(file)[name], f"{file}::{name} is switched off"


def test_every_requirement_has_its_row_once() -> None:
    told = [one for row in rows("Requirements") for one in row[0].split(", ")]
    assert sorted(told) == sorted(IDS)


@pytest.mark.parametrize("row", rows("Requirements"), ids=lambda row: row[0])
def test_every_requirement_names_its_test_or_says_that_it_is_not_met(row: list[str]) -> None:
    ids, level, asked, met, shown = row
    assert set(level) <= set("123, ")
    assert len(level.split(", ")) == len(ids.split(", "))
    assert asked
    assert met
    assert NAMED.search(shown) or "Not met" in met


@pytest.mark.parametrize(
    "row",
    [*rows("Beside ASVS"), *rows("Limits"), *rows("Faults", FAULTS)],
    ids=lambda row: row[0],
)
def test_every_limit_and_fault_names_its_test(row: list[str]) -> None:
    what, limit, shown = row
    assert what
    assert limit
    assert NAMED.search(shown)


@pytest.mark.parametrize(
    ("source", "off"),
    [
        ("@pytest.mark.skip\ndef test_it(): pass", True),
        ("@pytest.mark.skipif(True, reason='x')\ndef test_it(): pass", True),
        ("@pytest.mark.xfail\ndef test_it(): pass", True),
        ("def test_it():\n    pytest.importorskip('x')", True),
        ("@pytest.mark.slow\ndef test_it(): pass", False),
        ("@pytest.mark.parametrize('a', [1])\ndef test_it(a): skip_none(a)", False),
    ],
)
def test_a_test_that_is_switched_off_is_seen_to_be(source: str, off: bool) -> None:
    assert is_switched_off(ast.parse(source).body[0]) is off
