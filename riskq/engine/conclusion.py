"""What a journey comes to: the typed, frozen results that pages, reports and the API are read off.

Nothing is computed here; ``judge`` does that.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from riskq.engine.answers import Answers
from riskq.questionnaire import Condition, DutyState

__all__ = [
    "Conclusion",
    "DutyResult",
    "Explanation",
    "FineResult",
    "Journey",
    "NoticeResult",
    "RequirementResult",
    "ScaleResult",
    "Truth",
]


class Truth(StrEnum):
    """A condition holds, fails, or is open: the answers do not tell."""

    HOLDS = "holds"
    FAILS = "fails"
    OPEN = "open"


class Journey(Struct, frozen=True):
    """Where answers lead.

    ``asked`` are the questions that are asked, or may come to be asked, in their order; ``next``
    is the first of them without an answer. Answers to other questions are set aside: kept, but
    not counted.
    """

    asked: tuple[str, ...]
    next: str | None
    counted: Answers
    set_aside: Answers


class Explanation(Struct, frozen=True):
    """Why a condition holds, fails or is open, down to the answers that make it so.

    ``parts`` are those parts alone that decide: the parts that hold of an "any" that holds, the
    parts that fail of an "all" that fails, the condition of a fact, and of a scale the conditions
    of its rules up to the last that may decide. Tests of answers and scores have none.
    """

    condition: Condition
    truth: Truth
    parts: tuple[Explanation, ...] = ()


class ScaleResult(Struct, frozen=True):
    """One scale: the levels still possible (exactly), and the rules that give them.

    ``decides`` names the questions that would settle an open level. ``applies`` tells whether the
    level means anything for these answers; ``if_applies`` are the levels that completions reach in
    which it does, which is what a reader is to be shown.
    """

    id: str
    possible: tuple[str, ...]
    because: tuple[str, ...]
    applies: Truth
    if_applies: tuple[str, ...]
    decides: tuple[str, ...]

    @property
    def level(self) -> str | None:
        """The level, or ``None`` while it is open."""
        return self.possible[0] if len(self.possible) == 1 else None


class DutyResult(Struct, frozen=True):
    """One duty that applies or may apply, and how far the answers show it met."""

    id: str
    applies: Truth
    state: DutyState


class NoticeResult(Struct, frozen=True):
    """One notice that holds, or may come to hold."""

    id: str
    holds: Truth


class RequirementResult(Struct, frozen=True):
    """One thing that the headline's best level needs, where it is of interest."""

    id: str
    applies: Truth
    met: Truth


class FineResult(Struct, frozen=True):
    """One fine whose ground may exist for this system."""

    id: str
    applies: Truth


class Conclusion(Struct, frozen=True, dict=True):
    """Everything that answers to a questionnaire come to."""

    journey: Journey
    scales: tuple[ScaleResult, ...]
    duties: tuple[DutyResult, ...]
    notices: tuple[NoticeResult, ...]
    requirements: tuple[RequirementResult, ...]
    fines: tuple[FineResult, ...]
    decides: tuple[str, ...]

    @cached_property
    def _by_id(self) -> dict[str, ScaleResult]:
        return {scale.id: scale for scale in self.scales}

    def scale(self, name: str) -> ScaleResult:
        """The result on one scale; raises ``KeyError`` when there is no such scale."""
        return self._by_id[name]

    @property
    def is_complete(self) -> bool:
        """Whether every question that is asked has an answer."""
        return self.journey.next is None
