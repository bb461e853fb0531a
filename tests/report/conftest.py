"""One renderer for the tests that do not break it, and a host that nobody may call."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from riskq.report import Renderer


@pytest.fixture(scope="session")
def renderer() -> Iterator[Renderer]:
    with Renderer() as made:
        yield made


@dataclass(frozen=True)
class Host:
    """A listening host on this machine; documents ask for its address."""

    address: str
    listener: socket.socket

    def was_called(self) -> bool:
        """Whether anybody has connected."""
        try:
            self.listener.accept()[0].close()
        except BlockingIOError:
            return False
        return True


@pytest.fixture
def host() -> Iterator[Host]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield Host(f"http://127.0.0.1:{listener.getsockname()[1]}/x", listener)
