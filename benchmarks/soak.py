"""A long day in short: people answer and reports are made while processes are killed all the time.

Run: .venv/bin/python -m benchmarks.soak [--minutes N] [--people N] [--reports N] [--postgres]
                                         [--pages-live SECONDS] [--worker-lives SECONDS]

Every 15 seconds a process that answers pages is killed, and every 20 seconds the worker, unless
other times are given. At the end each person opens the page again: what was acknowledged must stand
there. Each report must be there, and must never have been another one after it was first seen. Ends
with 1 if anything is missing.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import os
import re
import signal
import sys
import tempfile
import threading
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.people import Person
from riskq.jobs import Jobs
from riskq.questionnaire import Catalogue
from riskq.services import BundleDesk, GivenFile, key_ring
from riskq.settings import Settings
from riskq.store import BundleStore, open_bundles
from tests.postgres_server import PostgresServer, programs
from tests.service.served import Served, running

TOLD = "only-for-measuring-and-long-enough-for-it"
ANSWERS = b'{"model-based": "no"}'
_VALUE = re.compile(r'name="answer"[^>]*value="Change (\d+)"|>Change (\d+)<')


@dataclass
class Writer:
    """A person who changes one answer over and over, and remembers what was acknowledged."""

    origin: str
    cookies: dict[str, str] = field(default_factory=dict)
    path: str = ""
    sent: int = 0
    acknowledged: int = 0
    broken: int = 0

    def write(self, stop: threading.Event) -> None:
        """Write until it is enough, on a new connection whenever one breaks."""
        while not stop.is_set():
            person = Person(self.origin)
            person.cookies = self.cookies
            with closing(person.connection):
                try:
                    self._go_on(person, stop)
                except (OSError, http.client.HTTPException, RuntimeError, IndexError):
                    self.broken += 1

    def _go_on(self, person: Person, stop: threading.Event) -> None:
        if not self.path:
            person.get("/kk/")
            person.submit(person.forms()[0])
            self.path = person.path
        while not stop.is_set():
            if person.get(self.path) != 200 or "</html>" not in person.body:
                raise RuntimeError("no page")
            fields = [(name, person.hidden(name)) for name in ("csrf_token", "seen")]
            self.sent += 1
            status, _ = person.post(self.path, [*fields, ("answer", f"Change {self.sent}")])
            if status == 303:
                self.acknowledged = self.sent

    def stands(self) -> int:
        """The number of the change that the page shows."""
        person = Person(self.origin)
        person.cookies = self.cookies
        with closing(person.connection):
            person.get(self.path)
        found = _VALUE.search(person.body)
        return int(found[1] or found[2]) if found else 0


@dataclass
class Reports:
    """Reports of one bundle, and whether any was ever replaced by another."""

    store: BundleStore
    bundle: str
    seen: dict[int, str] = field(default_factory=dict)
    replaced: int = 0

    def look(self) -> None:
        """Hold every report to what it was when it was first seen."""
        for item in self.store.items(self.bundle):
            if item.state != "done":
                continue
            digest = hashlib.sha256(self.store.report(self.bundle, item.number) or b"").hexdigest()
            self.replaced += self.seen.setdefault(item.number, digest) != digest


def family(served: Served) -> tuple[list[psutil.Process], list[psutil.Process]]:
    """The processes that answer pages, and those that work."""
    root = psutil.Process(served.process.pid)
    pages, workers = [], []
    for one in root.children(recursive=True):
        with suppress(psutil.Error, ProcessLookupError):
            is_ours = "riskq" in " ".join(one.cmdline()) and "serve" in one.cmdline()
            # What keeps the worker running is a child of the service too, in a session of its own.
            is_page = one.ppid() == root.pid and os.getsid(one.pid) == os.getsid(root.pid)
            if is_ours and is_page:
                pages.append(one)
            elif is_ours and one.ppid() != root.pid:
                workers.append(one)
    return pages, workers


def kill_one(processes: list[psutil.Process]) -> int:
    """Kill the first; how many that were."""
    for one in processes:
        with suppress(psutil.Error):
            one.send_signal(signal.SIGKILL)
            return 1
    return 0


def live(served: Served, reports: Reports, options: argparse.Namespace) -> tuple[int, int]:
    """Kill in turns until the time is over; how many of each kind were killed."""
    end = time.monotonic() + 60 * options.minutes
    pages_at = worker_at = time.monotonic()
    killed_pages = killed_workers = 0
    while time.monotonic() < end:
        # Between two kills there is nothing to wait for but the clock.
        time.sleep(0.5)
        reports.look()
        pages, workers = family(served)
        if time.monotonic() - pages_at >= options.pages_live:
            killed_pages, pages_at = killed_pages + kill_one(pages), time.monotonic()
        if time.monotonic() - worker_at >= options.worker_lives:
            killed_workers, worker_at = killed_workers + kill_one(workers), time.monotonic()
    return killed_pages, killed_workers


def soak(options: argparse.Namespace, settings: Settings, environ: dict[str, str]) -> bool:
    """Run it, print what happened, and tell whether everything is there."""
    with running("", "--workers", "2", **environ) as served:
        store = open_bundles(settings.bundles)
        jobs = Jobs(settings)
        keys = key_ring(settings.master_keys)
        desk = BundleDesk(store, Catalogue(), jobs.enqueue, keys=keys)
        files = [GivenFile(f"{each}.json", ANSWERS) for each in range(options.reports)]
        reports = Reports(store, desk.start("kz-ai-law", "kk", files).id)
        stop = threading.Event()
        writers = [Writer(served.origin) for _ in range(options.people)]
        threads = [threading.Thread(target=one.write, args=(stop,)) for one in writers]
        for thread in threads:
            thread.start()
        pages, workers = live(served, reports, options)
        stop.set()
        for thread in threads:
            thread.join()
        # Whatever is left is made without anybody being killed; a lease runs for a while.
        served.until(lambda: all_made(reports), seconds=600)
        lost = [one for one in writers if one.stands() < one.acknowledged]
        store.close()
        jobs.close()
    saved = sum(one.acknowledged for one in writers)
    broken = sum(one.broken for one in writers)
    print(f"killed: {pages} page processes, {workers} workers")
    print(f"answers acknowledged: {saved}; people who lost one: {len(lost)}; broken off: {broken}")
    print(f"reports: {len(reports.seen)} of {options.reports}; made again: {reports.replaced}")
    return not lost and not reports.replaced and len(reports.seen) == options.reports


def all_made(reports: Reports) -> bool:
    """Whether every report is there."""
    reports.look()
    return len(reports.seen) == len(reports.store.items(reports.bundle))


def main() -> None:
    """Soak a service on either kind of database."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--minutes", type=float, default=10)
    reading.add_argument("--people", type=int, default=8)
    reading.add_argument("--reports", type=int, default=200)
    reading.add_argument("--pages-live", type=float, default=15, help="seconds until one is killed")
    reading.add_argument("--worker-lives", type=float, default=20, help="seconds of a worker")
    reading.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    options = reading.parse_args()
    bins = programs()
    with tempfile.TemporaryDirectory() as folder:
        server = PostgresServer(bins, durable=True) if options.postgres and bins else None
        try:
            address = ""
            if server is not None:
                server.start()
                address = server.make()
            database = address or str(Path(folder) / "riskq.db")
            name = "RISKQ_DATABASE_URL" if address else "RISKQ_DATABASE"
            environ = {
                "RISKQ_DATABASE": "",
                name: database,
                "RISKQ_SECRET_KEY": TOLD,
                "RISKQ_MASTER_KEY": TOLD,
                "RISKQ_SEAL_FOLDER": str(Path(folder) / "seal"),
                "RISKQ_ALLOWANCE": "100",
                "RISKQ_LOG": "none",
            }
            settings = Settings(database, TOLD, master_keys=(TOLD,))
            is_whole = soak(options, settings, environ)
        finally:
            if server is not None:
                server.remove()
    sys.exit(0 if is_whole else 1)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    main()
