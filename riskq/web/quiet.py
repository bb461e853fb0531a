"""What the log says of a page that failed: where in the program, and nothing that anybody typed.

The framework would log the whole address, which may be a private link, and the message of the
error, which may quote an answer.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from io import BytesIO
from types import TracebackType
from typing import Any

from flask import Request, request

from riskq.logs import places_of
from riskq.web.form_parser import BoundedParser
from riskq.web.late_parts import LateFlask
from riskq.web.rules import LateRule

__all__ = ["QuietFlask"]

log = logging.getLogger("riskq.web")

_Raised = tuple[type, BaseException, TracebackType | None] | tuple[None, None, None]


class QuietRequest(Request):
    """A request whose files are kept in memory: nothing that was sent is left on a disk."""

    form_data_parser_class = BoundedParser

    def _get_file_stream(self, *_: object, **__: object) -> BytesIO:
        return BytesIO()


class QuietFlask(LateFlask):
    """An application whose log keeps addresses and answers to itself, and files to the memory."""

    request_class = QuietRequest
    url_rule_class = LateRule

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Give a function as it is: none of ours is asynchronous, and none is asked whether."""
        return func

    def log_exception(self, exc_info: _Raised) -> None:
        """Log the kind of the error, the page it belongs to, and the lines that led there."""
        kind, _, lines = exc_info
        name = "an error" if kind is None else kind.__name__
        stack = "\n".join(places_of(lines))
        log.error("%s on %s %s\n%s", name, request.method, request.endpoint, stack)
