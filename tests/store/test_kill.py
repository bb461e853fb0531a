"""A process killed at any moment: what it acknowledged is there, and nothing is half there."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from riskq.store import open_store
from tests.store.builders import found
from tests.store.saving_child import state_after

CHILD = Path(__file__).with_name("saving_child.py")
THREADS = 4


def save_until_killed(path: Path, name: str, lines: int) -> dict[str, int]:
    """Kill the child behind so many acknowledged saves; the last sequence told for each thread."""
    command = [sys.executable, str(CHILD), str(path), name, str(THREADS), "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        output: Iterable[bytes] = child.stdout or ()
        told = list(islice(output, lines))
        assert len(told) == lines
        child.kill()
        told += output
    pairs = (line.decode().split() for line in told)
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
    with closing(sqlite3.connect(path)) as looking:
        assert looking.execute("pragma integrity_check").fetchall() == [("ok",)]


def kill_often(path: Path, rounds: int) -> None:
    """Kill one child after another over the same file, which grows through all of them."""
    for turn in range(rounds):
        told = save_until_killed(path, f"r{turn}", random.randint(1, 600))
        expect_all_that_was_told(path, told)


@pytest.mark.slow
def test_a_killed_process_loses_nothing_that_it_acknowledged(path: Path) -> None:
    kill_often(path, rounds=10)


@pytest.mark.slow
def test_sixty_killed_processes_lose_nothing(path: Path) -> None:
    kill_often(path, rounds=60)
