"""A WSGI application behind a server that reads and sends without threads, by ASGI.

Whoever sends or takes slowly costs no thread, and those who wait can be put in order: who saves
goes first (``riskq.serving.turns``).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from contextvars import Context, copy_context
from time import perf_counter
from typing import Any, TypeVar

from msgspec import Struct

from riskq import metrics
from riskq.serving.bodies import Bodies, Body, BodyFaultError, Receive
from riskq.serving.environ import environ_of
from riskq.serving.told import BODY_FAULT, GIVE_WAY
from riskq.serving.turns import Turns

__all__ = ["Gateway"]

PATIENCE = 60.0
"""Seconds that one piece of a long answer may take to be taken."""

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_URGENT = frozenset({"/healthz", "/readyz"})
"""Whoever asks these decides whether the process goes on living."""

_EMPTY = frozenset({204, 304})

_Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_Send = Callable[[dict[str, Any]], Awaitable[None]]
_T = TypeVar("_T")


class _Answer(Struct):
    """An answer as WSGI gives it: how it begins, and its pieces."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = []
    pieces: Iterable[bytes] = ()

    def start(self, status: str, headers: list[tuple[str, str]], *_: Any) -> None:
        """What PEP 3333 calls ``start_response``; nobody here calls what that gives."""
        self.status = int(status[:3])
        self.headers = [(k.encode("latin-1"), v.encode("latin-1")) for k, v in headers]

    @property
    def is_whole(self) -> bool:
        """Whether all of it is there already: then its length is told, or it is nothing."""
        told = any(name.lower() == b"content-length" for name, _ in self.headers)
        return told or self.status in _EMPTY

    @property
    def beginning(self) -> dict[str, Any]:
        """The event by which it begins."""
        return {"type": "http.response.start", "status": self.status, "headers": self.headers}

    def close(self) -> None:
        """Tell the application that nobody takes any more of it."""
        close: Callable[[], None] | None = getattr(self.pieces, "close", None)
        if close is not None:
            close()


class Gateway:
    """Answers requests by an application, of which ``at_once`` run at the same time.

    Made in the process that answers. A body has at most ``largest`` bytes.
    """

    def __init__(self, application: _Application, at_once: int, largest: int) -> None:
        self._application = application
        self._turns = Turns(at_once)
        self._bodies = Bodies(largest)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: _Send) -> None:
        """Answer one request."""
        environ = environ_of(scope)
        hurries = scope["method"] not in _SAFE or scope["path"] in _URGENT
        try:
            body = await self._bodies.read(environ, receive)
        except BodyFaultError as fault:
            body = Body()
            environ |= {BODY_FAULT: fault.status, "CONTENT_LENGTH": "0"}
            environ.pop("HTTP_TRANSFER_ENCODING", None)
        environ |= {"wsgi.input": body, GIVE_WAY: self._turns.give_way}
        context = copy_context()
        try:
            answer = await self._in_turn(context, hurries, lambda: self._answer(environ, send))
            if answer is not None:
                await self._send_on(context, answer, receive, send)
        finally:
            self._bodies.let_go(body)

    def close(self) -> None:
        """Answer what has come, and end the threads."""
        self._turns.end()

    def _answer(self, environ: dict[str, Any], send: _Send) -> _Answer | None:
        """Run the application, and send what it gives; or give it back if more is to come."""
        answer = _Answer()
        answer.pieces = self._application(environ, answer.start)
        if not answer.is_whole:
            return answer
        try:
            body = b"".join(answer.pieces)
        finally:
            answer.close()
        # The server sends when it is told to, in any thread; to await it is for more pieces. To
        # go back to the loop first would cost more than to send.
        send(answer.beginning)
        send({"type": "http.response.body", "body": body})
        return None

    async def _send_on(
        self, context: Context, answer: _Answer, receive: Receive, send: _Send
    ) -> None:
        """Send an answer of unknown length, each piece as it is taken.

        What the application raises breaks the connection off, so that nobody takes half for all.
        """
        await send(answer.beginning)
        gone = asyncio.ensure_future(_leave(receive))
        pieces = iter(answer.pieces)
        try:
            while not gone.done():
                piece = await self._in_turn(context, False, lambda: next(pieces, None))
                if piece is None:
                    await send({"type": "http.response.body"})
                    return
                async with asyncio.timeout(PATIENCE):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
        finally:
            gone.cancel()
            await self._in_turn(context, False, answer.close)

    def _in_turn(
        self, context: Context, hurries: bool, work: Callable[[], _T]
    ) -> asyncio.Future[_T]:
        """Have work done when it is its turn, and get what it gives or raises."""
        loop = asyncio.get_running_loop()
        given: asyncio.Future[_T] = loop.create_future()
        asked, kind = perf_counter(), "yes" if hurries else "no"

        def take_turn() -> None:
            metrics.observe(metrics.TURN_SECONDS, perf_counter() - asked, kind)
            settle: Callable[[Any], None] = given.set_result
            try:
                result: Any = context.run(work)
            except BaseException as error:  # noqa: BLE001 - Whatever it is, it is raised there.
                settle, result = given.set_exception, error
            with suppress(RuntimeError):  # The loop has ended.
                loop.call_soon_threadsafe(_settle, given, settle, result)

        self._turns.ask(take_turn, hurries=hurries)
        return given


def _settle(given: asyncio.Future[Any], settle: Callable[[Any], None], result: Any) -> None:
    if not given.done():  # Whoever waited may have been cancelled.
        settle(result)


async def _leave(receive: Receive) -> None:
    """Wait until the client has left. What it sent, and nobody read, is told before that."""
    while (await receive())["type"] != "http.disconnect":
        pass
