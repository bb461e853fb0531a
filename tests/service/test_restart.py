"""A service that is restarted while people answer: nobody is refused, and nothing is lost."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest

from benchmarks.people import Person
from riskq.questionnaire import Catalogue
from riskq.services import Desk, resume
from riskq.store import open_store

T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 6
RESTARTS = 2
SAVED_BETWEEN = 20

# As systemd does it: the socket is the descriptor 3 of the process whose number is told.
START = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
os.execv(sys.argv[2], sys.argv[2:])
"""


@dataclass
class Answering:
    """A person who changes one answer over and over, each time over a new connection."""

    name: str
    origin: str
    path: str = ""
    secret: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    sent: int = 0
    saved: int = 0
    failed: list[str] = field(default_factory=list)

    def live(self, is_over: threading.Event) -> None:
        try:
            self.begin()
            while not is_over.is_set():
                self.change()
        except (OSError, http.client.HTTPException, AssertionError) as error:
            self.failed.append(repr(error))

    def ask(self, request: Callable[[Person], T]) -> T:
        """Ask over a new connection; over another where nothing was taken from it.

        A server that stops closes what it has accepted and has got nothing from.
        """
        for _ in range(RESTARTS):
            with self.at_the_service() as person:
                person.connection.connect()
                with person.connection.sock.dup() as same:
                    try:
                        return request(person)
                    except ConnectionError as error:
                        if _was_taken(error, same):
                            raise
        raise AssertionError("Each connection was closed.")

    @contextmanager
    def at_the_service(self) -> Iterator[Person]:
        person = Person(self.origin)
        person.cookies = self.cookies
        with closing(person.connection):
            yield person

    def begin(self) -> None:
        with self.at_the_service() as person:
            person.get("/kk/")
            token = [("csrf_token", person.hidden("csrf_token"))]
            _, leads_to = person.post("/kk/start/kz-ai-law", token)
            person.get(leads_to)
            begun = person.path
            person.get(begun.replace("/next", "/link"))
            self.secret = re.findall(r"/r/([\w-]{43})", person.body)[0]
            self.path = begun.replace("/next", "/q/system-name")

    def change(self) -> None:
        fields = self.ask(self._open)
        status, _ = self.ask(lambda person: person.post(self.path, [*fields, self._another()]))
        assert status == 303, status
        self.saved += 1

    def _another(self) -> tuple[str, str]:
        """An answer that was not sent yet: it contradicts one that was saved and not confirmed."""
        self.sent += 1
        return "answer", f"{self.name} {self.sent}"

    def _open(self, person: Person) -> list[tuple[str, str]]:
        assert person.get(self.path) == 200
        return [(name, person.hidden(name)) for name in ("csrf_token", "seen")]


def _was_taken(error: ConnectionError, connection: socket.socket) -> bool:
    """Whether the other side had read all that was sent: what it has not read, it resets."""
    is_quiet = isinstance(error, http.client.RemoteDisconnected)
    return is_quiet and not connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)


@dataclass
class Held:
    """A service on a socket that stays open when the service does not."""

    socket: socket.socket
    database: Path
    workers: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def origin(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def start(self) -> None:
        riskq = str(Path(sys.executable).with_name("riskq"))
        serve = [riskq, "serve", "--no-worker", "--workers", str(self.workers)]
        told = {"RISKQ_DATABASE": str(self.database), "RISKQ_SECRET_KEY": "k" * 40}
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, str(self.socket.fileno()), *serve],
            cwd=ROOT,
            env={**os.environ, **told},
            pass_fds=[self.socket.fileno()],
        )

    def stop(self) -> int:
        """Tell it to stop, and wait until it has; its exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_a_restart_refuses_nobody_and_loses_nothing(tmp_path: Path, workers: int) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        service = Held(listening, tmp_path / "riskq.db", workers)
        service.start()
        is_over = threading.Event()
        people = [Answering(f"person {number}", service.origin) for number in range(PEOPLE)]
        threads = [threading.Thread(target=one.live, args=(is_over,)) for one in people]
        try:
            for thread in threads:
                thread.start()
            for _ in range(RESTARTS):
                wait_for_more(people)
                assert [one.failed for one in people if one.failed] == []
                assert service.stop() == 0
                service.start()
            wait_for_more(people)
        finally:
            is_over.set()
            for thread in threads:
                thread.join()
            service.stop()
    assert [one.failed for one in people if one.failed] == []
    with closing(open_store(tmp_path / "riskq.db")) as store:
        desk = Desk(store, Catalogue())
        for one in people:
            found = resume(desk, one.secret).record
            (answer,) = (item for item in found.answers if item.question == "system-name")
            assert answer.value == f'"{one.name} {one.sent}"'


def wait_for_more(people: list[Answering]) -> None:
    """Wait until so many more answers were saved, or somebody failed."""
    pause, wanted = threading.Event(), sum(one.saved for one in people) + SAVED_BETWEEN
    for _ in range(3000):
        if sum(one.saved for one in people) >= wanted or any(one.failed for one in people):
            return
        pause.wait(0.02)
    pytest.fail("The service does not answer.")
