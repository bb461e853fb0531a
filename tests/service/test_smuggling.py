"""Requests that two programs could read as different ones, sent to the real server by hand.

A proxy that believes one length while the server believes another would pass on a second request
that it never saw. What is not clear gets one answer that refuses it, and the line is closed, so
that nothing after it is taken for a request.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator

import pytest

from tests.service.served import Served, running

HOST = b"Host: 127.0.0.1\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
HIDDEN = b"GET /behind-it HTTP/1.1\r\n" + HOST + b"\r\n"
LAST = b"0\r\n\r\n"
CHUNKED = b"Transfer-Encoding: chunked"
SEEN = b"Content-Length: %d" % len(HIDDEN)
ALL = b"Content-Length: %d" % len(LAST + HIDDEN)


def post(*head: bytes, body: bytes = HIDDEN) -> bytes:
    """A request that sends something, with another one behind it."""
    lines = b"".join(line + b"\r\n" for line in head)
    return b"POST /en/verify/paper HTTP/1.1\r\n" + HOST + FORM + lines + b"\r\n" + body


UNCLEAR = {
    "length and chunks": post(ALL, CHUNKED, body=LAST + HIDDEN),
    "chunks and length": post(CHUNKED, ALL, body=LAST + HIDDEN),
    "two lengths": post(b"Content-Length: 0", SEEN),
    "a list of lengths": post(b"Content-Length: 0, %d" % len(HIDDEN)),
    "a length with a sign": post(b"Content-Length: +%d" % len(HIDDEN)),
    "a length below nothing": post(b"Content-Length: -1"),
    "a length in other digits": post(b"Content-Length: 0x0"),
    "a length with a blank before its colon": post(b"Content-Length : 0"),
    "a length beyond all numbers": post(b"Content-Length: " + b"9" * 30),
    "chunks that are none": post(b"Transfer-Encoding: xchunked", SEEN),
    "chunks and something else": post(b"Transfer-Encoding: chunked, identity", SEEN),
    "chunks twice": post(CHUNKED, b"Transfer-Encoding: identity", body=LAST + HIDDEN),
    "chunks behind a tab": post(b"Transfer-Encoding:\tchunked", ALL, body=LAST + HIDDEN),
    "chunks with a blank": post(b"Transfer-Encoding : chunked", ALL, body=LAST + HIDDEN),
    "chunks behind a control": post(b"Transfer-Encoding: \x0bchunked", SEEN),
    "chunks in capitals": post(b"Transfer-Encoding: cHunKed", ALL, body=LAST + HIDDEN),
    "chunks in a folded line": post(b"Transfer-Encoding:\r\n chunked", ALL, body=LAST + HIDDEN),
    "chunks behind half an end": post(b"X: y\nTransfer-Encoding: chunked", ALL, body=LAST + HIDDEN),
    "a chunk with a sign": post(CHUNKED, body=b"+0\r\n\r\n" + HIDDEN),
    "a chunk in other digits": post(CHUNKED, body=b"0x0\r\n\r\n" + HIDDEN),
    "a chunk beyond all numbers": post(CHUNKED, body=b"f" * 17 + b"\r\n" + HIDDEN),
    "a chunk with half an end": post(CHUNKED, body=b"0\n\n" + HIDDEN),
    "a chunk with an odd remark": post(CHUNKED, body=b"0;a\nb\r\n\r\n" + HIDDEN),
    "chunks for an old server": post(CHUNKED, body=LAST + HIDDEN).replace(b"/1.1", b"/1.0", 1),
    "a nothing in a header": b"GET /en/ HTTP/1.1\r\n" + HOST + b"X: a\0b\r\n\r\n" + HIDDEN,
    "no version": b"GET /en/\r\n" + HIDDEN,
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with running(tmp_path_factory.mktemp("smuggling") / "riskq.db") as one:
        yield one


def told(served: Served, sent: bytes, answers: int = 99) -> tuple[list[int], bytes, bool]:
    """The statuses of the answers, all that came, and whether the line was closed."""
    port, received = int(served.origin.rpartition(":")[2]), b""
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.settimeout(10)
        line.sendall(sent)
        while len(statuses_in(received)) < answers:
            try:
                piece = line.recv(65536)
            except ConnectionResetError:
                piece = b""
            if not piece:
                return statuses_in(received), received, True
            received += piece
    return statuses_in(received), received, False


def statuses_in(received: bytes) -> list[int]:
    return [int(status) for status in re.findall(rb"HTTP/1\.\d (\d{3}) ", received)]


@pytest.mark.parametrize("name", UNCLEAR)
def test_an_unclear_request_is_refused_and_nothing_is_read_behind_it(
    served: Served, name: str
) -> None:
    statuses, received, is_closed = told(served, UNCLEAR[name])
    assert statuses == [400]
    assert is_closed
    assert b"behind-it" not in received


def test_what_belongs_to_a_request_is_no_other_one(served: Served) -> None:
    body = b"GET /healthz HTTP/1.1\r\n" + HOST + SEEN + b"\r\n\r\n" + HIDDEN
    last = b"GET /healthz HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
    statuses, received, _ = told(served, body + last)
    assert statuses == [200, 200]
    assert received.count(b"ok\n") == 2


def test_one_of_two_hosts_is_not_chosen(served: Served) -> None:
    two = b"GET /en/ HTTP/1.1\r\n" + HOST + b"Host: evil.example\r\n\r\n"
    none = b"GET /en/ HTTP/1.1\r\n\r\n"
    for sent in (two, two.replace(HOST, b"", 1), none):
        statuses, received, _ = told(served, sent, 1)
        assert statuses == [400]
        assert b"evil" not in received


def test_a_host_in_the_address_leads_nowhere(served: Served) -> None:
    sent = b"GET http://evil.example/ HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
    statuses, received, _ = told(served, sent)
    assert statuses == [302]
    assert b"evil" not in received


def test_nobody_gets_past_a_proxy_by_another_protocol(served: Served) -> None:
    """What speaks HTTP/2 behind an upgrade would not be looked at by a proxy any more."""
    upgrade = (
        b"GET /en/ HTTP/1.1\r\n" + HOST + b"Connection: Upgrade, HTTP2-Settings, close\r\n"
        b"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n"
    )
    assert told(served, upgrade)[0] == [200]


def test_who_begins_in_another_protocol_is_not_understood(served: Served) -> None:
    """HTTP/2 would take headers of many megabytes, and none of our proxies speaks it to us."""
    settings_frame = b"\0\0\0\x04\0\0\0\0\0"
    preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
    assert told(served, preface + settings_frame) == ([], b"", True)
