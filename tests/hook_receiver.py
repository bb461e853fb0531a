"""An address that is told by webhooks: it keeps what came, and answers what it is told to."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

__all__ = ["Receiver", "running"]


class Receiver:
    """What came, in its order; ``status`` is what is answered, ``location`` where that leads."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}/told?by=riskq"
        self.status, self.location = 204, ""
        self.came: list[tuple[Mapping[str, str], str]] = []

    @property
    def told(self) -> list[dict[str, Any]]:
        """The messages, read."""
        return [json.loads(body) for _, body in self.came]


class _Desk(BaseHTTPRequestHandler):
    receiver: Receiver

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        self.receiver.came.append((dict(self.headers), self.rfile.read(size).decode()))
        self.send_response(self.receiver.status)
        if self.receiver.location:
            self.send_header("Location", self.receiver.location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        del code, size


@contextmanager
def running(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A receiver on this machine; with a context, one that is spoken to by https alone."""

    class Desk(_Desk):
        pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Desk) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        Desk.receiver = Receiver(server.server_address[1])
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield Desk.receiver
        server.shutdown()
        thread.join()
