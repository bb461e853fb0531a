"""What a saving child told, held against what its file holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from riskq.store import open_store
from tests.store.builders import found
from tests.store.saving_child import state_after

__all__ = ["expect_all_that_was_told", "expect_whole", "last_told"]


def last_told(lines: Iterable[str]) -> dict[str, int]:
    """The last sequence that was told for each assessment."""
    pairs = (line.split() for line in lines)
    return {assessment: int(sequence) for assessment, sequence in pairs}


def expect_all_that_was_told(path: Path, told: dict[str, int]) -> None:
    """Every thread's assessment is in the state of its last save told, or of the next one."""
    with closing(open_store(path)) as store:
        for name, acknowledged in told.items():
            assessment = found(store, name)
            assert assessment.sequence in {acknowledged, acknowledged + 1}
            state = {answer.question: answer.value for answer in assessment.answers}
            assert state == state_after(assessment.sequence)
        store.check()
    expect_whole(path)


def expect_whole(path: Path) -> None:
    """The file is a database without a fault."""
    with closing(sqlite3.connect(path)) as looking:
        assert looking.execute("pragma integrity_check").fetchall() == [("ok",)]
