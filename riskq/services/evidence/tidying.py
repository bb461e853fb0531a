"""Removes the files of assessments that are gone, and those that no row tells of."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial
from itertools import islice

from riskq.services.desk import Desk
from riskq.store import EVIDENCE, StoreUnavailable, known_files

__all__ = ["count_unknown", "forget_files", "ids_of", "sweep"]

_LEAST_AGE = timedelta(hours=1)
"""How long nobody may know a file: its row is written right after it."""

_LOOKED_UP_AT_ONCE = 500
log = logging.getLogger("riskq.services.evidence")


def ids_of(desk: Desk, assessment: str) -> tuple[str, ...]:
    """The ids of the files of an assessment that is about to be deleted."""
    found = desk.store.read(lambda unit: EVIDENCE.find(unit, "where assessment = ?", assessment))
    return tuple(file.id for file in found)


def forget_files(desk: Desk, ids: Iterable[str]) -> None:
    """Remove files whose rows are gone. One that cannot be removed now is swept up later."""
    for name in ids:
        try:
            desk.files.remove(name)
        except StoreUnavailable as error:
            log.warning("A file could not be removed yet (%s).", error.reason)


def sweep(desk: Desk) -> int:
    """Remove every file that has been there for an hour and has no row; how many those were."""
    count = 0
    for unknown in _unknown(desk):
        forget_files(desk, unknown)
        count += len(unknown)
    return count


def count_unknown(desk: Desk) -> int:
    """How many files ``sweep`` would remove."""
    return sum(map(len, _unknown(desk)))


def _unknown(desk: Desk) -> Iterator[list[str]]:
    """The files that have been there for an hour and have no row, some at a time."""
    names = desk.files.list(_LEAST_AGE)
    while some := list(islice(names, _LOOKED_UP_AT_ONCE)):
        known = desk.store.read(partial(known_files, ids=some))
        yield [name for name in some if name not in known]
