"""What is told of every request to whoever runs the service: what, how well, how fast.

It is told as the answer begins, at the outermost place, so that no request is left out. What people
sent is never part of it: not the address, only the template of its route.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from time import perf_counter
from typing import Any

from flask import has_request_context, request

from riskq import metrics
from riskq.web.quiet import QuietFlask

__all__ = ["WatchedFlask"]

_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
_KINDS = re.compile("<[^<>]*:")
_NONE = "none"
"""The route of a request that no page is for, and its part."""


class WatchedFlask(QuietFlask):
    """An application that counts its requests."""

    def wsgi_app(self, environ: Any, start_response: Callable[..., Any]) -> Any:
        """Answer, and tell of it as the answer begins."""
        began = perf_counter()

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            _count(status, perf_counter() - began)
            return start_response(status, headers, *error)

        return super().wsgi_app(environ, start)


@cache
def _route(rule: str) -> str:
    """The template of a route as people read it: names of its parts, without their kinds."""
    return _KINDS.sub("<", rule)


def _count(status: str, seconds: float) -> None:
    rule = request.url_rule if has_request_context() else None
    method = request.method if has_request_context() else ""
    route = _NONE if rule is None else _route(rule.rule)
    part = _NONE if rule is None else str(rule.endpoint).partition(".")[0]
    told = method if method in _METHODS else "other"
    metrics.count(metrics.REQUESTS, route, told, f"{status[:1]}xx")
    metrics.observe(metrics.REQUEST_SECONDS, seconds, part)
    metrics.note_process()
