"""Where an origin is set, nothing that a request says of itself changes where links lead."""

from __future__ import annotations

import io
import re
from typing import Any

import pikepdf
import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from riskq.services import Desk, letters
from tests import mail_server
from tests.papers import pages_of
from tests.users import PASSWORD
from tests.web.answered import answered
from tests.web.browser import Browser, Sent
from tests.web.conftest import MakeApp
from tests.web.members import SECRET, make_place

ORIGIN = "https://riskq.example.kz"
OURS = "riskq.example.kz"
SAYING = (
    *("X-Forwarded-Host", "X-Forwarded-Server", "X-Forwarded-Proto", "X-Forwarded-Port"),
    *("X-Forwarded-Prefix", "X-Forwarded-For", "X-Host", "X-Original-Host", "X-Original-URL"),
    *("X-Rewrite-URL", "X-HTTP-Host-Override", "Forwarded", "X-Script-Name", "Referer", "Origin"),
)
LINK = re.compile(r'value="(http[^"]+)"')
FOREIGN = ["evil.example", "//evil.example", "https://evil.example/", "evil.example:443"]
HOSTS = st.one_of(
    st.from_regex(r"\A[a-z0-9.:@\[\]/#?-]{1,40}\Z"),
    st.sampled_from([f"{OURS}{end}" for end in (":80", ":8443", ".", ".evil", "@evil", "/x")]),
    st.sampled_from([f"{start}{OURS}" for start in ("evil.", "evil@", "evil/", "x:x@", " ", ".")]),
)


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app(ORIGIN)


@profile(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HOSTS)
@example("RISKQ.EXAMPLE.KZ")
@example("riskq.example.kz:443")
def test_no_other_host_is_answered(app: Flask, host: str) -> None:
    client = app.test_client()
    for path in ("/", "/en/sign-in"):
        answer = client.get(path, headers={"Host": host}, base_url=ORIGIN)
        if host.lower() in (OURS, f"{OURS}:443"):
            assert answer.status_code < 400
        else:
            assert answer.status_code == 400
            assert "Location" not in answer.headers
            assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("said", FOREIGN)
def test_pages_and_redirects_keep_to_the_origin(app: Flask, said: str) -> None:
    browser = answered(Browser(app, base_url=ORIGIN))
    browser.send()

    def ask(place: str, *names: str) -> str:
        headers = dict.fromkeys(names, said)
        answer = browser.client.get(browser.address(place), base_url=ORIGIN, headers=headers)
        assert answer.status_code in (200, 302, 303), (place, names)
        assert "evil" not in f"{answer.text}{answer.headers}", (place, names)
        return answer.text

    plain = ask("link")
    assert f"{ORIGIN}/en/r/" in plain
    for place in ("", "next", "result", "check"):
        ask(place, *SAYING)
    for name in SAYING:
        told = ask("link", name)
        assert LINK.findall(told) == LINK.findall(plain), name


def test_an_origin_may_be_written_in_capitals(make_app: MakeApp) -> None:
    browser = Browser(make_app("https://Riskq.Example.kz"), base_url=ORIGIN)
    assert browser.start().status == 200


def annotations_of(page: Any) -> list[Any]:
    return [pikepdf.Dictionary(one) for one in page.get("/Annots", [])]


@pytest.mark.slow
def test_the_report_keeps_to_the_origin(app: Flask) -> None:
    browser = answered(Browser(app, base_url=ORIGIN))
    browser.send()
    headers = dict.fromkeys(SAYING, "evil.example")
    pdf = browser.client.get(browser.address("report-1.pdf"), base_url=ORIGIN, headers=headers).data
    assert OURS in "".join(pages_of(pdf))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        told = [str(link.get("/A", "")) for page in opened.pages for link in annotations_of(page)]
    assert not [one for one in (*told, *pages_of(pdf)) if "evil" in one]


def test_a_letter_keeps_to_the_origin(make_app: MakeApp, desk: Desk) -> None:
    with mail_server.running() as mail:
        place, app = make_place(desk), make_app(ORIGIN, mail=mail.settings())
        owner = Browser(app, base_url=ORIGIN)
        owner.get("/en/sign-in")
        owner.send(email=place.email("owner"), password=PASSWORD)
        headers = dict.fromkeys(SAYING, "evil.example")
        base = f"/en/w/{place.workspace}/screenings/{place.screening}"
        token = dict(owner.get(f"{base}/invite").forms[0].fields)["csrf_token"]
        sent: Sent = {"csrf_token": token, "list": "Turgen; turgen@x.kz"}
        assert owner.post(f"{base}/vendors", sent, headers).status == 200
        owner.post(f"{base}/links/send", {"csrf_token": token, "kind": "invitation"}, headers)
        assert letters.Postman(desk, mail.settings(), SECRET).send_due() == 1
        (letter,) = mail.letters
    text = str(letter.get_content())
    assert f"{ORIGIN}/" in text
    assert "evil" not in f"{letter}{text}"
