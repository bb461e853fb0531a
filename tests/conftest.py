"""What holds for every test: no connection leaves this machine, and no timing is a test.

Tests of several parts share a small sound questionnaire in a folder of its own.
"""

import ipaddress
import os
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from riskq.questionnaire import Catalogue, take_over
from riskq.report import Sealer
from riskq.settings import SealSettings
from tests import hook_receiver
from tests.builders import Folder, make_folder
from tests.hook_receiver import Receiver
from tests.stores import IN_POSTGRES

settings.register_profile("house", deadline=None)
settings.load_profile("house")


def is_local(family: int, address: Any) -> bool:
    """Whether the address is on this machine; only internet addresses can be elsewhere."""
    if family not in {socket.AF_INET, socket.AF_INET6}:
        return True
    host = str(address[0])
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what is about SQLite's file where the stores are in PostgreSQL."""
    if os.environ.get(IN_POSTGRES):
        items[:] = [item for item in items if item.get_closest_marker("in_a_file") is None]


@pytest.fixture(autouse=True, scope="session")
def only_loopback() -> Iterator[None]:
    """Refuses every connection of the test process to another machine."""
    connect = socket.socket.connect

    def connect_locally(self: socket.socket, address: Any) -> None:
        if not is_local(self.family, address):
            raise PermissionError(f"A test may not connect to {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_locally)
        yield


@pytest.fixture(autouse=True, scope="session")
def editions() -> None:
    """Has both editions of the law read once a process, and handed to every catalogue of it."""
    for day in (date(2026, 1, 18), date(2026, 8, 25)):
        take_over(Catalogue().hand_over(day))


@pytest.fixture(autouse=True, scope="session")
def seal_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Gives tests, and the processes that they start, a seal of their own."""
    folder = tmp_path_factory.mktemp("instance") / "seal"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RISKQ_SEAL_FOLDER", str(folder))
        yield folder


@pytest.fixture(scope="session")
def sealer(seal_folder: Path) -> Iterator[Sealer]:
    """Seals with the key of the tests."""
    with Sealer(SealSettings(seal_folder)) as made:
        yield made


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """An address that webhooks may tell."""
    with hook_receiver.running() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Gives a sound edition, for a test to break."""
    return make_folder(tmp_path)
