"""A real service and a real Chromium for the browser tests, one of each a test process."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from riskq.questionnaire import Catalogue
from riskq.services import Desk
from riskq.store import open_store
from tests.keys import KEYS, MASTER
from tests.users import CHEAP

SECRET = "s" * 40
ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_until_ready(address: str, server: subprocess.Popen[bytes]) -> None:
    """Ask until the service answers; each attempt waits for a connection, not for a clock."""
    for _ in range(400):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - Our own.
                if answer.status == 200:
                    return
        except OSError:
            # A short wait that ends early when the server dies.
            try:
                server.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
    pytest.fail(f"The service did not answer at {address}.")


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the running service keeps what it is told."""
    return tmp_path_factory.mktemp("service") / "riskq.db"


@pytest.fixture(scope="session")
def service(database: Path) -> Iterator[str]:
    """The address of a running service with an empty store."""
    port = free_port()
    told = {"RISKQ_SECRET_KEY": SECRET, "RISKQ_MASTER_KEY": MASTER}
    environ = {**os.environ, "RISKQ_DATABASE": str(database), **told}
    command = [str(Path(sys.executable).with_name("riskq")), "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=environ)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}/healthz", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="session")
def desk(service: str, database: Path) -> Iterator[Desk]:
    """A desk at the store of the running service, as the command line has one beside it."""
    del service  # It makes the store.
    store = open_store(database)
    yield Desk(store, Catalogue(), passwords=CHEAP, keys=KEYS)
    store.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    found = shutil.which("chromium")
    if found is None:
        pytest.fail("Chromium is missing. Run ./dev test, which installs it.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
