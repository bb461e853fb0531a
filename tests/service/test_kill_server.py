"""The whole service killed at any moment: no answer that was acknowledged is lost."""

from __future__ import annotations

import http.client
import json
import random
import re
import threading
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from benchmarks.people import Person
from riskq.questionnaire import Catalogue
from riskq.services import Desk, resume
from riskq.store import open_store
from tests.service.served import running

CATALOGUE = Catalogue()
WRITERS = 4
MOST_SECONDS = 0.6
LONGEST_START_SECONDS = 60


@dataclass
class Writer:
    """A person who changes one answer over and over, and remembers what was acknowledged."""

    name: str
    heard: threading.Event
    cookies: dict[str, str] = field(default_factory=dict)
    path: str = ""
    secret: str = ""
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
        begun = person.path
        person.get(begun.replace("/next", "/link"))
        self.secret = re.findall(r"/r/([\w-]{43})", person.body)[0]
        self.path = begun.replace("/next", "/q/system-name")

    def change(self, person: Person) -> None:
        assert person.get(self.path) == 200
        if "</html>" not in person.body:
            raise http.client.IncompleteRead(person.body.encode())
        fields = [(name, person.hidden(name)) for name in ("csrf_token", "seen")]
        self.sent += 1
        status, _ = person.post(self.path, [*fields, ("answer", f"{self.name} {self.sent}")])
        assert status == 303
        self.acknowledged = self.sent
        self.heard.set()

    def stored(self, database: Path) -> int:
        """The number of the change that stands in the store."""
        with closing(open_store(database)) as store:
            found = resume(Desk(store, CATALOGUE), self.secret).record if self.path else None
        if found is None or not found.answers:
            return 0
        return int(json.loads(found.answers[0].value).split()[-1])


def play(database: Path, rounds: int, part: int = 0) -> None:
    """Start, write, kill, look: so many rounds on the same store.

    In every fourth round the kill may come before anything was acknowledged; in all others it comes
    at some moment after the first answer was, however slow the machine is.
    """
    heard = threading.Event()
    writers = [Writer(f"writer-{number}", heard) for number in range(WRITERS)]
    chance = random.Random(20260825 + part)
    for number in range(rounds):
        heard.clear()
        with running(database) as served:
            threads = [threading.Thread(target=one.write, args=(served.origin,)) for one in writers]
            for thread in threads:
                thread.start()
            assert number % 4 == 1 or heard.wait(LONGEST_START_SECONDS)
            # The moment of the kill is what the test is about; nothing is waited for.
            timer = threading.Timer(chance.uniform(0.02, MOST_SECONDS), served.kill)
            timer.start()
            for thread in threads:
                thread.join()
            timer.join()
        for writer in writers:
            assert writer.acknowledged <= writer.stored(database) <= writer.sent


def test_a_killed_service_keeps_every_acknowledged_answer(tmp_path: Path) -> None:
    play(tmp_path / "riskq.db", rounds=2)


# In parts, which the processes that run the tests share: in one they would wait for its end.
@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_two_hundred_kills_lose_nothing(tmp_path: Path, part: int) -> None:
    play(tmp_path / "riskq.db", rounds=50, part=part)
