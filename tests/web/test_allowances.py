"""Costly pages say when it is enough, lose nothing that was typed, and know who is asking."""

from __future__ import annotations

import pytest
from flask import Flask

from riskq.crowd_settings import CrowdSettings
from riskq.i18n import LANGUAGES
from riskq.services import Costly, Desk, tokens
from riskq.web.allowances import COSTLY_PAGES
from riskq.web.late_parts import LateFlask
from riskq.web.security import _TAKE_FILES, _TAKE_LISTS
from tests.allowances import use_up
from tests.web.answered import answered
from tests.web.browser import Browser
from tests.web.conftest import Clock, MakeApp
from tests.web.members import enter, make_place
from tests.web.test_api import Program, code_of, seat_of, token_of
from tests.web.test_rights import address

ADDRESS = "203.0.113.5"
NETWORK = f"network:{ADDRESS}"
CHEAP = {
    "paper.form": "made once and kept",
    "tables.blank": "made once and kept",
    "result.dates": "a few lines",
    "vendor.letter_file": "a few lines",
    "calendars.give": "asked for by the calendars of many people again and again",
    "received.certificate": "a file that is there",
    "assets.file": "a file that is there",
    "assets.robots": "a file that is there",
    "assets.favicon": "a file that is there",
}
"""Addresses of files that nobody counts, and why."""


def from_address(app: Flask, address: str = ADDRESS, language: str = "en") -> Browser:
    """A browser that is not on this machine."""
    browser = Browser(app, language)
    browser.client.environ_base["REMOTE_ADDR"] = address
    return browser


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_begins_very_many_assessments_is_told_when_to_go_on(
    app: Flask, desk: Desk, clock: Clock, language: str
) -> None:
    use_up(desk, Costly.START, NETWORK, left=1)
    browser = from_address(app, language=language)
    browser.start()
    assert browser.page.status == 200
    browser.get(f"/{language}/")
    page = browser.send()
    assert (page.status, page.language) == (429, language)
    assert page.headers["Retry-After"] == "600"
    assert "13:10:00" in page.text
    assert from_address(app, "203.0.113.6").start().status == 200
    clock.move(days=1)
    assert browser.send().status == 200


def test_what_was_typed_is_there_and_sent_again(app: Flask, desk: Desk, clock: Clock) -> None:
    place = make_place(desk)
    browser = enter(app, place.email("owner"))
    use_up(desk, Costly.UPLOAD, f"user:{place.users['owner']}")
    browser.get(f"/en/w/{place.workspace}/screenings/{place.screening}/invite")
    page = browser.send(list="Steppe Voices; voices@steppe.example")
    assert page.status == 429
    assert "Steppe Voices" in page.html
    clock.moment = clock.moment.replace(minute=11)
    assert "Steppe Voices" in browser.send().text


def test_a_report_that_was_not_made_can_be_asked_for_again(app: Flask, desk: Desk) -> None:
    browser = answered(from_address(app))
    browser.send()
    use_up(desk, Costly.DOCUMENT, NETWORK)
    page = browser.open("report-1.pdf")
    assert page.status == 429
    assert browser.address("report-1.pdf") in page.links


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1", ""])
def test_this_machine_is_not_counted(app: Flask, desk: Desk, address: str) -> None:
    for name in (address, "127.0.0.1", "0::/64"):
        use_up(desk, Costly.START, f"network:{name}")
    assert from_address(app, address).start().status == 200


def test_members_are_counted_by_themselves(app: Flask, desk: Desk) -> None:
    place = make_place(desk)
    use_up(desk, Costly.EXPORT, NETWORK)
    use_up(desk, Costly.EXPORT, f"user:{place.users['reader']}")
    path = f"/en/w/{place.workspace}/screenings/{place.screening}/vendors.csv"
    for role, status in (("owner", 200), ("reader", 429)):
        browser = enter(app, place.email(role))
        browser.client.environ_base["REMOTE_ADDR"] = ADDRESS
        assert browser.get(path).status == status


@pytest.mark.parametrize(
    ("proxies", "header", "status"),
    [
        (0, ADDRESS, 200),
        (1, ADDRESS, 429),
        (1, f"198.51.100.7, {ADDRESS}", 429),
        (1, f"{ADDRESS}, 198.51.100.7", 200),
        (2, f"{ADDRESS}, 198.51.100.7", 429),
        (2, f"198.51.100.9,{ADDRESS} , 198.51.100.7", 429),
        (2, ADDRESS, 200),
        (1, "", 200),
        (1, "unknown, ", 200),
    ],
)
def test_only_proxies_of_ones_own_tell_who_comes(
    make_app: MakeApp, desk: Desk, proxies: int, header: str, status: int
) -> None:
    app = make_app(crowd=CrowdSettings(proxies))
    use_up(desk, Costly.START, NETWORK)
    browser = from_address(app, "198.51.100.1")
    browser.get("/en/")
    chosen = dict(browser.page.forms[0].fields)
    head = {"X-Forwarded-For": header}
    assert browser.post("/en/start/kz-ai-law", chosen, head).status == status


def test_a_form_without_its_token_is_not_counted(app: Flask, desk: Desk) -> None:
    use_up(desk, Costly.START, NETWORK, left=1)
    browser = from_address(app)
    for _ in range(3):
        assert browser.post("/en/start/kz-ai-law", {}).status == 400
    assert browser.start().status == 200


def test_answering_and_looking_count_nothing(app: Flask, desk: Desk) -> None:
    for costly in Costly:
        use_up(desk, costly, NETWORK)
    browser = answered(Browser(app))
    browser.client.environ_base["REMOTE_ADDR"] = ADDRESS
    assert browser.open("check").status == 200
    assert browser.send().status == 200
    for place in ("", "q/sector", "result", "map", "changes", "history", "link", "dates.ics"):
        assert browser.open(place).status == 200, place
    browser.open("q/organisation")
    assert browser.answer("Another").status == 200


def test_every_costly_page_is_refused_to_whoever_is_over(app: Flask, desk: Desk) -> None:
    place = make_place(desk)
    browser = enter(app, place.email("owner"))
    token = dict(browser.get("/en/").forms[0].fields)["csrf_token"]
    for costly in Costly:
        use_up(desk, costly, f"user:{place.users['owner']}")
    assert isinstance(app, LateFlask)
    app.load_late()
    seen = set()
    for rule in app.url_map.iter_rules():
        if rule.endpoint in COSTLY_PAGES:
            (method,) = (rule.methods or set()) & {"GET", "POST"}
            path = address(app, rule, place)
            answer = browser.client.open(path, method=method, data={"csrf_token": token})
            assert answer.status_code == 429, rule.endpoint
            assert 0 < int(answer.headers["Retry-After"]) <= 600
            seen.add(rule.endpoint)
    assert seen == set(COSTLY_PAGES)


def test_every_page_that_takes_or_gives_a_file_is_counted(app: Flask) -> None:
    assert isinstance(app, LateFlask)
    app.load_late()
    assert set(_TAKE_FILES) | _TAKE_LISTS <= set(COSTLY_PAGES)
    gives = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "." in rule.rule.rpartition("/")[2] or rule.endpoint == "assets.file"
    }
    assert gives - set(COSTLY_PAGES) == set(CHEAP)


CALLED = {
    Costly.CALL: ("GET", "/workspace", None),
    Costly.DOCUMENT: ("GET", "/assessments/{0}/revisions/1/report.pdf", None),
    Costly.UPLOAD: ("POST", "/assessments/{0}/evidence/system-name?name=a.pdf", b"x"),
}


@pytest.mark.parametrize("costly", CALLED)
def test_a_token_is_told_when_it_may_ask_again(app: Flask, desk: Desk, costly: Costly) -> None:
    place = make_place(desk)
    program, other = (Program(app, token_of(desk, place)) for _ in range(2))
    first, *_ = tokens.list_tokens(desk, seat_of(desk, place, "owner"))
    use_up(desk, costly, first.id)
    method, path, sent = CALLED[costly]
    told = []
    for one in (program, other):
        head = {"Content_Type": "application/octet-stream"} if sent else {}
        told.append(one.ask(method, path.format(place.assessment), sent, **head))
    (refused,) = (one for one in told if one.status_code == 429)
    assert code_of(refused) == "too-many"
    assert refused.headers["Retry-After"] == "600"
