"""Reads YAML into a small tree that remembers its lines.

Questionnaires are written by people, so every fault must be told with its file and line. This
reader keeps both, leaves every scalar as the text that was written (``yes`` is an option id, not a
boolean), and refuses what a questionnaire has no use for: aliases, anchors, tags, duplicate keys,
markup, and files that are too large or too deep to have been meant.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from riskq.errors import Problem
from riskq.questionnaire.place import Place

__all__ = [
    "COMMA",
    "MAX_BYTES",
    "MAX_DEPTH",
    "ListNode",
    "MapNode",
    "Node",
    "ReadFile",
    "ScalarNode",
    "is_after_comma",
    "read_raw",
    "read_start",
    "read_text",
    "read_yaml",
    "unreadable",
]

MAX_BYTES = 1_000_000
"""The largest file that is read, of whatever format."""

MAX_DEPTH = 40
"""How deep lists and mappings may stand in one another."""


class ScalarNode(Struct, frozen=True):
    """A text as it was written."""

    text: str
    place: Place


class ListNode(Struct, frozen=True):
    """A list of nodes."""

    items: tuple[Node, ...]
    place: Place


class MapNode(Struct, frozen=True):
    """A mapping, in the order in which it was written; its keys are scalars and unique."""

    entries: tuple[tuple[ScalarNode, Node], ...]
    place: Place


Node = ScalarNode | ListNode | MapNode


COMMA = "Inside braces a comma parts two entries: quote the text, or write decimals with a point."
"""How to mend what ``is_after_comma`` finds."""


def is_after_comma(mapping: MapNode, key: ScalarNode) -> bool:
    """Whether an entry looks like the rest of the value before it, cut off by a comma.

    In ``{label: Heat, gas}`` and ``{at-least: 0,5}`` the second entry has a key and no value.
    """
    keys = [known for known, _ in mapping.entries]
    at = keys.index(key)
    value = mapping.entries[at][1]
    is_empty = isinstance(value, ScalarNode) and not value.text
    return is_empty and at > 0 and keys[at - 1].place == key.place


class ReadFile(Struct, frozen=True):
    """What a file held: its tree (``None`` when it could not be read) and what is wrong with it."""

    node: Node | None
    problems: tuple[Problem, ...]


def read_start(path: Path) -> bytes:
    """The content of a file, of which one byte too many shows that it is too large."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def read_yaml(path: Path, name: str | None = None) -> ReadFile:
    """Read a file; ``name`` is what messages call it (its path by default)."""
    called = name or str(path)
    try:
        raw = read_start(path)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        return unreadable(
            Place(called, 1), f"cannot be read: {reason}", "Add the file or mend its permissions."
        )
    return read_raw(raw, called)


def read_raw(raw: bytes, called: str) -> ReadFile:
    """Read YAML from the content of a file; ``called`` is what messages call it."""
    if len(raw) > MAX_BYTES:
        return unreadable(Place(called, 1), f"is larger than {MAX_BYTES:,} bytes", "Split it.")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return unreadable(Place(called, line), "is not UTF-8", "Save the file as UTF-8.")
    return read_text(text, called)


def read_text(text: str, name: str) -> ReadFile:
    """Read YAML from a text; ``name`` is what messages call it."""
    # Page workers are handed what was read; few of them ever need the parser and its megabyte.
    from riskq.questionnaire.yaml_tree import read_tree

    return read_tree(text, name)


def unreadable(place: Place, what: str, mend: str) -> ReadFile:
    """What is told of a file that cannot be read at all."""
    return ReadFile(None, (Problem("unreadable-file", str(place), what, mend),))
