"""Calls of the API: registered with the right they need, what they take and what they give.

A call authenticates by a token alone, never by a cookie, so that no page of another site can make
one. The description of the API (OpenAPI 3.1) is written from the same registration.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec
from flask import Response, g, request
from msgspec import Struct, field
from werkzeug.routing import Map, Rule

from riskq.services import Costly, DocumentUnderWayError, tokens, workspaces
from riskq.web.api.problems import ProblemError, problem_of
from riskq.web.giving_way import give_way
from riskq.web.state import state

__all__ = [
    "CALLS",
    "PAGES",
    "Asked",
    "Call",
    "Right",
    "Seat",
    "add_address",
    "answer",
    "bytes_of",
    "call",
    "number_asked",
    "page_of",
    "taken",
]

Right = workspaces.Right
Seat = workspaces.Seat

T = TypeVar("T")
View = Callable[..., Any]

_addresses = Map(strict_slashes=False)
_answers: dict[str, Callable[..., Response]] = {}

CALLS: list[Call] = []
"""All calls, in the order in which they are described."""

_LARGEST_PAGE, _LARGEST_LIMIT = 100_000, 200
_LONGEST_KEY = 100
_MOST_SENT = 1_000_000
_BYTES = "application/octet-stream"
_MARK = "Bearer "


class Asked(Struct, frozen=True):
    """A parameter of an address: its name, what it means, and the JSON Schema of it."""

    name: str
    meaning: str
    schema: Mapping[str, object] = field(default_factory=lambda: {"type": "string"})
    is_required: bool = False


class Call(Struct, frozen=True):
    """One call: method, path, the right it needs, what it takes and gives, in one sentence.

    ``gives`` is None for a call without content. ``asks`` are parameters of the address. A call
    that takes ``bytes`` is sent a file as it is. ``most`` is how many bytes it reads.
    """

    method: str
    path: str
    right: workspaces.Right
    summary: str
    takes: Any = None
    gives: Any = None
    status: int = 200
    asks: tuple[Asked, ...] = ()
    kind: str = "application/json"
    most: int = _MOST_SENT

    @property
    def name(self) -> str:
        """What the call is called by programs that are made from the description."""
        return re.sub(r"\W+", "-", f"{self.method.lower()}{self.path}").strip("-")


PAGES = (
    Asked("page", "which page", {"type": "integer", "minimum": 1, "maximum": _LARGEST_PAGE}),
    Asked("limit", "how many a page", {"type": "integer", "minimum": 1, "maximum": _LARGEST_LIMIT}),
)
"""The parameters of a list in pages."""


def call(one: Call) -> Callable[[View], View]:
    """Register a view as a call; it is given the seat of the token, and what was sent."""

    def register(view: View) -> View:
        CALLS.append(one)

        def answer_this(**values: Any) -> Response:
            return _answer(one, view, values)

        add_address(one.method, one.path, one.name, answer_this)
        return view

    return register


def add_address(method: str, path: str, name: str, view: Callable[..., Response]) -> None:
    """Let a view answer at an address of the API."""
    rule = path.replace("{", "<").replace("}", ">")
    _addresses.add(Rule(rule, endpoint=name, methods=[method]))
    _answers[name] = view


def answer(path: str) -> Response:
    """The answer to the present request, at a path within the API; a problem if it has none."""
    try:
        name, values = _addresses.bind("").match(path, request.method)
        return _answers[name](**values)
    except Exception as error:  # noqa: BLE001 - Every error is a problem that can be read.
        return problem_of(error)


def _answer(one: Call, view: View, values: dict[str, Any]) -> Response:
    seat = _seat()
    if not seat.may(one.right):
        detail = f'The token, or its maker\'s role, lacks the right "{one.right.value}".'
        raise ProblemError(403, "right", detail)
    _spend(one, seat)
    # Pages take far less: an answer at a time, from people who need not show a token.
    request.max_content_length = one.most
    if one.takes is not None:
        values["sent"] = _file() if one.takes is bytes else taken(one.takes)
    name = request.headers.get("Idempotency-Key", "") if one.method == "POST" else ""
    if not name:
        try:
            return _give(one, view(seat, **values))
        except DocumentUnderWayError:
            state().allowances.give_back(Costly.DOCUMENT, seat.token)
            raise
    return _once(one, view, seat, values, name)


def _seat() -> workspaces.Seat:
    header = request.headers.get("Authorization", "")
    secret = header.removeprefix(_MARK).strip() if header.startswith(_MARK) else ""
    seat = tokens.seat_of_token(state().desk, secret) if secret else None
    if seat is None:
        if secret:
            tokens.note_refused(state().desk, secret)
        detail = "Send a token of the workspace: Authorization: Bearer rq_…"
        raise ProblemError(401, "token", detail)
    g.seat = seat
    return seat


def _spend(one: Call, seat: workspaces.Seat) -> None:
    """Count the call, and what is costly about it, to its token."""
    allowances = state().allowances
    allowances.spend(Costly.CALL, seat.token)
    if one.kind != "application/pdf" and one.takes is not bytes:
        return
    give_way()
    allowances.spend(Costly.UPLOAD if one.takes is bytes else Costly.DOCUMENT, seat.token)


def _once(
    one: Call, view: View, seat: workspaces.Seat, values: dict[str, Any], name: str
) -> Response:
    """Do it once, however often it is sent with this key."""
    if len(name) > _LONGEST_KEY or not name.isprintable():
        raise ProblemError(400, "key", f"An Idempotency-Key has at most {_LONGEST_KEY} characters.")
    desk, secret = state().desk, state().settings.secret_key
    said = f"{request.method} {request.full_path}\n".encode() + request.get_data()
    asked = tokens.Keyed(seat.token, name, hashlib.sha256(said).digest())
    given = tokens.give_again(desk, secret, asked)
    if given is not None:
        response = Response(given.body, given.status, content_type=one.kind)
        response.headers["Idempotent-Replayed"] = "true"
        return response
    try:
        response = _give(one, view(seat, **values))
    except Exception:
        tokens.forget(desk, asked)
        raise
    tokens.keep_answer(desk, secret, asked, response.status_code, response.get_data())
    return response


def _give(one: Call, found: Any) -> Response:
    if isinstance(found, Response):
        return found
    body = b"" if found is None else msgspec.json.encode(found)
    return Response(body, one.status, content_type=one.kind)


def taken(kind: type[T]) -> T:
    """What was sent, as a value of this kind; all that does not fit is a problem."""
    if request.mimetype != "application/json":
        raise ProblemError(415, "not-json", "Send JSON, with Content-Type: application/json.")
    try:
        return msgspec.json.decode(request.get_data(), type=kind, strict=True)
    except msgspec.ValidationError as error:
        raise ProblemError(422, "content", str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ProblemError(400, "json", "The content is no JSON.") from error


def _file() -> bytes:
    if request.mimetype != _BYTES:
        told = f"Send the bytes of the file, with Content-Type: {_BYTES}."
        raise ProblemError(415, "not-bytes", told)
    return request.get_data()


def page_of() -> tuple[int, int]:
    """First and most of a list, as the address asks by the parameters of ``PAGES``."""
    page = number_asked("page", 1, range(1, _LARGEST_PAGE + 1))
    limit = number_asked("limit", 50, range(1, _LARGEST_LIMIT + 1))
    return (page - 1) * limit, limit


def number_asked(name: str, usual: int, allowed: range) -> int:
    """A number as the address asks for it by a parameter."""
    text = request.args.get(name, str(usual))
    if text.isascii() and text.isdigit() and len(text) < 9 and int(text) in allowed:
        return int(text)
    told = f'"{name}" is a number from {allowed[0]} to {allowed[-1]}.'
    raise ProblemError(400, name, told)


def bytes_of(body: bytes, kind: str, name: str) -> Response:
    """A file as the answer of a call."""
    response = Response(body, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
