"""A process killed at any moment: what it acknowledged is there, and nothing is half there."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import pytest

from tests.store.told import expect_all_that_was_told, last_told

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
    return last_told(line.decode() for line in told)


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
