"""Clients and what stands about an assessment, as members meet them in a browser."""

from __future__ import annotations

import pytest
from flask import Flask

from riskq.i18n import LANGUAGES
from riskq.services import Desk
from tests.web.browser import Browser
from tests.web.members import Place, enter, make_place


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


def at(place: Place, rest: str, language: str = "en") -> str:
    return f"/{language}/w/{place.workspace}/{rest}"


@pytest.fixture
def browser(app: Flask, place: Place) -> Browser:
    return enter(app, place.email("editor"))


def send_to(browser: Browser, action: str, **changes: str) -> None:
    """Send the form of the page that goes to such an address."""
    page = browser.page
    page.forms[:] = [form for form in page.forms if form.action.endswith(action)]
    browser.send(**changes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_the_language(app: Flask, place: Place, language: str) -> None:
    browser = enter(app, place.email("owner"), language)
    for rest in (
        "clients",
        f"clients/{place.client}",
        f"clients/{place.client}/delete",
        f"assessments/{place.assessment}",
        f"assessments/{place.assessment}/copy",
        "",
    ):
        page = browser.get(at(place, rest, language))
        assert (page.status, page.language) == (200, language), rest


def test_a_client_is_added_and_gets_an_assessment(browser: Browser, place: Place) -> None:
    browser.get(at(place, "clients"))
    browser.send(name="Alatau Bank")
    assert browser.page.heading == "Alatau Bank"
    client = browser.page.path
    send_to(browser, "/assessments", name="Credit scoring")
    assert "/q/" in browser.page.path
    assert "Credit scoring" in browser.get(client).text
    assert "Sorting letters" not in browser.page.text
    assert "Assessments: 1" in browser.get(at(place, "clients")).text


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(browser: Browser, place: Place) -> None:
    browser.get(at(place, "clients"))
    page = browser.send(name="sorting office")
    assert page.status == 422
    assert 'value="sorting office"' in page.html
    browser.get(at(place, f"assessments/{place.assessment}"))
    page = browser.send(name="", tags="x" * 31)
    assert page.status == 422
    assert "Enter a name" in page.text
    assert "too long" in page.text
    assert f'value="{"x" * 31}"' in page.html
    page = browser.send(name="Reading", tags="Pilot, CHAT", client="")
    assert (page.status, page.heading) == (200, "About this assessment")
    assert 'value="chat, pilot"' in page.html


def test_the_list_is_looked_through(browser: Browser, place: Place) -> None:
    browser.get(at(place, f"assessments/{place.assessment}"))
    browser.send(tags="Pilot", client=place.client)
    for query, is_found in (
        ("?text=LETTERS", True),
        ("?text=office", True),
        ("?tag=pilot", True),
        ("?tag=else", False),
        (f"?client={place.client}", True),
        ("?client=-", False),
        ("?client=&tag=&text=", True),
    ):
        page = browser.get(at(place, query))
        assert page.status == 200, query
        assert ("Sorting letters" in page.text) == is_found, query


def test_an_assessment_is_copied(browser: Browser, place: Place) -> None:
    page = browser.get(at(place, f"assessments/{place.assessment}/copy"))
    assert page.status == 200
    page = browser.send(name="")
    assert page.status == 422
    page = browser.send(name="Sorting parcels", client=place.client)
    assert page.heading == "Overview"
    page = browser.get(at(place, f"?client={place.client}"))
    assert "Sorting parcels" in page.text
    page = browser.get(at(place, "history"))
    assert "Copied an assessment as the start of another: Sorting parcels" in page.text


def test_whoever_comes_second_is_shown_what_stands(
    app: Flask, browser: Browser, place: Place
) -> None:
    here = at(place, f"assessments/{place.assessment}")
    other = enter(app, place.email("owner"))
    for each in (browser, other):
        each.get(here)
    browser.send(name="Theirs")
    page = other.send(name="Mine")
    assert page.status == 409
    assert "Theirs" in page.text
    assert 'value="Mine"' in page.html
    assert other.send(name="Mine").status == 200
    assert 'value="Mine"' in browser.get(here).html


def test_a_client_that_is_deleted_leaves_its_assessments(browser: Browser, place: Place) -> None:
    page = browser.get(at(place, f"clients/{place.client}/delete"))
    assert "without a client: 1." in page.text
    browser.send()
    assert browser.page.path == at(place, "clients")
    assert "Sorting letters" in browser.get(at(place, "?client=-")).text
    page = browser.get(at(place, "history"))
    assert "Deleted a client: Sorting Office" in page.text


def test_a_reader_sees_and_has_nothing_to_send(app: Flask, place: Place) -> None:
    reader = enter(app, place.email("reader"))
    for rest in ("clients", f"clients/{place.client}", f"assessments/{place.assessment}"):
        page = reader.get(at(place, rest))
        assert page.status == 200
        assert page.forms == []
