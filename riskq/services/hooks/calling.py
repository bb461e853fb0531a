"""The call itself: one POST over one connection, within a few seconds, and no step further.

A redirect is no answer, nobody is asked by way of a proxy, and of what is answered only the status
is looked at.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Iterator, Mapping, Sequence
from http.client import HTTPConnection, HTTPException
from threading import Event, Timer
from urllib.parse import SplitResult

from riskq.hook_reach import Reach
from riskq.services.hooks.addresses import Machine, check_address, find_machines
from riskq.services.hooks.errors import HookError

__all__ = ["call"]


def call(url: str, body: str, headers: Mapping[str, str], reach: Reach, seconds: float) -> None:
    """Hand over a message; raises ``HookError`` unless it is answered with 2xx in time."""
    parts = check_address(url, reach)
    machines = find_machines(parts, reach)
    is_cut = Event()
    try:
        with _line_to(machines, parts, seconds) as line, _cut_after(line, seconds, is_cut):
            if isinstance(line, ssl.SSLSocket):
                line.do_handshake()
            status = _post(line, parts, body, headers)
    except (OSError, HTTPException, ValueError) as error:
        if is_cut.is_set() or isinstance(error, TimeoutError):
            raise HookError("time") from error
        reason = "tls" if isinstance(error, ssl.SSLError) else "connection"
        raise HookError(reason) from error
    if is_cut.is_set():
        # What was cut off looks like an answer that ended.
        raise HookError("time")
    if not 200 <= status < 300:
        raise HookError(str(status))


def _line_to(machines: Sequence[Machine], parts: SplitResult, seconds: float) -> socket.socket:
    """A line to the first of the machines that takes one; nothing has gone over it yet."""
    *others, last = machines
    for machine in others:
        with contextlib.suppress(OSError):
            return _wrapped(socket.create_connection(machine, seconds / len(machines)), parts)
    return _wrapped(socket.create_connection(last, seconds), parts)


def _wrapped(line: socket.socket, parts: SplitResult) -> socket.socket:
    if parts.scheme != "https":
        return line
    # The handshake comes later: the other side may draw that out as well.
    return ssl.create_default_context().wrap_socket(
        line, do_handshake_on_connect=False, server_hostname=parts.hostname
    )


@contextlib.contextmanager
def _cut_after(line: socket.socket, seconds: float, is_cut: Event) -> Iterator[None]:
    """Cut a line whose other side takes too long in all, however often it sends a little."""

    def cut() -> None:
        is_cut.set()
        with contextlib.suppress(OSError):
            # The encrypted one's own method would wait for the other side.
            socket.socket.shutdown(line, socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _post(line: socket.socket, parts: SplitResult, body: str, headers: Mapping[str, str]) -> int:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = HTTPConnection(parts.hostname or "")
    # The machine was looked up and checked before; nobody looks it up again.
    connection.sock = line
    sent = {"Host": parts.netloc, **headers}
    connection.request("POST", target, body.encode(), sent)
    with connection.getresponse() as response:
        return response.status
