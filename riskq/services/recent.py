"""The assessments that were open a moment ago, as they were: judged already, if still unchanged.

Between two pages of a walk an assessment seldom changes, or just by the answer that was judged
when it was saved. What is kept here is never trusted: the store says whether it still stands.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from riskq.services.opening import Opened

__all__ = ["Recent"]

_KEPT = 32


class Recent:
    """The last assessments opened, by their ids; the one not used for longest goes first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._opened: OrderedDict[str, Opened] = OrderedDict()

    def get(self, assessment: str) -> Opened | None:
        """The assessment as it was when it was last open, if it is kept."""
        with self._lock:
            opened = self._opened.get(assessment)
            if opened is not None:
                self._opened.move_to_end(assessment)
            return opened

    def keep(self, opened: Opened) -> None:
        """Remember an assessment; what was known of it before is forgotten."""
        with self._lock:
            self._opened[opened.record.id] = opened
            self._opened.move_to_end(opened.record.id)
            if len(self._opened) > _KEPT:
                self._opened.popitem(last=False)

    def forget(self, assessment: str) -> None:
        """Let an assessment go, such as one that is deleted."""
        with self._lock:
            self._opened.pop(assessment, None)
