"""The call itself: one POST over one connection, within a few seconds, and no step further.

A redirect is no answer, nobody is asked by way of a proxy, and of what is answered the status is
read, by ourselves, and nothing after it: a library that reads the rest of an answer can be kept
busy with it for hours.
"""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection, HTTPException
from threading import Event
from typing import BinaryIO
from urllib.parse import SplitResult

from riskq.hook_reach import Reach
from riskq.services.cutting import cut_after
from riskq.services.hooks.addresses import Machine, check_address, find_machines
from riskq.services.hooks.errors import HookError

__all__ = ["call"]

_STATUS = re.compile(rb"HTTP/1\.[01] ([1-9]\d\d)(?: [^\r\n]*)?\r?\n")
_LONGEST_LINE = 8192
_MOST_BEFORE, _MOST_LINES = 5, 50
"""How many answers (1xx) may come before the last one, and how many lines each may have."""


def call(url: str, body: str, headers: Mapping[str, str], reach: Reach, seconds: float) -> None:
    """Hand over a message; raises ``HookError`` unless it is answered with 2xx in time."""
    end = time.monotonic() + seconds
    parts = check_address(url, reach)
    machines = find_machines(parts, reach)
    is_cut = Event()
    try:
        with _line_to(machines, parts, end) as line, cut_after(line, _left(end), is_cut):
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


def _left(end: float) -> float:
    """How many seconds are left; raises ``TimeoutError`` when none is."""
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _line_to(machines: Sequence[Machine], parts: SplitResult, end: float) -> socket.socket:
    """A line to the first of the machines that takes one; nothing has gone over it yet."""
    *others, last = machines
    for machine in others:
        with contextlib.suppress(OSError):
            line = socket.create_connection(machine, _left(end) / len(machines))
            line.settimeout(_left(end))
            return _wrapped(line, parts)
    return _wrapped(socket.create_connection(last, _left(end)), parts)


def _wrapped(line: socket.socket, parts: SplitResult) -> socket.socket:
    if parts.scheme != "https":
        return line
    # The handshake comes later: the other side may draw that out as well.
    return ssl.create_default_context().wrap_socket(
        line, do_handshake_on_connect=False, server_hostname=parts.hostname
    )


def _post(line: socket.socket, parts: SplitResult, body: str, headers: Mapping[str, str]) -> int:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    # The machine was looked up and checked before; nobody looks it up again, under any name.
    connection = HTTPConnection("riskq", 80)
    connection.sock = line
    sent = {"Host": parts.netloc, **headers}
    connection.request("POST", target, body.encode(), sent)
    with line.makefile("rb") as answer:
        return _read_status(answer)


def _read_status(answer: BinaryIO) -> int:
    """The status of the answer; raises ``ValueError`` where there is none."""
    for _ in range(_MOST_BEFORE):
        found = _STATUS.fullmatch(answer.readline(_LONGEST_LINE))
        if found is None:
            break
        if found[1] >= b"200":
            return int(found[1])
        _pass_over(answer)
    raise ValueError("There is no status.")


def _pass_over(answer: BinaryIO) -> None:
    """Read on to the end of an answer that is not the last one (1xx)."""
    for _ in range(_MOST_LINES):
        if answer.readline(_LONGEST_LINE) in (b"\r\n", b"\n", b""):
            break
