"""What can go wrong in the store, as errors that a caller can act on.

A caller who was too late reads again and decides; a store that cannot be used gives its reason,
so that a page can keep what was typed and say when to try again.
"""

from __future__ import annotations

from typing import Literal

from riskq.errors import RiskqError
from riskq.store.records import StoredAnswer

__all__ = [
    "AssessmentExists",
    "NoSuchAssessment",
    "NoSuchFile",
    "Reason",
    "StaleAnswer",
    "StaleSequence",
    "StoreError",
    "StoreUnavailable",
    "Taken",
]

Reason = Literal["full", "read-only", "locked", "corrupt", "io", "closed", "newer"]
"""Why a store cannot be used: the disk is full; it may only be read; others hold it for too long;
its content is damaged; the medium or the place fails; it was closed; a newer riskq wrote it."""


class StoreError(RiskqError):
    """The root of the errors of the store. Whatever is raised, nothing was changed by the call."""


class NoSuchAssessment(StoreError):
    """No assessment has this id; it was deleted, or there never was one."""

    def __init__(self, assessment: str) -> None:
        self.assessment = assessment
        # The id opens nothing, but it is a person's: the message leaves it out.
        super().__init__("There is no such assessment; it may have been deleted.")


class NoSuchFile(StoreError):
    """No file is kept under this name: it was removed, or lost."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__("There is no such file; it may have been removed.")


class AssessmentExists(StoreError):
    """An assessment with the same id or the same key is stored already."""

    def __init__(self) -> None:
        super().__init__("This id or key is taken. Create the assessment with new random ones.")


class Taken(StoreError):
    """Something with this key is there already, or what it belongs to is not there any more."""

    def __init__(self) -> None:
        super().__init__("Something with this key is stored already. Read again and decide.")


class StaleSequence(StoreError):
    """The assessment moved on since the caller read it; ``current`` is its sequence now."""

    def __init__(self, expected: int, current: int) -> None:
        self.expected = expected
        self.current = current
        super().__init__(
            f"The assessment is at sequence {current}, not {expected}. Read it again and decide."
        )


class StaleAnswer(StoreError):
    """Somebody changed this answer first; ``current`` is what stands now, None if removed."""

    def __init__(self, question: str, current: StoredAnswer | None) -> None:
        self.question = question
        self.current = current
        super().__init__(f'The answer to "{question}" was changed by somebody else first.')


class StoreUnavailable(StoreError):
    """The store cannot be read or written now: ``reason`` for a program, ``text`` for a person."""

    def __init__(self, reason: Reason, text: str) -> None:
        self.reason: Reason = reason
        self.text = text
        super().__init__(text)
