"""Each request has an id and a line in the log, and the line holds nothing that anybody sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask, Response

from riskq import logs
from riskq.services import Desk, screenings
from riskq.watch_settings import WatchSettings
from riskq.web.watched import BrokenOffError
from tests.users import PASSWORD
from tests.web.browser import Browser
from tests.web.conftest import MakeApp
from tests.web.members import SECRET, enter, make_place

Read = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def told(make_app: MakeApp) -> Iterator[Flask]:
    """An application that writes lines for programs, and answers errors by their page."""
    app = make_app(watch=WatchSettings(log="json"))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield app
    logs.stop_log()


@pytest.fixture
def read(capfd: pytest.CaptureFixture[str]) -> Read:
    """Gives the lines that were written since it was last asked."""
    return lambda: [json.loads(line) for line in capfd.readouterr().err.splitlines()]


def test_a_request_is_told_by_its_route(told: Flask, read: Read) -> None:
    browser = Browser(told)
    browser.start()
    read()
    page = browser.open("q/system-name")
    (line,) = read()
    assert line["route"] == "/<language>/a/<assessment>/q/<name>"
    assert (line["method"], line["status"], line["level"]) == ("GET", 200, "info")
    assert line["bytes"] == len(page.html.encode())
    assert line["ms"] > 0
    assert line["request"] == page.headers["X-Request-ID"]
    assert set(line) == {
        *("time", "level", "request", "logger"),
        *("method", "route", "status", "ms", "bytes"),
    }


def test_the_id_of_a_proxy_is_kept_and_any_other_is_not(told: Flask, read: Read) -> None:
    client = told.test_client()
    for offered, is_kept in (("proxy-7.a_B", True), ("forged id", False), ("a" * 65, False)):
        answer = client.get("/healthz", headers={"X-Request-ID": offered})
        assert (answer.headers["X-Request-ID"] == offered) is is_kept
        assert [line["request"] for line in read()] == [answer.headers["X-Request-ID"]]


def test_every_answer_has_an_id_of_its_own(told: Flask) -> None:
    client = told.test_client()
    paths = ("/", "/en/", "/healthz", "/readyz", "/nowhere", "/api/v1/nothing", "/en/gone?a=b")
    ids = [client.get(path).headers["X-Request-ID"] for path in paths]
    ids.append(client.post("/en/start/kz-ai-law").headers["X-Request-ID"])
    assert len(set(ids)) == len(ids)


def test_hostile_requests_forge_no_line(told: Flask, read: Read) -> None:
    client = told.test_client()
    forged = 'x\r\n{"level":"error","message":"forged"}\u2028forged\x1b[2J'
    client.get(f"/en/{forged}", query_string={"q": forged})
    client.get("/en/", headers={"User-Agent": "forged", "Referer": "http://forged/"})
    client.open("/en/", method="FORGED")
    client.post("/en/start/kz-ai-law", data={"csrf_token": forged, forged: forged})
    client.get("/en/", environ_overrides={"HTTP_X_REQUEST_ID": forged})
    lines = read()
    assert len(lines) == 5
    assert "forged" not in json.dumps(lines).lower()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_of_an_error_tells_the_number_that_its_log_has(
    fresh: Flask, read: Read, language: str
) -> None:
    logs.set_up_log("json")

    @fresh.get("/<language>/broken/<secret>", endpoint="broken")
    def break_down(language: str, secret: str) -> str:
        raise KeyError(f"The answer of {secret} in {language}")

    try:
        page = Browser(fresh).get(f"/{language}/broken/private-words?from=typed-words")
    finally:
        logs.stop_log()
    error, request = read()
    number = page.headers["X-Request-ID"]
    assert page.status == 500
    assert number in page.text
    assert error["request"] == request["request"] == number
    assert error["message"] == "KeyError on GET broken"
    assert error["trace"][-1].endswith("in break_down")
    assert request["route"] == "/<language>/broken/<secret>"
    assert "words" not in json.dumps([error, request])


def test_other_pages_that_say_no_tell_no_number(told: Flask) -> None:
    page = Browser(told).get("/en/nowhere")
    assert page.status == 404
    assert page.headers["X-Request-ID"] not in page.text


def test_an_answer_that_breaks_off_is_told_without_its_words(fresh: Flask, read: Read) -> None:
    @fresh.get("/en/broken", endpoint="broken")
    def break_off() -> Response:
        def pieces() -> Iterator[bytes]:
            yield b"one"
            raise KeyError("typed-words")

        return Response(pieces())

    logs.set_up_log("json")
    try:
        with pytest.raises(BrokenOffError) as caught:
            fresh.test_client().get("/en/broken").get_data()
    finally:
        logs.stop_log()
    assert str(caught.value) == ""
    request, error = read()
    assert (request["status"], request["bytes"]) == (200, None)
    assert error["message"] == "KeyError broke off an answer"
    assert error["request"] == request["request"]
    assert "typed-words" not in json.dumps([request, error])


def test_members_and_vendors_leave_nothing_of_theirs(told: Flask, desk: Desk, read: Read) -> None:
    place = make_place(desk)
    owner = enter(told, place.email("owner"))
    home = f"/en/w/{place.workspace}"
    for path in (
        "/due",
        "/?q=marker-search",
        "/screenings",
        f"/screenings/{place.screening}",
    ):
        assert owner.get(home + path).status == 200
    stranger = Browser(told)
    stranger.get("/en/sign-in")
    stranger.send(email="marker@alatau.example", password="marker-password")
    vendor = screenings.link_secret(SECRET, place.vendor, 1)
    assert stranger.get(f"/en/i/{vendor}").status == 200
    stranger.get("/en/password/marker-secret")
    held = [one.client.get_cookie("riskq") for one in (owner, stranger)]
    cookies = {cookie.value for cookie in held if cookie is not None}
    assert len(cookies) == 2
    lines = read()
    assert {"/<language>/w/<workspace>/screenings/<screening>/", "/<language>/i/<secret>"} <= {
        line["route"] for line in lines
    }
    text = json.dumps(lines, ensure_ascii=False)
    theirs = {"marker", "alatau", PASSWORD, vendor, place.workspace, place.screening, place.vendor}
    for kept in theirs | cookies | set(place.users.values()):
        assert kept not in text
