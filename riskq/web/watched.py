"""What is told of every request to whoever runs the service: what, how well, how fast.

It is told as the answer begins, at the outermost place, so that no request is left out. What people
sent is never part of it: not the address, only the template of its route. Headers that every answer
has are given there too.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from time import perf_counter
from typing import Any

from flask import has_request_context, request

from riskq import logs, metrics
from riskq.web.quiet import QuietFlask

__all__ = ["WatchedFlask"]

log = logging.getLogger("riskq.web")

_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
_KINDS = re.compile("<[^<>]*:")
_NONE = "none"
"""The route of a request that no page is for, and its part."""

_Headers = list[tuple[str, str]]


class BrokenOffError(Exception):
    """An answer could not be given to its end. The server tells it, so that it has no words."""


class WatchedFlask(QuietFlask):
    """An application that counts its requests, and tells its log of each.

    ``headers_sent`` are the headers of every answer that does not set them itself.
    """

    headers_sent: tuple[tuple[str, str], ...] = ()

    def wsgi_app(self, environ: Any, start_response: Callable[..., Any]) -> Any:
        """Answer, and tell of it as the answer begins."""
        began = perf_counter()
        number = logs.new_request_id(environ.get("HTTP_X_REQUEST_ID", ""))
        logs.request_id.set(number)
        is_streamed = False

        def start(status: str, headers: _Headers, *error: Any) -> Any:
            nonlocal is_streamed
            size = _size_of(headers)
            is_streamed = size is None
            _tell(status, size, perf_counter() - began)
            own = {name.lower() for name, _ in headers}
            sent = [each for each in self.headers_sent if each[0].lower() not in own]
            return start_response(status, [*headers, *sent, ("X-Request-ID", number)], *error)

        try:
            answer = super().wsgi_app(environ, start)
        except Exception as error:
            if self.config["PROPAGATE_EXCEPTIONS"] or self.testing or self.debug:
                raise
            raise _broken_off(error) from None
        return _to_its_end(answer) if is_streamed else answer


def _to_its_end(answer: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of an answer that are made while it is sent."""
    try:
        yield from answer
    except Exception as error:  # noqa: BLE001 - Whatever it is, its words are left out.
        raise _broken_off(error) from None
    finally:
        close: Callable[[], None] | None = getattr(answer, "close", None)
        if close is not None:
            close()


def _broken_off(error: Exception) -> BrokenOffError:
    places = "\n".join(logs.places_of(error.__traceback__))
    log.error("%s broke off an answer\n%s", type(error).__name__, places)
    return BrokenOffError()


def _size_of(headers: _Headers) -> int | None:
    """How many bytes an answer has; None if that is not known beforehand."""
    for name, value in headers:
        if name.lower() == "content-length":
            return int(value)
    return None


@cache
def _route(rule: str) -> str:
    """The template of a route as people read it: names of its parts, without their kinds."""
    return _KINDS.sub("<", rule)


def _tell(status: str, size: int | None, seconds: float) -> None:
    rule = request.url_rule if has_request_context() else None
    method = request.method if has_request_context() else ""
    told = method if method in _METHODS else "other"
    route = _NONE if rule is None else _route(rule.rule)
    part = _NONE if rule is None else str(rule.endpoint).partition(".")[0]
    metrics.count(metrics.REQUESTS, route, told, f"{status[:1]}xx")
    metrics.observe(metrics.REQUEST_SECONDS, seconds, part)
    metrics.note_process()
    figures = {"status": int(status[:3]), "ms": round(seconds * 1000, 1), "bytes": size}
    logs.tell_request({"method": told, "route": route, **figures})
