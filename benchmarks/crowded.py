"""What a page costs in a full house: many stored assessments, and reports made at the same time.

Run: .venv/bin/python -m benchmarks.crowded [--seconds N] [--stored N] [--people N]

So many people walk on the service three times: by themselves on an empty disk; on a database with
many stored assessments of 60 answers each; and beside two people who take one fresh report after
the other and a bundle that the worker makes. The p99 of each is told beside that of the first.
"""

from __future__ import annotations

import argparse
import re
import secrets
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.click import cookie, to_the_result
from benchmarks.load import live
from benchmarks.people import Person, crowd, quantile
from benchmarks.service import RISKQ, serving, warm_up
from riskq.jobs import Jobs
from riskq.questionnaire import Catalogue
from riskq.services import BundleDesk, GivenFile, key_ring
from riskq.settings import Settings
from riskq.store import open_bundles, open_store

ANSWERS = 60
LANGUAGES = ("kk", "ru", "en")


@dataclass(frozen=True)
class House:
    """What the people met. Times are in milliseconds."""

    name: str
    p50: float
    p99: float
    worst: float
    requests_a_second: float
    errors: int
    reports: int


def fill(path: Path, many: int) -> None:
    """Store so many assessments, as encrypted answers look."""
    open_store(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("pragma synchronous = off")
        database.execute("begin")
        (columns,) = database.execute("select count(*) from pragma_table_info('assessments')")
        head = "insert into assessments values (" + ", ".join("?" * columns[0]) + ")"  # noqa: S608 - Nothing but question marks.
        ids = [f"stored{number:08d}" for number in range(many)]
        database.executemany(head, (assessment(name, columns[0]) for name in ids))
        database.executemany(
            "insert into answers values (?, ?, ?, '', 60, 0)",
            ((name, f"question-{n:02d}", text) for name in ids for n, text in texts()),
        )
        database.execute("commit")


def assessment(name: str, columns: int) -> tuple[object, ...]:
    """A row of an assessment; what came to the table later is left empty."""
    until = 4_000_000_000_000
    row = (name, secrets.token_bytes(32), "kz-ai-law", "2026-08-25", "0" * 64, "kk", 0, 0, until)
    return (*row, ANSWERS, 0, *[None] * (columns - 11))


def texts() -> Iterator[tuple[int, str]]:
    """So many answers of one assessment, as long as encrypted ones are."""
    text = secrets.token_hex(60)
    return ((number, text) for number in range(ANSWERS))


def take_reports(origin: str, until: float, made: list[int]) -> None:
    """Submit, take the report in each language, and begin again."""
    while time.perf_counter() < until:
        with suppress(OSError, RuntimeError, StopIteration, IndexError):
            person = to_the_result(origin)
            links = re.findall(r'href="([^"]+\.pdf)"', person.body)[: len(LANGUAGES)]
            made.extend(take(person, link, until) for link in links)
            person.connection.close()


def take(person: Person, link: str, until: float) -> bool:
    """Ask for a report as often as the page says, as a browser does; whether it came in time."""
    while time.perf_counter() < until:
        person.connection.request("GET", link, headers={"Cookie": cookie(person)})
        response = person.connection.getresponse()
        if response.read().startswith(b"%PDF"):
            return True
        # A browser that is told to ask again waits as long as it is told.
        time.sleep(float(response.headers.get("Refresh", "1")))
    return False


def begin_bundle(folder: Path) -> None:
    """Let the worker have a thousand reports to make."""
    secret = "only-for-measuring-and-long-enough-for-it"  # noqa: S105 - That of benchmarks.service.
    settings = Settings(str(folder / "riskq.db"), secret, master_keys=(secret,))
    with closing(open_bundles(settings.bundles)) as store:
        jobs = Jobs(settings)
        keys = key_ring(settings.master_keys)
        desk = BundleDesk(store, Catalogue(), jobs.enqueue, keys=keys)
        files = [GivenFile(f"{each}.json", b'{"model-based": "no"}') for each in range(1000)]
        desk.start("kz-ai-law", "kk", files)
        jobs.close()


def measure(name: str, people: int, seconds: float, *, stored: int = 0, is_full: bool) -> House:
    """Let so many people walk for so many seconds."""
    errors: list[str] = []
    made: list[int] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if stored:
            fill(folder / "riskq.db", stored)
        origin, _ = stack.enter_context(serving(RISKQ, folder))
        warm_up(origin, RISKQ)
        until = time.perf_counter() + seconds
        if is_full:
            begin_bundle(folder)
            for _ in range(2):
                threading.Thread(target=take_reports, args=(origin, until, made)).start()
        first = RISKQ.first_page
        timings, took = crowd(people, lambda _: live(origin, first, until, errors))
    every = timings.get + timings.post
    figures = (quantile(every, 0.5), quantile(every, 0.99), quantile(every, 1.0))
    return House(name, *figures, len(every) / took, len(errors), sum(made))


def main() -> None:
    """Measure and print."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--seconds", type=float, default=15)
    reading.add_argument("--stored", type=int, default=100_000)
    reading.add_argument("--people", type=int, default=32)
    options = reading.parse_args()
    said = (options.people, options.seconds)
    rows = [
        measure("by themselves", *said, is_full=False),
        measure(f"{options.stored:,} stored", *said, stored=options.stored, is_full=False),
        measure("reports beside", *said, is_full=True),
    ]
    print(
        f"{'':<16}{'p50':>9}{'p99':>9}{'worst':>9}{'req/s':>8}{'errors':>8}{'reports':>9}{'times':>8}"
    )
    for row in rows:
        print(
            f"{row.name:<16}{row.p50:>9.2f}{row.p99:>9.2f}{row.worst:>9.2f}"
            f"{row.requests_a_second:>8.0f}{row.errors:>8}{row.reports:>9}"
            f"{row.p99 / rows[0].p99:>8.2f}"
        )


if __name__ == "__main__":
    main()
