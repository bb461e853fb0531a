"""What a walk costs: riskq beside bare Flask, in the same run, on the same core.

Run: .venv/bin/python -m benchmarks.service [--seconds N] [--threads N] [--bare-threads N]

Both services run under granian with one worker on one core: riskq with the threads that ``riskq
serve`` has, bare Flask with eight, unless told. The people who walk run on the other cores. Figures
are those of docs/performance.md: 1 to 6. Read the ratios: other work on the machine moves the
milliseconds of both. How steadily the machine itself works is told first: where its host slows it
down for a tenth of a second again and again, no p99 is of the service alone.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError

import psutil

from benchmarks.people import Person, Timings, crowd, quantile

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
PEOPLE = (1, 8, 32)
*OTHER_CORES, LAST_CORE = sorted(os.sched_getaffinity(0))
ON_LAST_CORE = (
    f"import os, sys; os.sched_setaffinity(0, {{{LAST_CORE}}});os.execv(sys.argv[1], sys.argv[1:])"
)
"""Stays on the last core, and becomes the command that follows."""

BARE_THREADS = "RISKQ_BARE_THREADS"
THREADS = "RISKQ_BENCHMARK_THREADS"
SLICE = 0.02
TURNS = 4
SETTLING = 3.0
"""Seconds after the first walks: the process that renders reports starts with them."""


@dataclass(frozen=True)
class Contender:
    """A service: its name, and the path of its first page."""

    name: str
    first_page: str


RISKQ = Contender("riskq", "/kk/")
BARE = Contender("bare Flask", "/")


@dataclass(frozen=True)
class Figures:
    """What one contender did with so many people. Times are in milliseconds."""

    contender: str
    people: int
    get_p50: float
    post_p99: float
    post_worst: float
    pages_a_second: float
    cpu_a_page: float
    memory: float


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(contender: Contender, folder: Path) -> Iterator[tuple[str, psutil.Process]]:
    """The service, ready; gives its address and its main process."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    server = start(contender, folder, port)
    # Threads begin where the one that starts them is.
    os.sched_setaffinity(0, OTHER_CORES or [LAST_CORE])
    try:
        wait_for(origin + contender.first_page)
        yield origin, psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait(20)


def start(contender: Contender, folder: Path, port: int) -> subprocess.Popen[bytes]:
    """Start the service on the last core."""
    environ = {
        **os.environ,
        "RISKQ_DATABASE": "" if os.environ.get("RISKQ_DATABASE_URL") else str(folder / "riskq.db"),
        "RISKQ_BARE_DATABASE": str(folder / "bare.db"),
        # All who walk come from one address, as no crowd does.
        "RISKQ_ALLOWANCE": "100",
        "RISKQ_MASTER_KEY": "only-for-measuring-and-long-enough-for-it",
        "RISKQ_SECRET_KEY": "only-for-measuring-and-long-enough-for-it",
        "PYTHONPATH": str(ROOT),
    }
    # As installed, what is compiled is kept; the bare service's libraries are, by pip.
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if contender is RISKQ:
        command = [str(Path(PYTHON).with_name("riskq")), "serve", "--port", str(port)]
        command += ["--threads", told] if (told := os.environ.get(THREADS)) else []
    else:
        command = [PYTHON, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
        command += ["--port", str(port), "--workers", "1", "--blocking-threads", bare_threads()]
        command += ["--factory", "--no-access-log", "--log-level", "error"]
        command += ["benchmarks.bare_flask:create_app"]
    return subprocess.Popen([PYTHON, "-c", ON_LAST_CORE, *command], cwd=ROOT, env=environ)


def bare_threads() -> str:
    """How many threads the bare service has."""
    return os.environ.get(BARE_THREADS, "8")


def wait_for(address: str) -> None:
    """Wait until the page answers; at most 20 seconds."""
    deadline = time.monotonic() + 20
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - Our own.
                return
        except (URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.005)


def cost(process: psutil.Process) -> tuple[float, float]:
    """CPU seconds so far of all processes, and the resident megabytes of the page worker."""
    every = [process, *process.children(recursive=True)]
    seconds = sum(sum(one.cpu_times()[:2]) for one in every)
    return seconds, max(one.memory_info().rss for one in process.children()) / 1e6


def walk(origin: str, first_page: str, until: float) -> Timings:
    """One person's walks, one after the other, until the time is over."""
    person = Person(origin)
    walk_on(person, first_page, until)
    return person.timings


def walk_on(person: Person, first_page: str, until: float) -> None:
    """Let a person walk until the time is over; raises ``RuntimeError`` where it cannot go on."""
    while time.perf_counter() < until:
        person.get(first_page)
        forms = person.forms()
        while forms and time.perf_counter() < until:
            person.submit(forms[-1] if "/q/" in person.path else forms[0])
            if "/q/" not in person.path:
                break
            forms = [form for form in person.forms() if "/q/" in form or 'action=""' in form]


@dataclass
class Turns:
    """What one service has done so far, in all its turns."""

    contender: Contender
    origin: str
    process: psutil.Process
    timings: Timings = field(default_factory=Timings)
    took: float = 0.0
    cpu: float = 0.0

    def take(self, people: int, seconds: float) -> None:
        """Let so many people walk for so many seconds more."""
        before, _ = cost(self.process)
        until = time.perf_counter() + seconds
        first = self.contender.first_page
        timings, took = crowd(people, lambda _: walk(self.origin, first, until))
        self.cpu += cost(self.process)[0] - before
        self.timings.get += timings.get
        self.timings.post += timings.post
        self.took += took

    def figures(self, people: int) -> Figures:
        """The figures of all turns."""
        pages = len(self.timings.post)
        return Figures(
            self.contender.name,
            people,
            quantile(self.timings.get, 0.5),
            quantile(self.timings.post, 0.99),
            quantile(self.timings.post, 1.0),
            pages / self.took,
            1000 * self.cpu / pages,
            cost(self.process)[1],
        )


def measure(people: int, seconds: float) -> list[Figures]:
    """Let so many people walk for so many seconds at each service.

    The two take turns, since the machine is not always the same; the one that waits does nothing.
    """
    with ExitStack() as open_ones:
        folder = Path(open_ones.enter_context(tempfile.TemporaryDirectory()))
        both = [Turns(one, *open_ones.enter_context(serving(one, folder))) for one in (RISKQ, BARE)]
        for one in both:
            warm_up(one.origin, one.contender)
        for _ in range(TURNS):
            for one in both:
                one.take(people, seconds / TURNS)
        return [one.figures(people) for one in both]


def warm_up(origin: str, contender: Contender) -> None:
    """Walk a little, and wait until everything that is made once has been made."""
    walk(origin, contender.first_page, time.perf_counter() + 1)
    time.sleep(SETTLING)


def cold_start(contender: Contender) -> float:
    """Milliseconds from starting the process on an empty disk to the end of the first page."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        began = time.perf_counter()
        server = start(contender, Path(folder), port)
        try:
            wait_for(f"http://127.0.0.1:{port}{contender.first_page}")
            return 1000 * (time.perf_counter() - began)
        finally:
            server.terminate()
            server.wait(20)


def unsteadiness(seconds: float = 5.0) -> tuple[float, float]:
    """How the last core works with nothing else to do.

    Gives the share of the time in which it does less than half of what it mostly does, and the
    longest such stretch in milliseconds.
    """
    os.sched_setaffinity(0, [LAST_CORE])
    began, turns = time.perf_counter(), [0] * int(seconds / SLICE)
    while (place := int((time.perf_counter() - began) / SLICE)) < len(turns):
        turns[place] += 1
    half = sorted(turns)[len(turns) // 2] / 2
    slow = [number < half for number in turns]
    stretches = "".join("x" if one else " " for one in slow).split()
    longest = max(map(len, stretches), default=0)
    return sum(slow) / len(slow), 1000 * SLICE * longest


def show(rows: list[Figures]) -> None:
    """A table; ratios are riskq's figure to the bare one's."""
    print(
        f"{'people':>6}  {'service':<12}{'GET p50':>9}{'POST p99':>10}{'worst':>9}"
        f"{'pages/s':>9}{'CPU/page':>10}{'MB':>7}"
    )
    for row in rows:
        print(
            f"{row.people:>6}  {row.contender:<12}{row.get_p50:>9.2f}{row.post_p99:>10.2f}"
            f"{row.post_worst:>9.2f}{row.pages_a_second:>9.0f}{row.cpu_a_page:>10.2f}"
            f"{row.memory:>7.1f}"
        )
    for ours, bare in zip(rows[::2], rows[1::2], strict=True):
        print(
            f"{ours.people:>6}  {'ratio':<12}{ours.get_p50 / bare.get_p50:>9.2f}"
            f"{ours.post_p99 / bare.post_p99:>10.2f}{ours.post_worst / bare.post_worst:>9.2f}"
            f"{ours.pages_a_second / bare.pages_a_second:>9.2f}"
            f"{ours.cpu_a_page / bare.cpu_a_page:>10.2f}{ours.memory / bare.memory:>7.2f}"
        )


def main() -> None:
    """Measure and print."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--seconds", type=float, default=8)
    reading.add_argument("--bare-threads", default=bare_threads())
    reading.add_argument("--threads", default="")
    options = reading.parse_args()
    os.environ[BARE_THREADS] = options.bare_threads
    os.environ[THREADS] = options.threads
    share, longest = unsteadiness()
    print(f"the machine: {share:.0%} of the time at less than half speed, {longest:.0f} ms at most")
    show([row for people in PEOPLE for row in measure(people, options.seconds)])
    starts = {c.name: sorted(cold_start(c) for _ in range(7)) for c in (RISKQ, BARE)}
    for name, times in starts.items():
        print(f"cold start to the first page, empty disk: {name}: median {times[3]:.0f} ms")


if __name__ == "__main__":
    main()
