"""People on slow lines, and those who pretend to be: nobody else waits for them.

An answer that did not arrive whole is not saved, and nothing is read that is too large.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from benchmarks.people import Person
from riskq.web import largest_body
from tests.service.served import Served, running, walk

SLOW = 300
"""Many more than the service has threads."""

FORM = "Content-Type: application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with running(tmp_path_factory.mktemp("slow") / "riskq.db") as one:
        yield one


def line_to(served: Served) -> socket.socket:
    port = int(served.origin.rpartition(":")[2])
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def posted(path: str, *headers: str) -> bytes:
    return "\r\n".join([f"POST {path} HTTP/1.1", "Host: 127.0.0.1", *headers, "", ""]).encode()


def answer_on(line: socket.socket) -> tuple[int, str]:
    """The status and the text of what comes, until the line is closed or enough was said."""
    received = b""
    while b"</html>" not in received and (piece := line.recv(65536)):
        received += piece
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", received)
    assert found
    return int(found[1]), received.decode(errors="replace")


def test_slow_senders_hold_up_nobody(served: Served) -> None:
    with ExitStack() as lines:
        for number in range(SLOW):
            line = lines.enter_context(line_to(served))
            if number % 2:
                line.sendall(posted("/kk/verify/paper", FORM, "Content-Length: 1000") + b"code=")
            else:
                line.sendall(b"GET /kk/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b")
        person = Person(served.origin)
        walk(person)
        person.connection.close()


def test_half_an_answer_is_not_saved(served: Served) -> None:
    person = Person(served.origin)
    person.get("/kk/")
    person.submit(person.forms()[0])
    page = person.path
    cookies = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
    sent = f"csrf_token={person.hidden('csrf_token')}&answer=yes"
    for length in (f"Content-Length: {len(sent) + 50}", "Transfer-Encoding: chunked"):
        with line_to(served) as line:
            head = posted(page, FORM, f"Cookie: {cookies}", length)
            body = sent if "Length" in length else f"{len(sent):x}\r\n{sent}\r\n"
            line.sendall(head + body.encode())
            line.shutdown(socket.SHUT_WR)
            received = b"".join(iter(lambda: line.recv(65536), b""))
        assert b"HTTP/1.1 303" not in received
        person.get(page)
        assert " checked" not in person.body
    person.connection.close()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_is_too_large_is_refused_unread(served: Served, language: str) -> None:
    with line_to(served) as line:
        length = f"Content-Length: {largest_body() + 1}"
        line.sendall(posted(f"/{language}/verify/paper", FORM, length) + b"code=")
        status, text = answer_on(line)
    assert status == 413
    assert f'<html lang="{language}"' in text
