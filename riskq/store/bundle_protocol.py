"""What every store of bundles can do, whatever database is behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from riskq.store.bundle_records import Bundle, BundleItem, NewItem, Work

__all__ = ["BundleStore"]


class BundleStore(Protocol):
    """Remembers bundles. Any thread and any number of processes may call it.

    Every method may raise ``StoreUnavailable``. One that writes returns when the change is on the
    disk.
    """

    def create(self, bundle: Bundle, items: Sequence[NewItem], most: int) -> bool:
        """Store a bundle with its items, numbered from 1; those without answers have failed.

        False if ``most`` bundles are waiting already; nothing is stored then.
        """
        ...

    def find(self, bundle: str) -> Bundle | None:
        """Read a bundle; None if there is none."""
        ...

    def items(self, bundle: str) -> tuple[BundleItem, ...]:
        """Read the items of a bundle in the order of their numbers."""
        ...

    def report(self, bundle: str, number: int) -> bytes | None:
        """Read the PDF of an item; None while there is none."""
        ...

    def take(self, bundle: str, now: datetime, until: datetime) -> Work | None:
        """Take the next item that waits, or whose maker has not finished in time; None if none."""
        ...

    def finish(self, work: Work, report: bytes) -> bool:
        """Keep a report, and forget its answers; False if the item is not this maker's any more."""
        ...

    def fail(self, work: Work, detail: str) -> bool:
        """Note why there is no report; False if the item is not this maker's any more."""
        ...

    def cancel(self, bundle: str) -> None:
        """Let nothing more be made; what is done stays."""
        ...

    def retry(self, bundle: str, most: int) -> bool:
        """Let everything that failed or was cancelled wait again, in another turn.

        False if there is nothing, or if ``most`` bundles are waiting already.
        """
        ...

    def unfinished(self, now: datetime) -> tuple[tuple[str, int], ...]:
        """The bundles of which an item waits, or was taken and not finished in time.

        Each with its turn; those whose time has passed are left out.
        """
        ...

    def delete(self, bundle: str) -> bool:
        """Remove a bundle with everything; False if there was none."""
        ...

    def count_items(self) -> dict[str, int]:
        """How many items there are in each state."""
        ...

    def purge(self, now: datetime) -> int:
        """Delete all bundles whose time has passed; return how many."""
        ...

    def count_expired(self, now: datetime) -> int:
        """How many bundles ``purge`` would delete."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...
