"""A process that saves as fast as it can and prints what was acknowledged, until it is killed.

Run: saving_child.py PATH NAME THREADS SAVES; with SAVES 0 it never ends. Each thread has an
assessment of its own, "NAME-0" and so on. A line is "NAME-0 12": its sequence is now 12.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime, timedelta
from itertools import count
from threading import Thread

from riskq.store import HOLDER, Act, AnswerChange, Assessment, Store, open_store

NOW = datetime(2026, 8, 25, tzinfo=UTC)
LATER = NOW + timedelta(days=180)
QUESTIONS = 10


def state_after(sequence: int) -> dict[str, str]:
    """The answers that stand after so many saves: nothing else may ever be found."""
    state: dict[str, str] = {}
    for number in range(1, sequence + 1):
        state |= dict.fromkeys(("left", "right", f"q{number % QUESTIONS}"), str(number))
    return state


def save_on(store: Store, name: str, saves: int) -> None:
    """Save again and again, two questions that always move together and one of ten."""
    store.create(
        Assessment(
            name, name.encode(), "kz", date(2026, 8, 25), "d", "ru", NOW, NOW, LATER, 0, (), 0
        )
    )
    versions: dict[str, int] = {}
    for number in range(1, saves + 1) if saves else count(1):
        questions = ["left", f"q{number % QUESTIONS}", "right"]
        changes = [AnswerChange(q, str(number), "", versions.get(q, 0)) for q in questions]
        sequence = store.save(name, number - 1, changes, Act(NOW, HOLDER), LATER)
        versions |= dict.fromkeys(questions, sequence)
        # One write of a short line is whole or not at all, also when the process is killed.
        os.write(1, f"{name} {sequence}\n".encode())


def main() -> None:
    """Start the threads and wait for them."""
    path, name, threads, saves = sys.argv[1:]
    store = open_store(path, patience=20)
    runs = [
        Thread(target=save_on, args=(store, f"{name}-{thread}", int(saves)))
        for thread in range(int(threads))
    ]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    store.close()


if __name__ == "__main__":
    main()
