"""Makes the tree of a YAML file from the events of a parser, and notes what may not be there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from riskq.errors import Problem
from riskq.questionnaire.place import Place
from riskq.questionnaire.reader import (
    MAX_DEPTH,
    ListNode,
    MapNode,
    Node,
    ReadFile,
    ScalarNode,
    unreadable,
)

__all__ = ["read_tree"]

_MARKUP = re.compile(r"<[a-zA-Z/!?]|&(?:[a-zA-Z]{2,12}|#\d+|#x[0-9a-fA-F]+);")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")
_TAB = re.compile(r" *\t")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_tree(text: str, name: str) -> ReadFile:
    """Read YAML from a text; ``name`` is what messages call it."""
    tree = _Tree(name)
    try:
        node = tree.read(yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        return ReadFile(None, (*tree.problems, _syntax_problem(error, name, text)))
    except RecursionError:
        return unreadable(Place(name, 1), "is nested too deeply", f"Stay below {MAX_DEPTH} levels.")
    return ReadFile(node, tuple(tree.problems))


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
