"""What a probe is told: alive as long as it answers, ready when nothing fails that pages need."""

from __future__ import annotations

import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from riskq.jobs import Jobs
from riskq.questionnaire import Catalogue
from riskq.services import Desk
from riskq.settings import Settings
from riskq.store import open_store
from tests.web.browser import Browser
from tests.web.conftest import Clock, MakeApp
from tests.web.members import SECRET

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def settings(database: Path) -> Settings:
    return Settings(str(database), SECRET)


def asked(app: Flask, path: str = "/readyz") -> tuple[int, str]:
    """The status and the text that a probe gets, which asks by an address."""
    answer = app.test_client().get(path, base_url="http://10.0.0.7:8000")
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    return answer.status_code, answer.text


def test_a_service_that_is_well_is_alive_and_ready(app: Flask) -> None:
    for path in ("/healthz", "/readyz"):
        assert asked(app, path) == (200, "ok\n")
        assert app.test_client().head(path).status_code == 200
        assert app.test_client().post(path).status_code == 405


def test_a_queue_that_is_yet_to_be_made_is_no_trouble(app: Flask, settings: Settings) -> None:
    assert not settings.queue_file.exists()
    assert asked(app) == (200, "ok\n")
    assert not settings.queue_file.exists()


def test_a_queue_in_use_is_ready_and_keeps_its_messages(app: Flask, settings: Settings) -> None:
    jobs = Jobs(settings)
    jobs.announce_letters()
    assert asked(app) == (200, "ok\n")
    assert jobs.waiting == 1


def test_a_queue_that_is_held_for_long_is_told(app: Flask, settings: Settings) -> None:
    Jobs(settings)
    with closing(sqlite3.connect(settings.queue_file, isolation_level=None)) as other:
        other.execute("begin immediate")
        assert asked(app) == (503, "queue: locked\n")
    assert asked(app) == (200, "ok\n")


def test_everything_that_fails_is_told_at_once(
    make_app: MakeApp, database: Path, catalogue: Catalogue, clock: Clock, settings: Settings
) -> None:
    store = open_store(database)
    app = make_app(at=Desk(store, catalogue, clock))
    store.close()
    for file in (settings.queue_file, Path(settings.bundles)):
        file.write_bytes(b"no database at all" * 99)
    assert asked(app) == (503, "store: closed\nbundles: corrupt\nqueue: corrupt\n")
    assert asked(app, "/healthz") == (200, "ok\n")


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A port and a socket at which somebody listens, as a Redis would."""
    path = tmp_path / "queue.sock"
    with socket.socket() as port, socket.socket(socket.AF_UNIX) as file:
        port.bind(("127.0.0.1", 0))
        file.bind(str(path))
        for one in (port, file):
            one.listen()
        yield f"redis://127.0.0.1:{port.getsockname()[1]}/0", f"unix://{path}"


def test_a_shared_queue_is_ready_as_long_as_it_takes_connections(
    make_app: MakeApp, listening: tuple[str, str], tmp_path: Path
) -> None:
    for address in listening:
        assert asked(make_app(queue=address)) == (200, "ok\n")
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        refused = f"redis://user:word@127.0.0.1:{silent.getsockname()[1]}/0"
        for address in (refused, f"unix://{tmp_path / 'none'}", "redis://127.0.0.1:port"):
            assert asked(make_app(queue=address)) == (503, "queue: away\n")


def test_a_probe_loads_no_library_of_the_queue() -> None:
    code = "import sys, riskq.web.app; print([n for n in ('huey', 'redis') if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_probing_changes_nothing_that_anybody_saved(app: Flask) -> None:
    browser = Browser(app)
    browser.start()
    before = browser.open("q/system-name").text
    for _ in range(3):
        assert asked(app) == (200, "ok\n")
    assert browser.open("q/system-name").text == before
