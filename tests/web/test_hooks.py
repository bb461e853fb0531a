"""The page of webhooks: for owners alone, with what became of each message."""

from __future__ import annotations

import pytest
from flask import Flask

from riskq.hook_reach import Reach
from riskq.i18n import LANGUAGES
from riskq.services import Desk, hooks
from tests.hook_receiver import Receiver
from tests.web.browser import Browser, Page
from tests.web.conftest import Clock, MakeApp
from tests.web.members import SECRET, Place, enter, make_place

EVENTS = ["vendor.accepted", "vendor.returned"]


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app(hooks=Reach.ANY)


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


def at(place: Place, language: str = "en") -> str:
    return f"/{language}/w/{place.workspace}/webhooks"


def add(browser: Browser, place: Place, url: str, events: list[str] = EVENTS) -> Page:
    """Fill in the form, which is the last of the page."""
    page = browser.get(at(place, browser.language))
    token = dict(page.forms[-1].fields)["csrf_token"]
    return browser.post(page.forms[-1].action, {"csrf_token": token, "url": url, "event": events})


def press(browser: Browser, end: str) -> Page:
    """Press the button of the form whose address ends so."""
    (form,) = [one for one in browser.page.forms if one.action.endswith(end)]
    return browser.post(form.action, dict(form.fields))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_trial_message_arrives_and_is_said_to_have(
    app: Flask, desk: Desk, place: Place, receiver: Receiver, language: str
) -> None:
    owner = enter(app, place.email("owner"), language)
    page = add(owner, place, receiver.url)
    assert (page.status, page.language) == (200, language)
    assert receiver.url in page.text
    assert "whsec_" in page.text
    press(owner, "/trial")
    assert hooks.Courier(desk, SECRET, Reach.ANY).carry() == 1
    assert [one["type"] for one in receiver.told] == ["trial"]
    told = {"kk": "жеткізілді", "ru": "доставлено", "en": "delivered"}[language]
    assert told in owner.get(at(place, language)).text
    press(owner, "/remove")
    assert receiver.url not in owner.page.text
    history = owner.get(f"/{language}/w/{place.workspace}/history").text
    # Whoever may look at the history need not know the whole address, which may be a secret.
    assert history.count("127.0.0.1") == 2
    assert receiver.url not in history


def test_what_was_not_taken_says_why_and_can_be_sent_again(
    app: Flask, desk: Desk, place: Place, receiver: Receiver, clock: Clock
) -> None:
    owner = enter(app, place.email("owner"))
    add(owner, place, receiver.url)
    receiver.status = 410
    press(owner, "/trial")
    courier = hooks.Courier(desk, SECRET, Reach.ANY)
    for day in range(6):
        courier.carry()
        owner = enter(app, place.email("owner"))
        told = owner.get(at(place)).text
        assert "answered 410" in told
        assert ("given up" in told) == (day == 5)
        clock.move(1)
    receiver.status = 200
    owner = enter(app, place.email("owner"))
    owner.get(at(place))
    press(owner, "/again")
    courier.carry()
    assert "delivered" in owner.get(at(place)).text


def test_the_page_does_not_tell_which_names_a_network_knows(
    app: Flask, desk: Desk, place: Place
) -> None:
    owner = enter(app, place.email("owner"))
    told = []
    for url in ("https://no-such-name.invalid/", "https://10.1.2.3/"):
        add(owner, place, url)
        press(owner, "/trial")
        hooks.Courier(desk, SECRET, Reach.PUBLIC).carry()
        page = owner.get(at(place))
        told.append(page.text.count("tried in vain (the internet knows no such address)"))
        press(owner, "/remove")
    assert told == [1, 1]


@pytest.mark.parametrize(
    ("url", "events", "told"),
    [
        ("", EVENTS, "This is no address."),
        ("javascript:alert(1)", EVENTS, "This is no address."),
        ("https://example.kz/x", [], "Choose at least one event"),
        ("https://example.kz/x", ["vendor.bought"], "Choose at least one event"),
    ],
)
def test_what_cannot_be_added_is_told_and_stays_typed(
    app: Flask, place: Place, url: str, events: list[str], told: str
) -> None:
    owner = enter(app, place.email("owner"))
    page = add(owner, place, url, events)
    assert page.status == 422
    assert told in page.text
    assert dict(page.forms[-1].fields)["url"] == url


def test_without_encryption_nothing_is_told_to_the_internet(
    make_app: MakeApp, place: Place
) -> None:
    owner = enter(make_app(hooks=Reach.PUBLIC), place.email("owner"))
    assert "begins with https://" in add(owner, place, "http://example.kz/").text


def test_where_there_shall_be_none_there_is_no_page(make_app: MakeApp, place: Place) -> None:
    owner = enter(make_app(hooks=Reach.NONE), place.email("owner"))
    assert owner.get(at(place)).status == 404
    assert at(place) not in owner.get(f"/en/w/{place.workspace}/members").links


@pytest.mark.parametrize("role", ["editor", "reviewer", "reader"])
def test_only_owners_see_it(app: Flask, place: Place, role: str) -> None:
    assert enter(app, place.email(role)).get(at(place)).status == 403
