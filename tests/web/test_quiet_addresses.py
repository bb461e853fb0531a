"""Nothing confidential stands in an address or in a cache, and no error tells of the inside.

Answers go by POST, private links lead on to addresses without their secret, and whatever breaks
inside gives fixed words: a page to people, a problem to programs, and nothing that was asked for.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from riskq.services import Desk
from riskq.web.api import CALLS
from tests.web.answered import READY, answered, whole_answers_of
from tests.web.browser import Browser, Page
from tests.web.late import every_rule
from tests.web.members import Place, enter, make_place
from tests.web.test_api import Program, code_of, path_of, token_of
from tests.web.test_private import private_link
from tests.web.test_rights import address

WORDS = "Unmistakable words"
LOOKING = {
    *("state", "level", "order", "text", "page", "client", "tag", "only", "vendor", "kind"),
    *("scale", "from", "name", "review"),
}
"""What forms may say in an address: what somebody looks for among what is there."""
INSIDE = re.compile(r"Traceback|sqlite|\.py\b|/riskq/|File \"|[a-z]Error\b|site-packages")


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


@pytest.fixture
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address that is asked for from now on, as a server would log it."""
    seen: list[str] = []
    answer = app.wsgi_app

    def note(environ: dict[str, Any], start: Any) -> Any:
        seen.append(f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}")
        return answer(environ, start)

    monkeypatch.setattr(app, "wsgi_app", note)
    return seen


def test_no_answer_of_a_walk_stands_in_an_address(app: Flask, asked: list[str]) -> None:
    browser = Browser(app)
    browser.start()
    answers = {**whole_answers_of(READY), "system-name": WORDS, "system-purpose": WORDS}
    while browser.question:
        given = answers[browser.question]
        browser.answer({**given, "because": WORDS} if isinstance(given, dict) else given)
        assert browser.page.status == 200
    browser.send()
    for place in ("", "check", "result", "history", "changes", "data.json"):
        browser.open(place)
    told = " ".join(asked)
    assert len(asked) > 40
    assert not re.search("Unmistakable|hospital|ambulance|because=|answer=", told)


def test_a_private_link_leads_on_without_its_secret(app: Flask, asked: list[str]) -> None:
    browser = answered(Browser(app))
    link = private_link(browser)
    secret = link.rpartition("/")[2]
    asked.clear()
    page = browser.get(link)
    assert secret not in page.path
    assert [one for one in asked if secret in one] == [f"{link}?"]
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_no_form_sends_more_than_a_search_by_its_address(app: Flask, place: Place) -> None:
    browser = enter(app, place.email("owner"))
    seen = 0
    for method, rule in every_rule(app):
        if method == "GET" and rule.endpoint != "assets.file":
            response = browser.client.get(address(app, rule, place))
            if response.mimetype != "text/html":
                continue
            for form in Page(response).forms:
                if form.method == "get":
                    assert form.names <= LOOKING, (rule.endpoint, form.names)
                    seen += 1
    assert seen


@pytest.mark.slow
def test_nothing_but_files_of_the_pages_is_kept_by_a_cache(
    app: Flask, desk: Desk, place: Place
) -> None:
    browser, program = enter(app, place.email("owner")), Program(app, token_of(desk, place))
    for method, rule in every_rule(app):
        if not rule.endpoint.startswith("assets."):
            response = browser.client.open(address(app, rule, place), method=method)
            assert response.headers["Cache-Control"] == "no-store", (method, rule.endpoint)
    for one in CALLS:
        if one.method == "GET":
            answer = program.ask("GET", path_of(one, place))
            assert answer.headers["Cache-Control"] == "no-store", one.path


def test_without_its_store_nothing_is_opened_and_nothing_told(
    app: Flask, desk: Desk, place: Place, database: Path
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    browser = enter(app, place.email("owner"))
    program = Program(app, token_of(desk, place))
    token = dict(browser.get("/en/").forms[0].fields)["csrf_token"]
    desk.store.close()
    for method, rule in every_rule(app):
        sent = {"csrf_token": token, "seen": "0", "answer": "x", "name": "x"}
        answer = browser.client.open(address(app, rule, place), method=method, data=sent)
        assert answer.status_code != 500, (method, rule.endpoint)
        if rule.arguments & {"workspace", "assessment"}:
            assert answer.status_code in (303, 503), (method, rule.endpoint)
        if answer.mimetype == "text/html":
            assert not INSIDE.search(answer.text), rule.endpoint
        assert str(database).encode() not in answer.get_data()
    for one in CALLS:
        answer = program.ask(one.method, path_of(one, place), {})
        assert (answer.status_code, code_of(answer)) == (503, "store"), one.path


def test_what_nobody_foresaw_tells_nothing_on_any_page(
    fresh: Flask, desk: Desk, place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    program = Program(fresh, token_of(desk, place))

    @fresh.before_request
    def break_down() -> None:
        raise KeyError(WORDS)

    browser = Browser(fresh)
    for method, rule in every_rule(fresh):
        answer = browser.client.open(address(fresh, rule, place), method=method)
        assert answer.status_code in (400, 500), (method, rule.endpoint)
        told = answer.get_data(as_text=True)
        assert not re.search(f"{WORDS}|KeyError", told), rule.endpoint
        assert not INSIDE.search(told), rule.endpoint
    for one in CALLS:
        answer = program.ask(one.method, path_of(one, place), {})
        assert (answer.status_code, code_of(answer)) == (500, "http-500")
        assert "KeyError" not in answer.text
    assert WORDS not in caplog.text
