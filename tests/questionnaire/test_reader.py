"""The reader keeps lines and texts as written, and refuses what nobody writes on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskq.questionnaire import ListNode, MapNode, Place, ScalarNode, read_text, read_yaml
from riskq.questionnaire.reader import MAX_BYTES, MAX_DEPTH

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 7)}]\n"
    for old, new in zip("abcdefg", "bcdefgh", strict=True)
)


def codes(text: str) -> list[str]:
    """The codes of the problems in a text, in their order."""
    return [problem.code for problem in read_text(text, "file.yml").problems]


def test_lines_and_order_are_kept() -> None:
    node = read_text("b: 1\n\na:\n  - x\n  - y\n", "file.yml").node
    assert isinstance(node, MapNode)
    assert [(key.text, str(key.place)) for key, _ in node.entries] == [
        ("b", "file.yml:1"),
        ("a", "file.yml:3"),
    ]
    listed = node.entries[1][1]
    assert isinstance(listed, ListNode)
    assert [item.place.line for item in listed.items] == [4, 5]


@pytest.mark.parametrize(
    "text", ["no", "yes", "on", "null", "~", "NaN", ".inf", "0x1F", "1_000", "2026-02-30", "1e3"]
)
def test_every_scalar_stays_the_text_that_was_written(text: str) -> None:
    assert read_text(text, "file.yml").node == ScalarNode(text, Place("file.yml", 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 1", ["yaml-anchor"]),
        ("a: &x 1\nb: *x", ["yaml-anchor", "yaml-alias"]),
        ("a: !!python/object:os.system {}", ["yaml-tag"]),
        ("a: !!str 1", ["yaml-tag"]),
        ("a: 1\na: 2", ["duplicate-key"]),
        ("a: {b: 1, b: 2}", ["duplicate-key"]),
        ("[a, b]: 1", ["bad-key"]),
        ("? {a: 1}\n: 2", ["bad-key"]),
        ("x: &x {a: 1}\ny:\n  <<: *x", ["yaml-anchor", "yaml-alias"]),
        ("a: <b>bold</b>", ["markup"]),
        ("a: '<!-- x -->'", ["markup"]),
        ("a: 'Tom &amp; Ann'", ["markup"]),
        ('a: "x\\u202Ey"', ["control-character"]),
        ('a: "x\\0y"', ["control-character"]),
        ('a: "x\\e[31my"', ["control-character"]),
        ("a: 1\n---\nb: 2", ["second-document"]),
        ("a: [1, 2", ["bad-yaml"]),
        ("a: b: c", ["bad-yaml"]),
        ("\ta: 1", ["bad-yaml"]),
        ("a: 'x", ["bad-yaml"]),
        ("a: @x", ["bad-yaml"]),
        ("a: x\x07", ["bad-yaml"]),
    ],
)
def test_what_a_questionnaire_has_no_use_for_is_refused(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_plain_less_than_signs_and_ampersands_are_no_markup() -> None:
    assert codes("a: 3 < 4 and R&D, x <= y") == []


def test_several_faults_are_told_at_once_with_their_lines() -> None:
    read = read_text("a: 1\na: 2\nb: &x <i>\nc: *x\n", "file.yml")
    told = [(problem.code, problem.where) for problem in read.problems]
    assert told == [
        ("duplicate-key", "file.yml:2"),
        ("yaml-anchor", "file.yml:3"),
        ("markup", "file.yml:3"),
        ("yaml-alias", "file.yml:4"),
    ]


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    assert len(BOMB) <= 306
    assert set(codes(BOMB)) == {"yaml-anchor", "yaml-alias"}


def test_nesting_ends_at_a_limit() -> None:
    assert codes("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert codes("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == ["unreadable-file"]
    assert codes("[" * 100_000) == ["unreadable-file"]
    assert codes("{a: " * 100_000) == ["unreadable-file"]


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "file.yml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    read = read_yaml(path)
    assert read.problems == ()
    assert isinstance(read.node, MapNode)
    assert read.node.entries[0][0].text == "a"


def test_a_file_that_is_not_utf_8_says_in_which_line(tmp_path: Path) -> None:
    path = tmp_path / "file.yml"
    path.write_bytes("a: 1\nb: Қазақстан\n".encode("utf-16-le")[:6] + b"\nb: \xcf\xf0\n")
    (problem,) = read_yaml(path, "file.yml").problems
    assert (problem.code, problem.what) == ("unreadable-file", "is not UTF-8")
    assert problem.where == "file.yml:2"


def test_a_file_that_is_too_large_or_missing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.yml"
    path.write_text("a: " + "x" * MAX_BYTES, encoding="utf-8")
    assert [problem.code for problem in read_yaml(path).problems] == ["unreadable-file"]
    (problem,) = read_yaml(tmp_path / "none.yml", "none.yml").problems
    assert str(problem).startswith("none.yml:1: cannot be read: No such file")


def test_an_empty_file_has_no_node() -> None:
    assert read_text("", "file.yml").node is None
    assert read_text("# nothing yet\n", "file.yml").node is None


@pytest.mark.parametrize("text", ["\ta: 1", "a:\n  - b: 1\n\t- b: 2\n", "a:\n  \tb: 1\n"])
def test_a_tab_in_the_indentation_is_named(text: str) -> None:
    (problem,) = read_text(text, "file.yml").problems
    assert problem.what == "has a tab in the indentation"
    assert problem.where == f"file.yml:{text.count(chr(10), 0, text.index(chr(9))) + 1}"
