"""Requests that no page of ours sends: odd methods, addresses, bodies, cookies, host names."""

from __future__ import annotations

from http.cookies import SimpleCookie

import pytest
from flask import Flask

from riskq.web.security import MAX_BODY
from tests.hostile.walked import bones
from tests.web.answered import answered
from tests.web.browser import Browser
from tests.web.members import SECRET
from tests.web.test_private import private_link

FORM = "application/x-www-form-urlencoded"
ODD = [
    "%00", "%FF", "%ED%A0%80", "%0d%0aSet-Cookie:x=1", "..", "%2e%2e", "..%2f..%2f", "..%5c", "-1",
    "0", "9" * 40, "9" * 5000, "1e9", "x" * 3000, "%F0%9F%98%80", "%E2%80%AE",
    "%27%22%3E%3Cscript%3E", "%D9%A1", "{{7*7}}", "%25s", "none", "__class__", "~root", ";x", "con",
]  # fmt: skip
PATHS = [
    "/{}", "/en/{}", "/{}/en/", "/en/a/{}/", "/en/a/{}/q/{}", "/en/r/{}", "/en/start/{}",
    "/static/{}/{}", "/static/x/riskq.css{}", "{here}{}", "{here}q/{}", "{here}q/system-name/{}",
    "{here}result/{}", "/en/tables/{}.xlsx",
    "{here}report-{}.pdf", "{here}report-1.pdf{}", "{here}?from={}", "{here}q/system-name?from={}",
]  # fmt: skip
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "x"]


def data_of(browser: Browser) -> bytes:
    """Everything that is stored of the browser's assessment."""
    return bytes(browser.client.get(browser.address("data.json")).data)


def token_of(browser: Browser) -> str:
    """The token of the browser's forms."""
    return dict(browser.get("/en/").forms[0].fields)["csrf_token"]


@pytest.mark.parametrize("pattern", PATHS)
def test_no_address_breaks_a_page_or_gets_a_file(holder: Browser, pattern: str) -> None:
    before, token = data_of(holder), token_of(holder)
    for odd in ODD:
        path = pattern.format(odd, odd, here=holder.address())
        for method in ("GET", "POST"):
            sent = {"csrf_token": token, "seen": "0"} if method == "POST" else None
            answer = holder.client.open(path, method=method, data=sent)
            assert answer.status_code < 500, (method, path)
            assert b"root:" not in answer.data
            assert b"[build-system]" not in answer.data
            assert "x" not in SimpleCookie(answer.headers.get("Set-Cookie", ""))
            place = answer.headers.get("Location", "/")
            assert place.startswith(("/", "http://localhost/")), place
            assert not place.startswith("//")
            if answer.mimetype == "text/html":
                assert not any(tag.startswith("script src=//") for tag in bones(answer.text))
    assert data_of(holder) == before


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("place", ["", "q/system-name", "submit", "delete", "leave", "data.json"])
def test_without_its_token_no_method_changes_anything(
    holder: Browser, method: str, place: str
) -> None:
    before = data_of(holder)
    sent = {"answer": "planted", "seen": "1", "confirmed": "yes"}
    address = holder.address(place)
    for query, data in ((sent, None), (None, sent), (None, {**sent, "csrf_token": "x" * 91})):
        headers = {"X-HTTP-Method-Override": "DELETE", "X-Method-Override": "POST"}
        answer = holder.client.open(
            address, method=method, query_string=query, data=data, headers=headers
        )
        assert answer.status_code < 500
        assert answer.status_code >= 300 or method in ("GET", "HEAD", "OPTIONS")
    assert data_of(holder) == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_token_opens_no_other_method(holder: Browser, method: str) -> None:
    before, sent = data_of(holder), {"csrf_token": token_of(holder), "seen": "0"}
    answer = holder.client.open(holder.address("delete"), method=method, data=sent)
    assert answer.status_code == 405
    assert data_of(holder) == before


def test_the_token_of_another_browser_opens_nothing(app: Flask, holder: Browser) -> None:
    before, token = data_of(holder), token_of(Browser(app))
    sent = {"csrf_token": token, "seen": "1", "answer": "planted"}
    assert holder.post(holder.address("q/system-name"), sent).status == 400
    assert data_of(holder) == before


STRANGE = (
    b'--B\r\nContent-Disposition: form-data; name="answer"\r\n'
    b"Content-Type: text/plain; charset=idna\r\n\r\nx..\r\n--B--\r\n"
)
BODIES: dict[str, tuple[bytes, str]] = {
    "no form": (b'{"answer": "planted"}', "application/json"),
    "markup": (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "text/xml"),
    "no type": (b"answer=planted", ""),
    "parts without a border": (b"answer=planted", "multipart/form-data"),
    "parts without an end": (
        b'--B\r\nContent-Disposition: form-data; name="answer"\r\n\r\nplanted',
        "multipart/form-data; boundary=B",
    ),
    "many parts": (
        b'--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 200 + b"--B--\r\n",
        "multipart/form-data; boundary=B",
    ),
    "a part in a strange alphabet": (
        STRANGE,
        "multipart/form-data; boundary=B",
    ),
    "many fields": (b"&".join(b"f%d=1" % number for number in range(5000)), FORM),
    "empty fields": (b"&=&&==&", FORM),
    "no letters": (b"answer=\xff\xfe&%FF=%FF", FORM),
    "too large": (b"answer=" + b"x" * MAX_BODY, FORM),
    "form in seven bits": (b"answer=%2BADw-b%2BAD4-", f"{FORM}; charset=utf-7"),
}


@pytest.mark.parametrize("name", BODIES)
def test_no_body_breaks_a_page(holder: Browser, name: str) -> None:
    body, kind = BODIES[name]
    before = data_of(holder)
    token = {"X-CSRFToken": token_of(holder)}
    for place in ("q/system-name", "submit", "delete"):
        for headers in ({}, token if place == "q/system-name" else {}):
            answer = holder.client.post(
                holder.address(place), data=body, content_type=kind, headers=headers
            )
            assert answer.status_code in (400, 413, 422), (place, answer.status_code)
    assert data_of(holder) == before


@pytest.mark.parametrize(
    "seen", ["", "-1", "x", "1.0", "٣", "9" * 16, "9" * 5000, " 1", "0x1", "\x00"]
)
def test_a_version_that_no_page_sent_saves_nothing(holder: Browser, seen: str) -> None:
    before = data_of(holder)
    holder.open("q/system-name")
    assert holder.send(answer="planted", seen=seen).status == 400
    assert data_of(holder) == before


def test_doubled_fields_count_once(app: Flask) -> None:
    browser = Browser(app)
    browser.start()
    page = browser.send(answer=["first", "second"], seen=["0", "7"], confirmed=["no", "yes"])
    assert page.status == 200
    assert b'"system-name": "first"' in data_of(browser)


HEADERS = {
    "long": {"X-Long": "x" * 100_000},
    "long cookie": {"Cookie": "riskq=" + "x" * 100_000},
    "many cookies": {"Cookie": "; ".join(f"c{number}=1" for number in range(10_000))},
    "odd cookie": {"Cookie": 'riskq="\\000\\377"; =; ;;; a; riskq=.eJw.x.y'},
    "packed cookie": {"Cookie": "riskq=.eJzLKM3JyU4FAAgdAhk.aaaaaa.bbbbbb"},
    "many languages": {"Accept-Language": ",".join(["kk;q=0.1"] * 10_000)},
    "odd languages": {"Accept-Language": ";q=x,,*;q=-1,en;q=nan,\xff"},
    "other host before": {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"},
    "other place before": {
        "X-Forwarded-Prefix": "//evil.example",
        "X-Script-Name": "/evil.example",
    },
    "standard forwarding": {"Forwarded": "host=evil.example;proto=https"},
    "rewritten": {"X-Original-URL": "//evil.example", "X-Rewrite-URL": "//evil.example"},
    "ranges": {"Range": "bytes=0-0," * 1000, "If-Match": "*", "If-None-Match": "*"},
}


@pytest.mark.parametrize("name", HEADERS)
def test_no_header_breaks_a_page_or_leads_away(app: Flask, holder: Browser, name: str) -> None:
    for client, paths in (
        (holder.client, [holder.address(place) for place in ("", "link", "next", "q/sector")]),
        (app.test_client(), ["/", "/en/", "/nowhere"]),
    ):
        for path in paths:
            answer = client.get(path, headers=HEADERS[name])
            assert answer.status_code < 500
            assert b"evil" not in answer.data
            assert "evil" not in str(answer.headers)


HOSTS = [
    "evil.example", "evil.example:80", "localhost.evil.example", "localhost@evil.example",
    "localhost:80@evil", "localhost:evil", "localhost/evil", "localhost:80/evil", "localhost#evil",
    "127.0.0.1.evil", "[::1].evil", "[::1", "localhost, evil", "", "169.254.169.254",
    "localhost\tevil", "xn--localhost",
]  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_that_is_not_ours_gets_nothing(holder: Browser, host: str) -> None:
    for place in ("link", "next"):
        answer = holder.client.get(holder.address(place), headers={"Host": host})
        assert answer.status_code == 400
        assert "Location" not in answer.headers
        assert b"/r/" not in answer.data


def cookie_of(browser: Browser) -> str:
    """The session cookie that the browser holds."""
    cookie = browser.client.get_cookie("riskq")
    assert cookie is not None
    return cookie.value


def test_a_cookie_from_before_deleting_opens_nothing(app: Flask) -> None:
    browser = answered(Browser(app))
    old = cookie_of(browser)
    browser.open("delete")
    browser.send()
    browser.client.set_cookie("riskq", old)
    for place in ("", "check", "result", "data.json", "link", "report-1.pdf"):
        assert browser.client.get(browser.address(place)).status_code == 404


def test_a_cookie_with_one_letter_changed_opens_nothing(holder: Browser, app: Flask) -> None:
    cookie, client = cookie_of(holder), app.test_client()
    for place in range(0, len(cookie), 7):
        other = "A" if cookie[place] != "A" else "B"
        client.set_cookie("riskq", f"{cookie[:place]}{other}{cookie[place + 1 :]}")
        assert client.get(holder.address()).status_code == 404
    assert SECRET not in cookie


def test_the_id_of_another_assessment_opens_nothing(app: Flask, holder: Browser) -> None:
    stranger = answered(Browser(app))
    near = holder.id[:-1] + ("a" if holder.id[-1] != "a" else "b")
    for name in (holder.id, holder.id.upper(), near, f"{stranger.id}/../{holder.id}"):
        for place in ("", "q/sector", "result", "data.json", "dates.ics", "report-1.pdf", "link"):
            assert stranger.client.get(f"/en/a/{name}/{place}").status_code == 404


def test_a_link_that_is_nearly_right_opens_nothing(app: Flask, holder: Browser) -> None:
    link, client = private_link(holder), app.test_client()
    for wrong in (link[:-1], link + "A", link.swapcase(), link[:-2] + "--", link + "%00"):
        assert client.get(wrong).status_code in (404, 308)
    assert client.get(link).status_code == 303
