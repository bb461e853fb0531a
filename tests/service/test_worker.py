"""The worker of a whole service: it makes what waits, and what a killed one left."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from riskq.hook_reach import Reach
from riskq.jobs import Jobs
from riskq.questionnaire import Catalogue
from riskq.services import BundleDesk, Desk, GivenFile, OpenedBundle, hooks, letters
from riskq.settings import Settings
from riskq.store import open_bundles, open_files, open_store
from tests import hook_receiver, mail_server
from tests.keys import KEYS
from tests.service.served import Served, running
from tests.web.members import make_place
from tests.web.test_branding import seat_of

ANSWERS = b'{"model-based": "no"}'
SECRET = "k" * 40


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings that the service is started with."""
    return Settings(str(tmp_path / "riskq.db"), SECRET)


@pytest.fixture
def desk(settings: Settings) -> Iterator[BundleDesk]:
    """Bundles are brought to the service by its own files, as its page workers bring them."""
    store = open_bundles(settings.bundles)
    yield BundleDesk(store, Catalogue(), Jobs(settings).enqueue)
    store.close()


def begin(desk: BundleDesk, reports: int) -> OpenedBundle:
    files = [GivenFile(f"{number}.json", ANSWERS) for number in range(reports)]
    started = desk.start("kz-ai-law", "kk", files)
    return desk.open(started.id, started.secret)


def made(desk: BundleDesk, opened: OpenedBundle) -> int:
    return sum(item.state == "done" for item in desk.store.items(opened.record.id))


def worker_of(served: Served) -> psutil.Process:
    """The worker: the only one whose parent is itself a child, and whose program is the service."""
    family = psutil.Process(served.process.pid).children(recursive=True)
    (worker,) = (
        one
        for one in family
        if one.ppid() != served.process.pid and "serve" in " ".join(one.cmdline())
    )
    return worker


def expect_all_ended(family: list[psutil.Process]) -> None:
    """No process of the service is left once it has been told to end."""
    gone, alive = psutil.wait_procs(family, timeout=30)
    assert (len(gone), alive) == (len(family), [])


def let_leases_end(settings: Settings) -> None:
    """As if the two minutes had gone by in which what was taken is nobody else's."""
    with closing(sqlite3.connect(settings.bundles)) as connection, connection:
        connection.execute("update items set lease = 0 where state = 'working'")


@pytest.mark.slow
def test_a_killed_worker_is_replaced_and_nothing_is_lost(
    settings: Settings, desk: BundleDesk, tmp_path: Path
) -> None:
    with running(Path(settings.database), RISKQ_SEAL_FOLDER=str(tmp_path / "seal")) as served:
        opened = begin(desk, 12)
        served.until(lambda: made(desk, opened) >= 2, seconds=40)
        worker = worker_of(served)
        worker.send_signal(signal.SIGKILL)
        let_leases_end(settings)
        reports = {
            item.number: desk.store.report(opened.record.id, item.number)
            for item in desk.store.items(opened.record.id)
            if item.state == "done"
        }
        served.until(lambda: made(desk, opened) == 12, seconds=180)
        assert worker_of(served).pid != worker.pid
        # What was done is not made again: a seal made anew has another time in it.
        for number, report in reports.items():
            assert desk.store.report(opened.record.id, number) == report


@pytest.mark.slow
def test_a_killed_keeper_of_the_worker_is_replaced_too(
    settings: Settings, desk: BundleDesk, tmp_path: Path
) -> None:
    with running(Path(settings.database), RISKQ_SEAL_FOLDER=str(tmp_path / "seal")) as served:
        opened = begin(desk, 4)
        served.until(lambda: made(desk, opened) >= 1, seconds=40)
        keeper = worker_of(served).parent()
        assert keeper is not None
        keeper.send_signal(signal.SIGKILL)
        served.until(lambda: made(desk, opened) == 4, seconds=180)
        again = begin(desk, 2)
        served.until(lambda: made(desk, again) == 2, seconds=60)
        family = psutil.Process(served.process.pid).children(recursive=True)
    expect_all_ended(family)


@pytest.mark.slow
def test_the_worker_ends_with_its_service(settings: Settings, desk: BundleDesk) -> None:
    with running(Path(settings.database)) as served:
        opened = begin(desk, 1)
        served.until(lambda: made(desk, opened) == 1, seconds=40)
        family = psutil.Process(served.process.pid).children(recursive=True)
    expect_all_ended(family)


@contextmanager
def redis_at(folder: Path) -> Iterator[str]:
    """A Redis of the test's own, at a socket in a folder."""
    address = folder / "redis.sock"
    command = ["redis-server", "--port", "0", "--unixsocket", str(address), "--save", ""]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as server:
        try:
            for _ in range(400):
                if address.exists():
                    break
                with suppress(subprocess.TimeoutExpired):
                    server.wait(0.02)
            yield f"unix://{address}"
        finally:
            server.terminate()


@pytest.mark.slow
@pytest.mark.usefixtures("seal_folder")
def test_a_worker_elsewhere_takes_from_a_shared_queue(tmp_path: Path) -> None:
    with redis_at(tmp_path) as address:
        settings = Settings(str(tmp_path / "riskq.db"), SECRET, queue=address)
        environ = {
            "RISKQ_DATABASE": settings.database,
            "RISKQ_SECRET_KEY": SECRET,
            "RISKQ_QUEUE": address,
        }
        store = open_bundles(settings.bundles)
        desk = BundleDesk(store, Catalogue(), Jobs(settings).enqueue)
        opened = begin(desk, 2)
        command = [str(Path(sys.executable).with_name("riskq")), "worker"]
        worker = subprocess.Popen(command, env={**os.environ, **environ})
        served = Served("", worker)
        try:
            served.until(lambda: made(desk, opened) == 2, seconds=40)
            worker.terminate()
            assert worker.wait(30) == 0
        finally:
            worker.kill()
            worker.wait(20)
            store.close()
    assert not settings.queue_file.exists()


@pytest.mark.slow
def test_the_worker_of_a_service_sends_what_is_in_the_outbox(settings: Settings) -> None:
    with mail_server.running() as mail:
        environ = {
            "RISKQ_SMTP": f"smtp://localhost:{mail.port}",
            "RISKQ_MAIL_FROM": "riskq@alatau.example",
        }
        with running(Path(settings.database), **environ) as served:
            store = open_store(settings.database)
            letter = letters.Letter("info@vendor.example", "", "Questions", "Come in")
            new = letters.NewLetter("assessment:a", "vendor", "invitation", "Vendor", letter)
            desk = Desk(store, Catalogue(), keys=KEYS)
            letters.queue_letters(desk, settings.secret_key, [new], "aida")
            Jobs(settings).announce_letters()
            served.until(lambda: len(mail.letters) == 1, seconds=40)
            store.close()


@pytest.mark.slow
def test_the_worker_of_a_service_tells_webhooks(settings: Settings, tmp_path: Path) -> None:
    store = open_store(settings.database)
    desk = Desk(store, Catalogue(), files=open_files(tmp_path / "files", spare=0), keys=KEYS)
    place = make_place(desk)
    with hook_receiver.running() as receiver:
        seat = seat_of(desk, place)
        hook = hooks.add_hook(desk, seat, receiver.url, ["vendor.returned"], Reach.ANY)
        hooks.send_trial(desk, seat, hook.id)
        with running(Path(settings.database), RISKQ_WEBHOOKS="any") as served:
            served.until(lambda: len(receiver.came) == 1, seconds=40)
    store.close()
    assert [one["type"] for one in receiver.told] == ["trial"]
