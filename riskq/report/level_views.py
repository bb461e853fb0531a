"""What follows, as a reader sees it: the verdict, the scales with their levels, and the reasons.

Every word is already chosen, in the report's language; none of it is markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct

from riskq.engine import Truth
from riskq.questionnaire import Cited
from riskq.report.drawing import Drawing

__all__ = [
    "AskView",
    "ChangeView",
    "ChangedAnswer",
    "HangsView",
    "LevelView",
    "Line",
    "ReasonView",
    "RuledOut",
    "ScaleState",
    "ScaleView",
    "TopReason",
    "VerdictView",
]


class AskView(Struct, frozen=True):
    """A question by its id and its words."""

    id: str
    ask: str


class Line(Struct, frozen=True):
    """One line of an explanation, with the lines that it rests on."""

    text: str
    parts: tuple[Line, ...] = ()


class ReasonView(Struct, frozen=True):
    """Why a level follows, or is still possible: the rule in words, the law, and the answers."""

    rule: str
    text: str
    level: str
    caution: str
    cites: tuple[Cited, ...]
    lines: tuple[Line, ...]

    @property
    def is_cautious(self) -> bool:
        """Whether the rule is a cautious reading, where the law leaves a gap."""
        return bool(self.caution)


class RuledOut(Struct, frozen=True):
    """A level that was weighed and does not follow, with the answers that rule it out."""

    level: str
    lines: tuple[Line, ...]


class LevelView(Struct, frozen=True):
    """One level of a scale."""

    id: str
    label: str
    meaning: str
    is_possible: bool


class ScaleState(StrEnum):
    """What is known of a scale: its level, only the levels left, or that it means nothing."""

    SETTLED = "settled"
    OPEN = "open"
    OUTSIDE = "outside"


class ScaleView(Struct, frozen=True):
    """One scale: its levels, where the answers put it, and why.

    ``state_text`` says the state in words; ``note`` says that or when the scale means nothing.
    ``level`` is ``None`` unless the scale is settled.
    """

    id: str
    title: str
    about: str
    levels: tuple[LevelView, ...]
    level: LevelView | None
    applies: Truth
    state: ScaleState
    state_text: str
    note: str
    reasons: tuple[ReasonView, ...]
    ruled_out: tuple[RuledOut, ...]
    decides: tuple[AskView, ...]
    drawing: Drawing
    is_headline: bool


class VerdictView(Struct, frozen=True):
    """The answer to the reader's main question, and the class that it starts from.

    While it is open, ``levels`` are those still possible and ``decides`` the questions that settle
    it. ``warnings`` are the titles of grave notices that surely hold, ``open_warnings`` of those
    that may come to hold.
    """

    scale: str
    is_open: bool
    text: str
    class_text: str
    warnings: tuple[str, ...]
    open_warnings: tuple[str, ...]
    levels: tuple[LevelView, ...]
    decides: tuple[AskView, ...]


class TopReason(Struct, frozen=True):
    """A reason for the first page: which scale, its level, why, and the answer behind it."""

    scale: str
    level: str
    text: str
    line: str
    cites: tuple[Cited, ...]


class ChangedAnswer(Struct, frozen=True):
    """A question with the answer that was given and the one it would take.

    ``is_example`` tells that other answers would have the same effect.
    """

    id: str
    ask: str
    was: str
    would: str
    is_example: bool


class ChangeView(Struct, frozen=True):
    """Other answers to one question or two, and what the conclusion would be then.

    ``then`` opens the sentence that the answers end; it never asks for them. ``is_design`` tells
    that they are about what those who make or run the system can change.
    """

    then: str
    answers: tuple[ChangedAnswer, ...]
    is_design: bool


class HangsView(Struct, frozen=True):
    """What one scale hangs on; an open one has no ``level``, and tells what to find out first."""

    scale: str
    title: str
    level: str
    changes: tuple[ChangeView, ...]
    ask_first: tuple[AskView, ...]

    @property
    def design(self) -> Mapping[str, tuple[ChangeView, ...]]:
        """The changes that those who make or run the system could make, by what would follow."""
        return _by_outcome(change for change in self.changes if change.is_design)

    @property
    def facts(self) -> Mapping[str, tuple[ChangeView, ...]]:
        """The changes that facts would have to bring about, by what would follow."""
        return _by_outcome(change for change in self.changes if not change.is_design)


def _by_outcome(changes: Iterable[ChangeView]) -> Mapping[str, tuple[ChangeView, ...]]:
    found: dict[str, tuple[ChangeView, ...]] = {}
    for change in changes:
        found[change.then] = (*found.get(change.then, ()), change)
    return found
