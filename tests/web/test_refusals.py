"""What the pages refuse, and that no refusal ever loses what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask

from riskq.i18n import LANGUAGES, words
from riskq.questionnaire import Catalogue
from riskq.services import Desk
from riskq.serving import BODY_FAULT
from riskq.store import open_store
from riskq.web.form_parser import MOST_FIELDS
from tests.keys import KEYS
from tests.marks import ONE_QUICKLY
from tests.web.answered import answered
from tests.web.browser import Browser, Sent
from tests.web.conftest import Clock, MakeApp


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_without_its_token_is_refused_and_its_text_kept(app: Flask, language: str) -> None:
    browser = Browser(app, language)
    browser.start()
    page = browser.send(answer="Жедел жәрдем", csrf_token="")
    assert page.status == 400
    assert page.language == language
    assert "Жедел жәрдем" in page.html


def test_it_can_be_sent_again_from_that_page(browser: Browser) -> None:
    browser.start()
    browser.send(answer="Triage", csrf_token="forged")
    browser.send()
    assert browser.question == "system-purpose"


def test_a_form_sent_by_another_site_cannot_be_sent_again(browser: Browser) -> None:
    browser.start()
    sent: Sent = {"answer": "Planted", "seen": "0"}
    path = browser.page.path
    page = browser.post(path, sent, {"Sec-Fetch-Site": "cross-site"})
    assert page.status == 400
    assert page.forms == []


@pytest.mark.parametrize(
    "place", ["", "q/sector", "check", "map", "result", "data.json", "link", "delete"]
)
def test_a_browser_without_the_private_link_finds_nothing(app: Flask, place: str) -> None:
    holder, stranger = answered(Browser(app)), Browser(app)
    stranger.start()
    page = stranger.get(holder.address(place))
    assert page.status == 404
    assert page.heading == "There is no assessment here"


@pytest.mark.parametrize("place", ["q/sector", "submit", "delete", "leave"])
def test_a_stranger_changes_nothing(app: Flask, place: str) -> None:
    holder, stranger = answered(Browser(app)), Browser(app)
    before = holder.open("data.json").html
    token = dict(stranger.start().forms[0].fields)["csrf_token"]
    sent: Sent = {"csrf_token": token, "seen": "0", "answer": "health"}
    assert stranger.post(holder.address(place), sent).status == 404
    assert holder.open("data.json").html == before


def test_a_wrong_private_link_says_so(browser: Browser) -> None:
    page = browser.get("/en/r/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    assert page.status == 404
    assert "private link" in page.text


def test_an_expired_assessment_is_gone(browser: Browser, clock: Clock) -> None:
    browser.start()
    clock.move(days=401)
    page = browser.open()
    assert page.status == 410
    assert page.heading == "This assessment has expired"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "status"), [("nowhere", 404), ("start/no-such", 404), (f"start/{'x' * 500}", 404)]
)
def test_errors_speak_the_language_of_the_address(
    app: Flask, language: str, path: str, status: int
) -> None:
    browser = Browser(app, language)
    token = dict(browser.get(f"/{language}/").forms[0].fields)["csrf_token"]
    page = browser.post(f"/{language}/{path}", {"csrf_token": token})
    assert (page.status, page.language) == (status, language)


def test_a_method_that_a_page_has_not_is_refused(browser: Browser) -> None:
    token = dict(browser.get("/en/").forms[0].fields)["csrf_token"]
    page = browser.post("/en/law", {"csrf_token": token})
    assert page.status == 405
    assert "GET" in page.headers["Allow"]


def test_a_body_that_is_too_large_is_refused(browser: Browser) -> None:
    browser.start()
    page = browser.send(answer="x" * 270_000)
    assert page.status == 413
    assert page.heading == "Too much text"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_did_not_arrive_is_not_taken_for_all(app: Flask, language: str) -> None:
    """The server reads what is sent, and says so where it did not read it to its end."""
    client, _ = app.test_client(), words(language, "web")
    told = {400: "This request cannot be understood", 408: "Not all of it arrived"}
    for status, text in {**told, 503: "Too much at once"}.items():
        answer = client.post(f"/{language}/verify/paper", environ_base={BODY_FAULT: status})
        assert (answer.status_code, _(text) in answer.text) == (status, True)
    call = client.post("/api/v1/assessments", environ_base={BODY_FAULT: 408})
    assert call.status_code == 408
    assert "urn:riskq:problem:http-408" in call.text


def test_a_form_of_too_many_fields_is_refused(browser: Browser) -> None:
    browser.start()
    form = browser.page.forms[0]
    sent = urlencode({**dict(form.fields), "answer": "ж"})

    def send(fields: int) -> int:
        body = sent + "&a=" * (fields - sent.count("&") - 1)
        kind = "application/x-www-form-urlencoded"
        return browser.client.post(form.action, data=body, content_type=kind).status_code

    assert send(MOST_FIELDS + 1) == 413
    assert send(MOST_FIELDS) == 303


def test_a_text_of_many_pages_comes_back_with_what_is_wrong(browser: Browser) -> None:
    browser.start()
    # Six bytes a letter, as a browser sends them.
    page = browser.send(answer="ж" * 40_000)
    assert page.status == 422
    assert dict(page.forms[0].fields)["answer"] == "ж" * 40_000


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil"])
def test_a_name_that_is_not_ours_is_refused(browser: Browser, host: str) -> None:
    page = browser.get("/en/", {"Host": host})
    assert page.status == 400
    assert "evil" not in "".join(page.links)


def test_two_tabs_on_one_question_are_told_of_each_other(app: Flask) -> None:
    browser = answered(Browser(app))
    first = browser.open("q/organisation?from=check")
    browser.send(answer="The second tab")
    browser.page = first
    page = browser.send(answer="The first tab")
    assert page.status == 409
    assert "The first tab" in page.text
    assert "The second tab" in page.text
    browser.send()
    assert "The first tab" in browser.open("check").text


def test_two_tabs_may_also_keep_the_other_answer(app: Flask) -> None:
    browser = answered(Browser(app))
    first = browser.open("q/organisation")
    browser.send(answer="The second tab")
    browser.page = first
    browser.send(answer="The first tab")
    browser.open("next")
    assert "The second tab" in browser.open("check").text


def test_submitting_what_changed_meanwhile_is_refused(browser: Browser) -> None:
    answered(browser)
    check = browser.page
    browser.open("q/organisation?from=check")
    browser.answer("Another")
    browser.page = check
    page = browser.send()
    assert page.status == 409
    assert page.heading == "The answers have changed"


@pytest.fixture
def full_app(
    database: Path, catalogue: Catalogue, clock: Clock, make_app: MakeApp
) -> Iterator[Flask]:
    """An application whose store has room for little."""
    store = open_store(database, max_bytes=120_000)
    yield make_app(at=Desk(store, catalogue, clock, keys=KEYS))
    store.close()


@pytest.mark.parametrize("language", ONE_QUICKLY)
def test_a_full_disk_loses_nothing_that_was_typed(full_app: Flask, language: str) -> None:
    browser, others = Browser(full_app, language), Browser(full_app)
    browser.start()
    browser.answer("Triage")
    text = "Сөз " * 900
    for _ in range(50):
        others.get("/en/")
        if others.send().status == 503:
            break
        others.answer("Triage")
        others.answer(text)
    assert browser.answer(text).status == 503
    assert text.strip() in browser.page.html
    assert browser.page.headers["Retry-After"] == "30"
    assert browser.open("q/system-name").status == 200
    assert browser.get("/readyz").status in (200, 503)


def test_a_server_error_says_nothing_of_the_inside(app: Flask, database: Path) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    browser = Browser(app)
    app.extensions["riskq"].desk.store.close()
    page = browser.get("/en/r/abc")
    assert page.status == 503
    assert str(database) not in page.html
    assert "Traceback" not in page.html
