"""The call itself: one POST over one connection, within a few seconds, and no step further.

A redirect is no answer, nobody is asked by way of a proxy, and of what is answered only the status
is looked at.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from threading import Event, Timer

from riskq.hook_reach import Reach
from riskq.services.hooks.addresses import check_address, find_machine
from riskq.services.hooks.errors import HookError

__all__ = ["call"]


def call(url: str, body: str, headers: Mapping[str, str], reach: Reach, seconds: float) -> None:
    """Hand over a message; raises ``HookError`` unless it is answered with 2xx."""
    parts = check_address(url, reach)
    machine, port = find_machine(parts, reach)
    host = parts.hostname or ""
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    is_cut = Event()
    try:
        with socket.create_connection((machine, port), seconds) as line:
            timer = Timer(seconds, _cut, [line, is_cut])
            timer.daemon = True
            timer.start()
            try:
                status = _post(
                    _encrypted(line, parts.scheme, host), (host, port), target, body, headers
                )
            finally:
                timer.cancel()
    except (OSError, HTTPException, ValueError) as error:
        if is_cut.is_set() or isinstance(error, TimeoutError):
            raise HookError("time") from error
        reason = "tls" if isinstance(error, ssl.SSLError) else "connection"
        raise HookError(reason) from error
    if not 200 <= status < 300:
        raise HookError(str(status))


def _cut(line: socket.socket, is_cut: Event) -> None:
    """Cut a line whose other side takes too long in all, however often it sends a little."""
    is_cut.set()
    with contextlib.suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)


def _encrypted(line: socket.socket, scheme: str, host: str) -> socket.socket:
    if scheme != "https":
        return line
    return ssl.create_default_context().wrap_socket(line, server_hostname=host)


def _post(
    line: socket.socket,
    place: tuple[str, int],
    target: str,
    body: str,
    headers: Mapping[str, str],
) -> int:
    connection = HTTPConnection(*place)
    # The machine was looked up and checked before; nobody looks it up again.
    connection.sock = line
    with contextlib.closing(connection):
        connection.request("POST", target, body.encode(), dict(headers))
        with connection.getresponse() as response:
            return response.status
