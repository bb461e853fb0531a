"""What can be wrong with a file that somebody wants to attach, or has attached."""

from __future__ import annotations

from typing import Literal

from riskq.errors import RiskqError

__all__ = ["FileLostError", "NoFileError", "Reason", "RefusedFileError"]

Reason = Literal[
    "none",
    "empty",
    "too-large",
    "type",
    "ending",
    "damaged",
    "mixed",
    "macros",
    "swollen",
    "too-many",
    "no-room",
]
"""Why a file is not taken: none was sent; it is empty; it is larger than one may be; it is of no
type that is taken; its name ends like another type; it is cut off or broken; it is two types at
once; it holds programs; it would unpack to far too much; the answer has as many as it may; the
assessment has no room for it."""


class RefusedFileError(RiskqError):
    """A file is not attached; ``reason`` says why. Nothing of it is kept."""

    def __init__(self, reason: Reason) -> None:
        self.reason: Reason = reason
        super().__init__(f"The file is not attached: {reason}.")


class NoFileError(RiskqError):
    """The answer has no such file, or not any more."""


class FileLostError(RiskqError):
    """The content of a file is not there any more, or not what was attached."""
