"""How many people can answer at once: riskq on SQLite and on PostgreSQL, each beside bare Flask.

Run: .venv/bin/python -m benchmarks.load [--seconds N] [--people N…]

People walk whole questionnaires without a pause, with real cookies and forms. All services run on
the last core with one worker, and the server of PostgreSQL, which waits for its disk, with the
people on the others. What is no page and no redirect counts as an error. Read the ratios: other
work on the machine moves the figures of all.
"""

from __future__ import annotations

import argparse
import http.client
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.people import Person, Timings, crowd, quantile
from benchmarks.service import BARE, RISKQ, Contender, cost, serving, walk_on, warm_up
from tests.postgres_server import PostgresServer, programs

PEOPLE = (1, 8, 32, 128)


@dataclass(frozen=True)
class Kind:
    """A service on a database; ``address`` is "" for SQLite."""

    contender: Contender
    database: str
    address: str = field(default="", repr=False)


@dataclass(frozen=True)
class Load:
    """What so many people met. Times are in milliseconds; requests are pages and answers."""

    kind: Kind
    people: int
    requests_a_second: float
    p50: float
    p99: float
    worst: float
    saved: float
    errors: int
    memory: float


@contextmanager
def environment(kind: Kind, folder: Path) -> Iterator[None]:
    """Let the service that is started find its database."""
    ours = {
        "RISKQ_DATABASE_URL": kind.address,
        "RISKQ_BARE_DATABASE_URL": kind.address,
        "RISKQ_SEAL_FOLDER": str(folder / "seal"),
    }
    before = {name: os.environ.get(name) for name in ours}
    os.environ.update(ours)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def live(origin: str, first_page: str, until: float, errors: list[str]) -> Timings:
    """One person, who begins anew after an error."""
    timings = Timings()
    while time.perf_counter() < until:
        person = Person(origin)
        try:
            walk_on(person, first_page, until)
        except (RuntimeError, OSError, http.client.HTTPException, IndexError) as error:
            errors.append(f"{type(error).__name__}: {error}")
        timings.get += person.timings.get
        timings.post += person.timings.post
        person.connection.close()
    return timings


def measure(kind: Kind, people: int, seconds: float) -> Load:
    """Let so many people walk for so many seconds."""
    errors: list[str] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        environment(kind, Path(folder)),
        serving(kind.contender, Path(folder)) as (origin, process),
    ):
        warm_up(origin, kind.contender)
        until = time.perf_counter() + seconds
        first = kind.contender.first_page
        timings, took = crowd(people, lambda _: live(origin, first, until, errors))
        memory = cost(process)[1]
    for told in sorted(set(errors))[:3]:
        print(f"  error: {told}")
    every = timings.get + timings.post
    figures = (quantile(every, 0.5), quantile(every, 0.99), quantile(every, 1.0))
    saved = quantile(timings.post, 0.99)
    return Load(kind, people, len(every) / took, *figures, saved, len(errors), memory)


def show(rows: Sequence[Load]) -> None:
    """A table; each service of ours stands above the bare one, and their ratios below."""
    print(
        f"{'people':>6}  {'service':<12}{'database':<12}{'req/s':>8}{'p50':>9}{'p99':>9}"
        f"{'worst':>9}{'saved p99':>11}{'errors':>8}{'MB':>7}"
    )
    for row in rows:
        print(
            f"{row.people:>6}  {row.kind.contender.name:<12}{row.kind.database:<12}"
            f"{row.requests_a_second:>8.0f}{row.p50:>9.2f}{row.p99:>9.2f}{row.worst:>9.2f}"
            f"{row.saved:>11.2f}{row.errors:>8}{row.memory:>7.1f}"
        )
    for ours, bare in zip(rows[::2], rows[1::2], strict=True):
        print(
            f"{ours.people:>6}  {'ratio':<12}{ours.kind.database:<12}"
            f"{ours.requests_a_second / bare.requests_a_second:>8.2f}{ours.p50 / bare.p50:>9.2f}"
            f"{ours.p99 / bare.p99:>9.2f}{ours.worst / bare.worst:>9.2f}"
            f"{ours.saved / bare.saved:>11.2f}"
        )


def main() -> None:
    """Measure and print."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--seconds", type=float, default=8)
    reading.add_argument("--people", type=int, nargs="*", default=PEOPLE)
    options = reading.parse_args()
    bins = programs()
    if bins is None:
        raise SystemExit("There is no PostgreSQL server here. Install the package postgresql.")
    server = PostgresServer(bins, durable=True)
    try:
        server.start()
        others = sorted(psutil.Process().cpu_affinity() or [])[:-1]
        psutil.Process().cpu_affinity(others or None)
        rows: list[Load] = []
        for people in options.people:
            kinds = [Kind(contender, "SQLite") for contender in (RISKQ, BARE)]
            kinds += [Kind(one, "PostgreSQL", server.make()) for one in (RISKQ, BARE)]
            rows += [measure(kind, people, options.seconds) for kind in kinds]
        show(rows)
    finally:
        with suppress(OSError):
            server.remove()


if __name__ == "__main__":
    main()
