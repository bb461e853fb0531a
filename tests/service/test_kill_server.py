"""The whole service killed at any moment: no answer that was acknowledged is lost."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from benchmarks.people import Person
from riskq.store import open_store

ROOT = Path(__file__).resolve().parents[2]
WRITERS = 4
MOST_SECONDS = 0.6


@dataclass
class Writer:
    """A person who changes one answer over and over, and remembers what was acknowledged."""

    name: str
    cookies: dict[str, str] = field(default_factory=dict)
    path: str = ""
    sent: int = 0
    acknowledged: int = 0

    def write(self, origin: str) -> None:
        """Change the answer until the service is gone."""
        person = Person(origin)
        person.cookies = self.cookies
        with closing(person.connection), suppress(OSError, http.client.HTTPException):
            if not self.path:
                self.begin(person)
            while True:
                self.change(person)

    def begin(self, person: Person) -> None:
        person.get("/kk/")
        _, leads_to = person.post(
            "/kk/start/kz-ai-law", [("csrf_token", person.hidden("csrf_token"))]
        )
        person.get(leads_to)
        self.path = person.path.replace("/next", "/q/system-name")

    def change(self, person: Person) -> None:
        assert person.get(self.path) == 200
        if "</html>" not in person.body:
            raise http.client.IncompleteRead(person.body.encode())
        fields = [(name, person.hidden(name)) for name in ("csrf_token", "seen")]
        self.sent += 1
        status, _ = person.post(self.path, [*fields, ("answer", f"{self.name} {self.sent}")])
        assert status == 303
        self.acknowledged = self.sent

    def stored(self, database: Path) -> int:
        """The number of the change that stands in the store."""
        with closing(open_store(database)) as store:
            found = store.find(self.path.split("/")[3]) if self.path else None
        if found is None or not found.answers:
            return 0
        return int(json.loads(found.answers[0].value).split()[-1])


@contextmanager
def running(database: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """The service, and what kills it with all its processes."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    environ = {**os.environ, "RISKQ_DATABASE": str(database), "RISKQ_SECRET_KEY": "k" * 40}
    command = [str(Path(sys.executable).with_name("riskq")), "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=environ, start_new_session=True)

    def kill() -> None:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait(20)

    try:
        origin = f"http://127.0.0.1:{port}"
        wait_for(origin, server)
        yield origin, kill
    finally:
        kill()


def wait_for(origin: str, server: subprocess.Popen[bytes]) -> None:
    """Ask until the service answers."""
    for _ in range(400):
        try:
            with urllib.request.urlopen(f"{origin}/healthz", timeout=5):  # noqa: S310 - Our own.
                return
        except OSError:
            try:
                server.wait(0.02)
            except subprocess.TimeoutExpired:
                continue
            break
    pytest.fail("The service did not start.")


def play(database: Path, rounds: int) -> None:
    """Start, write, kill, look: so many rounds on the same store."""
    writers = [Writer(f"writer-{number}") for number in range(WRITERS)]
    chance = random.Random(20260825)
    for _ in range(rounds):
        with running(database) as (origin, kill):
            threads = [threading.Thread(target=one.write, args=(origin,)) for one in writers]
            for thread in threads:
                thread.start()
            # The moment of the kill is what the test is about; nothing is waited for.
            timer = threading.Timer(chance.uniform(0.02, MOST_SECONDS), kill)
            timer.start()
            for thread in threads:
                thread.join()
            timer.join()
        for writer in writers:
            assert writer.acknowledged <= writer.stored(database) <= writer.sent
    assert sum(writer.acknowledged for writer in writers) >= rounds


def test_a_killed_service_keeps_every_acknowledged_answer(tmp_path: Path) -> None:
    play(tmp_path / "riskq.db", rounds=3)


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    play(tmp_path / "riskq.db", rounds=200)
