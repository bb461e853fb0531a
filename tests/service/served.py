"""The whole service, started as an operator starts it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from benchmarks.people import Person
from tests.keys import MASTER

__all__ = ["Served", "running", "walk"]

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Served:
    """A service that runs: where it answers, and its process."""

    origin: str
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """Kill it with all its processes."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)

    def kill_page_worker(self) -> None:
        """Kill the youngest of the processes that answer pages, and see it end."""
        victim = max(self._page_workers(), key=psutil.Process.create_time)
        victim.kill()
        victim.wait(20)

    def count_page_workers(self) -> int:
        """How many processes answer pages."""
        return len(self._page_workers())

    def _page_workers(self) -> list[psutil.Process]:
        children = psutil.Process(self.process.pid).children()
        # The process that keeps the worker of jobs leads a session of its own.
        return [child for child in children if os.getsid(child.pid) != child.pid]

    def until(self, happens: Callable[[], bool], seconds: int = 8) -> None:
        """Look again and again until something happens, as long as the service runs."""
        for _ in range(50 * seconds):
            if happens():
                return
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(0.02)
                break
        pytest.fail("It did not happen.")

    def answers(self, path: str) -> bool:
        """Whether a GET of the path succeeds."""
        with suppress(OSError), urllib.request.urlopen(self.origin + path, timeout=5):  # noqa: S310 - Our own.
            return True
        return False


@contextmanager
def running(
    database: Path | str, *options: str, watch: Sequence[str] = (), **settings: str
) -> Iterator[Served]:
    """The service with some options and settings; ``watch`` is a command that runs it."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    told = {
        "RISKQ_DATABASE": str(database),
        "RISKQ_SECRET_KEY": "k" * 40,
        "RISKQ_MASTER_KEY": MASTER,
        **settings,
    }
    command = [*watch, str(Path(sys.executable).with_name("riskq")), "serve", "--port", str(port)]
    process = subprocess.Popen(
        [*command, *options], cwd=ROOT, env={**os.environ, **told}, start_new_session=True
    )
    served = Served(f"http://127.0.0.1:{port}", process)
    try:
        served.until(lambda: served.answers("/healthz"))
        yield served
    finally:
        served.kill()


def walk(person: Person) -> None:
    """Answer everything by its first choice, and submit."""
    person.get("/kk/")
    person.submit(person.forms()[0])
    for _ in range(200):
        forms = [form for form in person.forms() if 'name="seen"' in form]
        if not forms:
            break
        person.submit(forms[0])
    assert person.path.endswith("/result"), person.path
