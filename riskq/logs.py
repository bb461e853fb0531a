"""The log: one line for each request and each thing that went wrong, on the standard error.

A line is JSON for programs or plain for people. No text from outside can end one or look like
another, since signs that steer are written by their numbers. Of an error its kinds and places are
told, and never its words: those may quote an answer.
"""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from traceback import extract_tb
from types import TracebackType
from typing import Literal

__all__ = [
    "FORMS",
    "Form",
    "LineHandler",
    "form_of",
    "new_request_id",
    "places_of",
    "request_id",
    "set_up_log",
    "stop_log",
    "tell_request",
    "visible",
]

Form = Literal["plain", "json", "none"]
"""How lines are written; "none" is plain, without a line for each request."""

FORMS: tuple[Form, ...] = ("plain", "json", "none")

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""By which the lines of the present request are found; "" where there is none."""

# A terminal obeys these, or they turn the direction of writing, or programs end a line at them.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_ERROR_STREAM = 2


def form_of(environ: Mapping[str, str]) -> Form:
    """The form that the environment asks for; one that there is not is plain."""
    asked = environ.get("RISKQ_LOG", "plain")
    return next((form for form in FORMS if form == asked), "plain")


def visible(text: str) -> str:
    """The text with every sign that steers written by its number, as JSON does it."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def new_request_id(offered: str = "") -> str:
    """The id that was offered if it is a plain word, as a proxy gives it; otherwise a new one."""
    return offered if _REQUEST_ID.fullmatch(offered) else secrets.token_hex(8)


def places_of(lines: TracebackType | None) -> tuple[str, ...]:
    """Where in the program an error came by, from the outermost place to the innermost."""
    return tuple(f"{one.filename}:{one.lineno} in {one.name}" for one in extract_tb(lines))


class LineHandler(logging.Handler):
    """Writes what is told to any logger as a line of ours."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write it. What cannot be written is lost, and nobody's page with it."""
        try:
            _write(_line_of(record))
        except Exception:  # noqa: BLE001 - A line that cannot be put into words is told as such.
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - The library's name.
        """Tell that a line is missing, without what it would have said."""
        _write(
            _written({**_head("error"), "logger": visible(record.name), "message": "unwritable"})
        )


class _Log:
    """The log of this process, once it is set up."""

    form: Form | None = None
    handler = LineHandler(logging.WARNING)


def set_up_log(form: Form) -> None:
    """Write lines in this form from now on. It may be done again."""
    _Log.form = form
    root = logging.getLogger()
    if _Log.handler not in root.handlers:
        root.addHandler(_Log.handler)


def stop_log() -> None:
    """Write no more lines."""
    _Log.form = None
    logging.getLogger().removeHandler(_Log.handler)


def tell_request(told: Mapping[str, object]) -> None:
    """Write the line of a request: method, route, status, ms and bytes, in words of ours alone."""
    if _Log.form == "json":
        _write(_written({**_head("info"), "logger": "riskq.requests", **told}))
    elif _Log.form == "plain":
        head = _head("info")
        words = "{method} {route} {status} {ms} ms {bytes} B".format_map(told)
        _write(f"{head['time']} {words} [{head.get('request', '')}]\n")


def _head(level: str) -> dict[str, object]:
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    head: dict[str, object] = {"time": now, "level": level}
    request = request_id.get()
    return {**head, "request": request} if request else head


def _line_of(record: logging.LogRecord) -> str:
    message, *trace = record.getMessage().splitlines() or [""]
    told = {**_head(record.levelname.lower()), "logger": record.name, "message": message}
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        told["exception"] = type(error).__name__
        trace += _trace_of(error)
    return _written({**told, "trace": trace} if trace else told)


def _trace_of(error: BaseException) -> list[str]:
    """The places of an error and of those that led to it, newest first, without their words."""
    places = [*places_of(error.__traceback__)]
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return (
        places
        if before is None
        else [*places, f"after {type(before).__name__}:", *_trace_of(before)]
    )


def _written(told: Mapping[str, object]) -> str:
    if _Log.form == "json":
        return json.dumps(told) + "\n"
    trace = told.get("trace")
    kind = f" ({told['exception']})" if "exception" in told else ""
    request = f" [{told['request']}]" if "request" in told else ""
    line = f"{told['time']} {str(told['level']).upper()} {told['logger']}: {told['message']}{kind}"
    # Lines that go on begin with a sign that no first line begins with.
    rest = [f"    | {one}" for one in trace] if isinstance(trace, list) else []
    return "".join(f"{visible(one)}\n" for one in (line + request, *rest))


def _write(line: str) -> None:
    """Write a line whole: lines of several processes do not run into one another."""
    data = line.encode("utf-8", "backslashreplace")
    # A log that nobody reads any more is no reason to fail.
    with suppress(OSError):
        while data:
            data = data[os.write(_ERROR_STREAM, data) :]
