"""What is due, as members see it on the page and in a calendar program without a session."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from icalendar import Calendar

from riskq.i18n import LANGUAGES
from riskq.services import Desk
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.members import Place, enter, make_place
from tests.web.test_clients import at


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


@pytest.fixture
def browser(app: Flask, place: Place) -> Browser:
    """An editor, with an assessment that is due on 20 November 2026."""
    browser = enter(app, place.email("editor"))
    browser.get(at(place, f"assessments/{place.assessment}"))
    assert browser.send(review_on="20.11.2026", client=place.client).status == 200
    return browser


def made_address(browser: Browser, place: Place, **fields: str) -> str:
    """Make a calendar, and read its address off the page."""
    browser.get(at(place, "due/calendar"))
    page = browser.send(**fields)
    (address,) = re.findall(r'value="http://localhost(/en/calendar/[^"]+\.ics)"', page.html)
    return str(address)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_the_language(app: Flask, place: Place, language: str) -> None:
    browser = enter(app, place.email("reader"), language)
    for rest in ("due", "due/calendar"):
        page = browser.get(at(place, rest, language))
        assert (page.status, page.language) == (200, language)


def test_what_is_due_moves_from_soon_to_overdue(
    browser: Browser, place: Place, clock: Clock
) -> None:
    page = browser.get(at(place, "due"))
    assert "Within 30 days Sorting letters Sorting Office 20 November 2026" in page.text
    clock.move(11)
    browser = enter(browser.client.application, place.email("reader"))
    assert "Within 30 days" in browser.get(at(place, "due")).text
    clock.move(1)
    browser = enter(browser.client.application, place.email("reader"))
    assert "Overdue" in browser.get(at(place, "due")).text


@pytest.mark.parametrize("day", ["31.02.2027", "soon", "1999-01-01", "0001-01-01"])
def test_what_is_no_day_is_told(browser: Browser, place: Place, day: str) -> None:
    browser.get(at(place, f"assessments/{place.assessment}"))
    page = browser.send(review_on=day)
    assert page.status == 422
    assert "Write the day" in page.text
    assert f'value="{day}"' in page.html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_calendar_program_reads_days_without_names(
    app: Flask, browser: Browser, place: Place, language: str
) -> None:
    address = made_address(browser, place).replace("/en/", f"/{language}/")
    response = Browser(app).client.get(address)
    assert response.content_type == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(response.get_data()).walk("VEVENT")
    assert event.decoded("dtstart").isoformat() == "2026-11-20"
    link = str(event["url"])
    assert link.endswith(f"/{language}/w/{place.workspace}/assessments/{place.assessment}")
    told = Calendar.from_ical(response.get_data()).to_ical().decode()
    assert "Sorting letters" not in told
    assert "Office" not in told
    assert Browser(app).client.get(address).get_data() == response.get_data()
    # Its link is one for members.
    assert Browser(app).get(link.removeprefix("http://localhost")).path.endswith("/sign-in")


def test_a_member_may_want_names(app: Flask, browser: Browser, place: Place) -> None:
    address = made_address(browser, place, titles="yes")
    assert b"Sorting letters" in Browser(app).client.get(address).get_data()


def test_the_address_is_shown_once_and_ends(app: Flask, browser: Browser, place: Place) -> None:
    address = made_address(browser, place)
    page = browser.get(at(place, "due/calendar"))
    assert address not in page.html
    del page.forms[0]
    browser.send()
    assert "Make an address" in browser.page.text
    page = Browser(app).get(address)
    assert (page.status, page.heading) == (404, "There is no calendar here")
    page = browser.get(at(place, "history"))
    assert "Ended their calendar address" in page.text
