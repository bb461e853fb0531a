"""An application behind the gateway: what it is told, and what is sent of what it gives."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from contextvars import ContextVar
from typing import Any

import pytest

from riskq.serving import BODY_FAULT, GIVE_WAY, Gateway, gateway
from riskq.serving.bodies import Receive
from tests.serving.loops import finish
from tests.serving.test_bodies import never, sending
from tests.serving.test_environ import scope

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
LARGEST = 1000
ASKED: ContextVar[str] = ContextVar("ASKED")


class BrokenError(Exception):
    """What the applications of these tests raise, and nothing else does."""


class Sent:
    """An event that the server has sent already; to await it takes no time."""

    def __await__(self) -> Generator[None]:
        yield from ()


class Line:
    """The line to one client, as the server has it: each event goes out when it is told."""

    def __init__(self, *, takes: bool = True) -> None:
        self.events: list[dict[str, Any]] = []
        self._takes = takes

    def send(self, event: dict[str, Any]) -> Any:
        """Send an event; a piece is not taken, by a client that does not take any."""
        self.events.append(event)
        return Sent() if self._takes or not event.get("more_body") else never()

    @property
    def body(self) -> bytes:
        return b"".join(event.get("body", b"") for event in self.events[1:])

    @property
    def is_at_its_end(self) -> bool:
        return not self.events[-1].get("more_body")


def staying() -> Receive:
    """A client that has sent all of its request, and stays."""
    events = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> dict[str, Any]:
        return events.pop() if events else await never()

    return receive


def ask(application: Application, line: Line, receive: Any = None, **more: Any) -> None:
    """Send one request to an application behind a gateway."""
    receive = receive or staying()
    with closing(Gateway(application, 1, LARGEST)) as here:
        finish(here(scope(**more), receive, line.send))


def posted(length: int) -> dict[str, Any]:
    return {"method": "POST", "headers": [(b"content-length", b"%d" % length)]}


def echo(environ: Environ, start: Callable[..., Any]) -> list[bytes]:
    """Gives back what it is sent."""
    body = environ["wsgi.input"].read()
    start("200 OK", [("Content-Length", str(len(body)))])
    return [body[:2], body[2:]]


def test_what_is_sent_is_read_and_answered() -> None:
    line = Line()
    ask(echo, line, sending(b"abc", b"de"), **posted(5))
    assert [event["type"] for event in line.events] == ["http.response.start", "http.response.body"]
    assert line.events[0] == {
        "type": "http.response.start",
        "status": 200,
        "headers": [(b"Content-Length", b"5")],
    }
    assert line.body == b"abcde"


def test_an_application_is_told_of_what_was_not_read() -> None:
    told: list[Environ] = []

    def refuse(environ: Environ, start: Callable[..., Any]) -> list[bytes]:
        told.append({**environ, "body": environ["wsgi.input"].read()})
        start("413 Too Large", [("Content-Length", "0")])
        return []

    line = Line()
    ask(refuse, line, never, **posted(LARGEST + 1))
    assert line.events[0]["status"] == 413
    assert (told[0][BODY_FAULT], told[0]["CONTENT_LENGTH"], told[0]["body"]) == (413, "0", b"")


def test_who_waits_can_let_others_by() -> None:
    """One request at once; the first is answered only after the second was."""
    came, line = asyncio.Event(), Line()

    async def both() -> None:
        loop = asyncio.get_running_loop()
        second: asyncio.Future[None] = loop.create_future()

        def application(environ: Environ, start: Callable[..., Any]) -> list[bytes]:
            if environ["PATH_INFO"] == "/first":
                environ[GIVE_WAY]()
                loop.call_soon_threadsafe(came.set)
                asyncio.run_coroutine_threadsafe(wait_for(second), loop).result(20)
            else:
                loop.call_soon_threadsafe(second.set_result, None)
            start("200 OK", [("Content-Length", "0")])
            return []

        here = Gateway(application, 1, LARGEST)
        first = asyncio.ensure_future(here(scope(raw_path=b"/first"), never, line.send))
        await came.wait()
        await here(scope(raw_path=b"/second"), never, line.send)
        await first
        here.close()

    finish(both())
    assert len(line.events) == 4


async def wait_for(future: asyncio.Future[None]) -> None:
    await future


class Pieces:
    """An answer of unknown length, that knows how it was left."""

    def __init__(self, *pieces: bytes | Exception) -> None:
        self.pieces = pieces
        self.asked: list[str] = []
        self.is_closed = False

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Pieces:
        start("200 OK", [("Content-Type", "application/zip")])
        ASKED.set(environ["PATH_INFO"])
        return self

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            self.asked.append(ASKED.get())
            if isinstance(piece, Exception):
                raise piece
            yield piece

    def close(self) -> None:
        self.is_closed = True


def test_a_long_answer_is_sent_piece_by_piece() -> None:
    line, answer = Line(), Pieces(b"one", b"two", b"three")
    ask(answer, line)
    assert (line.body, line.is_at_its_end, answer.is_closed) == (b"onetwothree", True, True)
    # Whichever thread makes a piece, it is for this request.
    assert answer.asked == ["/kk/"] * 3


def test_an_answer_that_breaks_off_is_not_ended() -> None:
    line, answer = Line(), Pieces(b"one", BrokenError(), b"three")
    with pytest.raises(BrokenError):
        ask(answer, line)
    assert (line.body, line.is_at_its_end, answer.is_closed) == (b"one", False, True)


def test_nothing_is_made_for_a_client_that_left() -> None:
    line, answer = Line(), Pieces(*[b"x"] * 1000)

    events = ["http.request", "http.disconnect", "http.disconnect"]

    async def leave() -> dict[str, Any]:
        return {"type": events.pop(0)}

    ask(answer, line, leave)
    assert len(answer.asked) < 10
    assert (line.is_at_its_end, answer.is_closed) == (False, True)


def test_a_client_that_takes_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "PATIENCE", 0.01)
    line, answer = Line(takes=False), Pieces(b"one", b"two")
    with pytest.raises(TimeoutError):
        ask(answer, line)
    assert (len(answer.asked), answer.is_closed) == (1, True)


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
def test_an_answer_of_nothing_has_no_length(status: str) -> None:
    def nothing(_: Environ, start: Callable[..., Any]) -> list[bytes]:
        start(status, [])
        return []

    line = Line()
    ask(nothing, line)
    assert (len(line.events), line.body) == (2, b"")


def test_an_error_of_the_application_is_the_servers_to_tell() -> None:
    def fail(*_: Any) -> list[bytes]:
        raise BrokenError

    line = Line()
    with pytest.raises(BrokenError):
        ask(fail, line)
    assert line.events == []
