"""Reads YAML into a small tree that remembers its lines.

Questionnaires are written by people, so every fault must be told with its file and line. This
reader keeps both, leaves every scalar as the text that was written (``yes`` is an option id, not a
boolean), and refuses what a questionnaire has no use for: aliases, anchors, tags, duplicate keys,
markup, and files that are too large or too deep to have been meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml
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
]

MAX_BYTES = 1_000_000
"""The largest file that is read, of whatever format."""

MAX_DEPTH = 40
"""How deep lists and mappings may stand in one another."""

_MARKUP = re.compile(r"<[a-zA-Z/!?]|&(?:[a-zA-Z]{2,12}|#\d+|#x[0-9a-fA-F]+);")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")
_TAB = re.compile(r" *\t")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
        return _unreadable(
            Place(called, 1), f"cannot be read: {reason}", "Add the file or mend its permissions."
        )
    return read_raw(raw, called)


def read_raw(raw: bytes, called: str) -> ReadFile:
    """Read YAML from the content of a file; ``called`` is what messages call it."""
    if len(raw) > MAX_BYTES:
        return _unreadable(Place(called, 1), f"is larger than {MAX_BYTES:,} bytes", "Split it.")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return _unreadable(Place(called, line), "is not UTF-8", "Save the file as UTF-8.")
    return read_text(text, called)


def read_text(text: str, name: str) -> ReadFile:
    """Read YAML from a text; ``name`` is what messages call it."""
    tree = _Tree(name)
    try:
        node = tree.read(yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        return ReadFile(None, (*tree.problems, _syntax_problem(error, name, text)))
    except RecursionError:
        return _unreadable(
            Place(name, 1), "is nested too deeply", f"Stay below {MAX_DEPTH} levels."
        )
    return ReadFile(node, tuple(tree.problems))


def _unreadable(place: Place, what: str, mend: str) -> ReadFile:
    return ReadFile(None, (Problem("unreadable-file", str(place), what, mend),))


def _syntax_problem(error: yaml.YAMLError, name: str, text: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
    line = mark.line + 1 if mark is not None else 1
    mend = (
        "Mind the indentation and the space after a colon; put texts that have a colon or a "
        "quotation mark of their own into quotation marks."
    )
    if _TAB.match("".join(text.splitlines()[line - 1 : line])):
        what, mend = "has a tab in the indentation", "Indent by spaces."
        return Problem("bad-yaml", str(Place(name, line)), what, mend)
    return Problem("bad-yaml", str(Place(name, line)), f"is not valid YAML: {what}", mend)


class _Tree:
    """Builds nodes from parser events and notes what a questionnaire may not contain."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []

    def read(self, events: Iterator[yaml.Event]) -> Node | None:
        node: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    self.note(
                        event,
                        "second-document",
                        "starts a second document",
                        "Keep one document in a file.",
                    )
                    return node
            elif not isinstance(
                event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)
            ):
                node = self.node(event, events, 0)
        return node

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        place = self.place(event)
        if isinstance(event, yaml.AliasEvent):
            self.note(
                event, "yaml-alias", f"uses the alias *{event.anchor}", "Write the value out."
            )
            return ScalarNode("", place)
        self.refuse_extras(event)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, place)
        if depth >= MAX_DEPTH:
            raise RecursionError
        if isinstance(event, yaml.SequenceStartEvent):
            return ListNode(tuple(self.items(events, depth)), place)
        return MapNode(tuple(self.entries(events, depth)), place)

    def items(self, events: Iterator[yaml.Event], depth: int) -> Iterator[Node]:
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self.node(event, events, depth + 1)

    def entries(
        self, events: Iterator[yaml.Event], depth: int
    ) -> Iterator[tuple[ScalarNode, Node]]:
        seen: dict[str, Place] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            key = self.node(event, events, depth + 1)
            value = self.node(next(events), events, depth + 1)
            if not isinstance(key, ScalarNode):
                self.note(
                    event,
                    "bad-key",
                    "has a key that is not a text",
                    "Write a plain id before the colon.",
                )
            elif key.text in seen:
                first = seen[key.text].line
                what = f'says "{key.text}" a second time (first in line {first})'
                self.note(event, "duplicate-key", what, "Keep one of the two.")
            else:
                seen[key.text] = key.place
                yield key, value

    def scalar(self, event: yaml.ScalarEvent, place: Place) -> ScalarNode:
        if _MARKUP.search(event.value):
            self.note(
                event,
                "markup",
                "contains markup",
                'Write plain text; for a less-than sign write "less than".',
            )
        if _CONTROL.search(event.value):
            self.note(
                event, "control-character", "contains an invisible control character", "Delete it."
            )
        return ScalarNode(event.value, place)

    def refuse_extras(self, event: yaml.Event) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor:
            self.note(event, "yaml-anchor", f"defines the anchor &{anchor}", "Delete the anchor.")
        if tag not in (None, "!"):
            self.note(event, "yaml-tag", f"carries the tag {tag}", "Delete the tag.")

    def place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self.name, 1 if mark is None else mark.line + 1)

    def note(self, event: yaml.Event, code: str, what: str, mend: str) -> None:
        self.problems.append(Problem(code, str(self.place(event)), what, mend))
