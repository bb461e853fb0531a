"""Durable saves a second, and how long a caller waits, for riskq's store beside two others.

Run: .venv/bin/python benchmarks/store.py [--seconds N] [--threads 1 8 32]

All three do what a page's POST needs: one answer and its assessment's sequence, on the disk when
the call returns, in the same schema, in one run and one folder.
"connection a thread" is what one writes first: plain sqlite3, BEGIN IMMEDIATE, SQLite's own wait.
"bare group commit" is the limit: one thread that writes two fixed statements for each caller,
and knows no refusals, no versions, no failing disk.
"""

from __future__ import annotations

import argparse
import queue
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from riskq.store import HOLDER, Act, AnswerChange, Assessment, open_store

NOW = datetime(2026, 8, 25, tzinfo=UTC)
LATER = NOW + timedelta(days=180)
STAMP = int(NOW.timestamp() * 1000)
SAVE_ANSWER = (
    "insert into answers values (?, ?, ?, '', 1, ?) on conflict (assessment, question)"
    " do update set value = excluded.value, version = version + 1, saved_at = excluded.saved_at"
)
MOVE = "update assessments set sequence = sequence + 1, touched_at = ? where id = ?"

Save = Callable[[int, int], None]
"""Saves the answer number n of the caller number i, and returns when it is on the disk."""


@dataclass(frozen=True)
class Figures:
    """What one contender did with so many threads. Waits are in milliseconds."""

    contender: str
    threads: int
    saves_a_second: float
    p50: float
    p99: float
    worst: float


def prepare(path: Path, threads: int) -> None:
    """A store with an assessment for each caller."""
    with closing(open_store(path)) as store:
        for caller in range(threads):
            key = caller.to_bytes(32, "big")
            edition = date(2026, 8, 25)
            name = f"a{caller}"
            store.create(
                Assessment(name, key, "kz-ai-law", edition, "0", "kk", NOW, NOW, LATER, 0, (), 0)
            )


@contextmanager
def riskq_store(path: Path) -> Iterator[Save]:
    """The store as the service uses it, answers changed over and over."""
    versions: dict[tuple[int, int], int] = {}
    sequences: dict[int, int] = {}
    with closing(open_store(path, patience=30)) as store:

        def save(caller: int, number: int) -> None:
            key = (caller, number % 20)
            change = AnswerChange(f"q{key[1]}", '"yes"', "", versions.get(key, 0))
            sequences[caller] = versions[key] = store.save(
                f"a{caller}", sequences.get(caller, 0), [change], Act(NOW, HOLDER), LATER
            )

        yield save


def connect(path: Path) -> sqlite3.Connection:
    """A plain connection that writes durably."""
    connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    connection.execute("pragma synchronous = full")
    return connection


@contextmanager
def connection_a_thread(path: Path) -> Iterator[Save]:
    """A connection for each thread, each save its own transaction."""
    mine = threading.local()
    opened: list[sqlite3.Connection] = []

    def save(caller: int, number: int) -> None:
        if not hasattr(mine, "db"):
            mine.db = connect(path)
            opened.append(mine.db)
        mine.db.execute("begin immediate")
        mine.db.execute(MOVE, (STAMP, f"a{caller}"))
        mine.db.execute(SAVE_ANSWER, (f"a{caller}", f"q{number % 20}", '"yes"', STAMP))
        mine.db.execute("commit")

    yield save
    for connection in opened:
        connection.close()


@contextmanager
def bare_group_commit(path: Path) -> Iterator[Save]:
    """One thread that commits for all, with nothing around it."""
    jobs: queue.SimpleQueue[tuple[int, int, threading.Lock] | None] = queue.SimpleQueue()

    def write() -> None:
        with closing(connect(path)) as db:
            while (job := jobs.get()) is not None:
                batch = [job]
                while not jobs.empty() and len(batch) < 64 and (more := jobs.get()) is not None:
                    batch.append(more)
                db.execute("begin immediate")
                for caller, number, _ in batch:
                    db.execute(MOVE, (STAMP, f"a{caller}"))
                    db.execute(SAVE_ANSWER, (f"a{caller}", f"q{number % 20}", '"yes"', STAMP))
                db.execute("commit")
                for *_, lock in batch:
                    lock.release()

    def save(caller: int, number: int) -> None:
        lock = threading.Lock()
        lock.acquire()
        jobs.put((caller, number, lock))
        lock.acquire()

    writer = threading.Thread(target=write)
    writer.start()
    yield save
    jobs.put(None)
    writer.join()


CONTENDERS = {
    "riskq": riskq_store,
    "connection a thread": connection_a_thread,
    "bare group commit": bare_group_commit,
}


def measure(contender: str, folder: Path, threads: int, seconds: float) -> Figures:
    """Let the callers save as fast as they are answered, for so many seconds."""
    path = folder / f"{contender.replace(' ', '-')}-{threads}-{time.monotonic_ns()}.db"
    prepare(path, threads)
    waits: list[list[float]] = [[] for _ in range(threads)]
    start = threading.Barrier(threads)

    def call(caller: int) -> None:
        start.wait()
        end = time.perf_counter() + seconds
        number, before = 0, time.perf_counter()
        while before < end:
            save(caller, number)
            after = time.perf_counter()
            waits[caller].append(after - before)
            number, before = number + 1, after

    with CONTENDERS[contender](path) as save:
        callers = [threading.Thread(target=call, args=(i,)) for i in range(threads)]
        for thread in callers:
            thread.start()
        for thread in callers:
            thread.join()
    every = sorted(1000 * wait for mine in waits for wait in mine)
    p50, p99 = every[len(every) // 2], every[int(len(every) * 0.99)]
    return Figures(contender, threads, len(every) / seconds, p50, p99, every[-1])


def compare(folder: Path, threads: int, seconds: float) -> list[Figures]:
    """Each contender's middle one of five rounds by saves a second.

    The rounds take turns, since others use the machine too, now more and now less.
    """
    rounds = [
        [measure(contender, folder, threads, seconds / 5) for contender in CONTENDERS]
        for _ in range(5)
    ]
    return [
        sorted(mine, key=lambda figures: figures.saves_a_second)[2]
        for mine in zip(*rounds, strict=True)
    ]


def show(figures: list[Figures]) -> None:
    """A table for one number of threads; ratios are riskq's figure to the other's."""
    ours = figures[0]
    for one in figures:
        ratio = ours.saves_a_second / one.saves_a_second
        waited = ours.p99 / one.p99
        sys.stdout.write(
            f"{one.threads:>7}  {one.contender:<20} {one.saves_a_second:>8.0f} {one.p50:>8.2f}"
            f" {one.p99:>8.2f} {one.worst:>9.2f} {ratio:>10.2f} {waited:>10.2f}\n"
        )
    sys.stdout.flush()


def main() -> None:
    """Measure every contender with each number of threads, and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--seconds", type=float, default=6.0, help="for each contender")
    options.add_argument("--threads", type=int, nargs="+", default=[1, 8, 32])
    options.add_argument("--folder", type=Path, help="on the disk that is to be measured")
    chosen = options.parse_args()
    sys.stdout.write(
        f"SQLite {sqlite3.sqlite_version}; waits in ms; ratios: riskq to this one\n"
        "threads  store                saves/s      p50      p99     worst    saves/s        p99\n"
    )
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        for threads in chosen.threads:
            show(compare(Path(folder), threads, chosen.seconds))


if __name__ == "__main__":
    main()
