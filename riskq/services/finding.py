"""What is found when a deployment is looked over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Literal

from msgspec import Struct

from riskq.settings import Settings

__all__ = ["Check", "Finding"]

State = Literal["well", "look", "fault"]
"""All is well; something to look at, though the service works; something that must be mended."""


class Finding(Struct, frozen=True):
    """What was found of a part of the deployment; ``mend`` is "" where all is well."""

    part: str
    state: State
    what: str
    mend: str = ""


Check = Callable[[Settings, datetime], Iterator[Finding]]
"""Looks at one part, at a moment."""
