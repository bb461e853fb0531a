"""Reads what requests send before anybody works on them, so that slow senders hold up nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any

__all__ = ["Bodies", "Body", "BodyFaultError", "Receive"]

PATIENCE = 30.0
"""Seconds that any body may take to arrive."""

SLOWEST = 50_000
"""For each so many bytes of it, one second more."""

AT_ONCE = 4
"""How many of the largest bodies may lie in memory at once."""

Receive = Callable[[], Awaitable[dict[str, Any]]]


class BodyFaultError(Exception):
    """A body that was not read to its end, and the status that says why."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(status)


class Body(BytesIO):
    """What a request sent; ``held`` bytes of it are counted."""

    held: int = 0


class Bodies:
    """What lies in the memory of a process. No body may have more than ``largest`` bytes."""

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._held = 0

    async def read(self, environ: dict[str, Any], receive: Receive) -> Body:
        """The whole body of a request; ``let_go`` of it once it is answered.

        Raises ``BodyFaultError``: 400 where it ends before its end or is none, 408 where it comes
        too slowly, 413 where it is too large, and 503 where others fill the memory.
        """
        body = Body()
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if not length and "HTTP_TRANSFER_ENCODING" not in environ:
            return body
        if length > self._largest:
            raise BodyFaultError(413)
        try:
            async with asyncio.timeout(PATIENCE + (length or self._largest) / SLOWEST):
                await self._take(body, receive)
        except TimeoutError:
            self.let_go(body)
            raise BodyFaultError(408) from None
        except BaseException:
            self.let_go(body)
            raise
        body.seek(0)
        return body

    def let_go(self, body: Body) -> None:
        """Make room for others."""
        self._held -= body.held
        body.held = 0

    async def _take(self, body: Body, receive: Receive) -> None:
        is_more = True
        while is_more:
            event = await receive()
            if event["type"] != "http.request":
                raise BodyFaultError(400)
            piece, is_more = event.get("body", b""), event.get("more_body", False)
            if body.held + len(piece) > self._largest:
                raise BodyFaultError(413)
            if self._held + len(piece) > AT_ONCE * self._largest:
                raise BodyFaultError(503)
            body.write(piece)
            body.held += len(piece)
            self._held += len(piece)
