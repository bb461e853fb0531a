"""Several machines on one PostgreSQL: each answers for all, and the server may go and come back."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from benchmarks.people import Person
from riskq.jobs import Jobs
from riskq.questionnaire import Catalogue
from riskq.report import prepare_key
from riskq.services import BundleDesk, Desk, GivenFile, key_ring, resume
from riskq.settings import SealSettings, Settings
from riskq.store import open_bundles, open_store
from tests.postgres import server
from tests.postgres_server import PostgresServer, programs
from tests.service.served import running

pytestmark = pytest.mark.slow

SECRET = "k" * 40
ROOT = Path(__file__).resolve().parents[2]


def environ_of(machine: Path, address: str, seal_folder: Path) -> dict[str, str]:
    """The settings of one machine: a disk of its own, and the key that all of them have."""
    (machine / "tmp").mkdir(parents=True)
    prepare_key(SealSettings(seal_folder))
    shutil.copytree(seal_folder, machine / "seal")
    return {
        "RISKQ_DATABASE": "",
        "RISKQ_DATABASE_URL": address,
        "RISKQ_SECRET_KEY": SECRET,
        "RISKQ_MASTER_KEY": SECRET,
        "RISKQ_SEAL_FOLDER": str(machine / "seal"),
        "TMPDIR": str(machine / "tmp"),
        "HOME": str(machine),
    }


@contextmanager
def worker(environ: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A worker on a machine of its own."""
    command = [str(Path(sys.executable).with_name("riskq")), "worker"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environ})
    try:
        yield process
    finally:
        process.kill()
        process.wait(20)


class Wanderer(Person):
    """A person whose every request another machine answers, as behind a proxy that takes turns."""

    def __init__(self, origins: list[str]) -> None:
        super().__init__(origins[0])
        self.connection.close()
        self._turn = 0
        self._machines = []
        for origin in origins:
            parts = urlsplit(origin)
            host, port = parts.hostname or "", parts.port
            self._machines.append(http.client.HTTPConnection(host, port, timeout=60))

    def _send(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        self._turn += 1
        self.connection = self._machines[self._turn % len(self._machines)]
        return super()._send(method, path, body)

    def fetch(self, path: str) -> bytes:
        """What a path gives, as it is."""
        self._turn += 1
        machine = self._machines[self._turn % len(self._machines)]
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        machine.request("GET", path, headers={"Cookie": cookies})
        return machine.getresponse().read()

    def close(self) -> None:
        """Leave all of them."""
        for machine in self._machines:
            machine.close()


@pytest.fixture
def address() -> Iterator[str]:
    made = server().make()
    yield made
    server().drop(made)


def walk(person: Person) -> int:
    """Answer everything with the first choices, and submit; how many pages that were."""
    person.get("/kk/")
    person.submit(person.forms()[0])
    pages = 0
    while "/q/" in person.path:
        person.submit(person.forms()[-1])
        pages += 1
    person.submit(next(form for form in person.forms() if "/submit" in form))
    return pages


def test_two_machines_serve_one_walk_and_two_workers_its_reports(
    address: str, seal_folder: Path, tmp_path: Path
) -> None:
    machines = [environ_of(tmp_path / name, address, seal_folder) for name in "abcd"]
    with ExitStack() as stack:
        webs = [stack.enter_context(running("", "--no-worker", **one)) for one in machines[:2]]
        person = Wanderer([web.origin for web in webs])
        stack.callback(person.close)
        assert walk(person) > 20
        path = re.search(r'"([^"]*/report-1\.pdf)"', person.body)
        assert path is not None
        reports = [person.fetch(path[1]) for _ in webs]
        assert all(report.startswith(b"%PDF") for report in reports)
        bundles = stack.enter_context(closing(open_bundles(address)))
        jobs = Jobs(Settings(address, SECRET))
        stack.callback(jobs.close)
        desk = BundleDesk(bundles, Catalogue(), jobs.enqueue, keys=key_ring((SECRET,)))
        files = [GivenFile(f"{each}.json", b'{"model-based": "no"}') for each in range(6)]
        begun = desk.start("kz-ai-law", "kk", files)
        for one in machines[2:]:
            stack.enter_context(worker(one))
        webs[0].until(
            lambda: all(item.state == "done" for item in bundles.items(begun.id)), seconds=90
        )
        packed = b"".join(desk.zip(desk.open(begun.id, begun.secret)))
        assert len(zipfile.ZipFile(BytesIO(packed)).namelist()) == 6
    assert not [file for name in "abcd" for file in (tmp_path / name).rglob("*.db*")]


@dataclass
class Writer:
    """A person who changes one answer over and over, whatever the answer is."""

    origin: str
    stop: threading.Event
    path: str = ""
    secret: str = ""
    acknowledged: int = 0
    refused: int = 0

    def write(self) -> None:
        """Change the answer until it is enough; what is refused is tried again."""
        person = Person(self.origin)
        person.get("/kk/")
        person.submit(person.forms()[0])
        self.path = person.path
        person.get(f"/{'/'.join(self.path.split('/')[1:4])}/link")
        self.secret = re.findall(r"/r/([\w-]{43})", person.body)[0]
        number = 0
        while not self.stop.is_set():
            if person.get(self.path) != 200:
                self.refused += 1
                continue
            number += 1
            names = ("csrf_token", "seen")
            fields = [(name, person.hidden(name)) for name in names]
            status, _ = person.post(self.path, [*fields, ("answer", f"Change {number}")])
            assert status in (303, 503), status
            if status == 303:
                self.acknowledged = number
            else:
                self.refused += 1
        person.connection.close()

    def stored(self, desk: Desk) -> int:
        """The number of the change that stands in the store."""
        return int(json.loads(resume(desk, self.secret).record.answers[0].value).split()[-1])


def test_a_server_that_is_started_anew_loses_nothing(tmp_path: Path, seal_folder: Path) -> None:
    bins = programs()
    assert bins is not None
    own = PostgresServer(bins)
    try:
        own.start()
        address = own.make()
        environ = environ_of(tmp_path / "a", address, seal_folder)
        stop = threading.Event()
        with running("", "--no-worker", **environ) as served:
            writers = [Writer(served.origin, stop) for _ in range(4)]
            threads = [threading.Thread(target=one.write) for one in writers]
            for thread in threads:
                thread.start()
            for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGINT):
                served.until(all_go_on(writers), seconds=60)
                own.stop(how)
                served.until(someone_is_refused(writers), seconds=60)
                own.start()
            served.until(all_go_on(writers), seconds=60)
            stop.set()
            for thread in threads:
                thread.join(60)
        with closing(open_store(address)) as store:
            desk = Desk(store, Catalogue())
            for one in writers:
                # The last change may have been saved without anybody being told.
                assert one.stored(desk) >= one.acknowledged > 0
    finally:
        own.remove()


def all_go_on(writers: Sequence[Writer]) -> Callable[[], bool]:
    """Whether each has saved something more from now on."""
    before = [one.acknowledged for one in writers]
    return lambda: all(one.acknowledged > old for one, old in zip(writers, before, strict=True))


def someone_is_refused(writers: Sequence[Writer]) -> Callable[[], bool]:
    """Whether somebody is told from now on that nothing can be saved."""
    before = [one.refused for one in writers]
    return lambda: any(one.refused > old for one, old in zip(writers, before, strict=True))
