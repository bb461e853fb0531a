"""What the application is told of a request."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Request

from riskq.serving.environ import environ_of


def scope(**more: Any) -> dict[str, Any]:
    """A request as the server tells of it."""
    return {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/kk/",
        "raw_path": b"/kk/",
        "query_string": b"",
        "server": ("127.0.0.1", "8000"),
        "client": ("203.0.113.7", "40000"),
        "headers": [(b"host", b"riskq.example")],
        **more,
    }


def test_a_request_is_told_as_it_was_sent() -> None:
    path = "/kk/мәтін%2f".encode()
    headers = [(b"host", b"riskq.example"), (b"content-type", b"text/plain"), (b"x-a", b"\xe9")]
    asked = scope(raw_path=path, query_string=b"x=%D3%99", headers=headers)
    read = Request(environ_of(asked))
    assert (read.path, read.args["x"], read.host) == ("/kk/мәтін/", "ә", "riskq.example")
    assert (read.remote_addr, read.mimetype, read.headers["X-A"]) == (
        *("203.0.113.7", "text/plain"),
        "é",
    )


def test_headers_that_came_twice_are_one() -> None:
    headers = [(b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"host", b"one"), (b"host", b"two")]
    told = environ_of(scope(headers=headers))
    assert (told["HTTP_COOKIE"], told["HTTP_HOST"]) == ("a=1; b=2", "one,two")


def test_nobody_writes_a_header_of_the_proxy_with_a_low_line() -> None:
    """Both names would be the same to the application, and the last would count."""
    sent = [(b"x-forwarded-for", b"198.51.100.1"), (b"x_forwarded_for", b"192.0.2.66")]
    for headers in (sent, sent[::-1], [*sent, (b"content_length", b"5")]):
        told = environ_of(scope(headers=headers))
        assert told["HTTP_X_FORWARDED_FOR"] == "198.51.100.1"
        assert "CONTENT_LENGTH" not in told
