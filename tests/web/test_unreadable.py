"""Answers that do not open: a page says so, no page shows anything, and the rest works."""

from __future__ import annotations

import logging
import re

import pytest
from flask import Flask
from msgspec.structs import replace

from riskq.services import Desk, key_ring
from tests.marks import ONE_QUICKLY
from tests.web.answered import answered
from tests.web.browser import Browser
from tests.web.conftest import Clock, MakeApp
from tests.web.members import enter, make_place

PAGES = ["", "check", "q/sector", "result", "result/1", "history", "data.json", "report-1.pdf"]
SWAP = (
    "update answers set value = (select value from answers where question = 'sector')"
    " where question = 'stage'"
)


def damage(desk: Desk, assessment: str) -> None:
    """Put one answer into the place of another, behind the service's back."""
    assert desk.store.change(lambda unit: unit.run(SWAP)) == 1
    desk.recent.forget(assessment)


def link_of(browser: Browser) -> str:
    """The private link, without its host."""
    found = re.search(r'value="http[s]?://[^/"]+(/[^"]+/r/[^"]+)"', browser.open("link").html)
    assert found
    return found[1]


@pytest.mark.parametrize("language", ONE_QUICKLY)
def test_swapped_answers_are_told_and_never_shown(
    app: Flask, desk: Desk, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    browser = answered(Browser(app, language))
    damage(desk, browser.id)
    with caplog.at_level(logging.CRITICAL):
        for page in PAGES:
            answer = browser.get(browser.address(page))
            assert (answer.status, answer.language) == (503, language), page
            assert "Triage" not in answer.text


def test_nothing_is_saved_over_what_cannot_be_read(app: Flask, desk: Desk) -> None:
    browser = answered(Browser(app))
    browser.open("q/sector")
    damage(desk, browser.id)
    before = desk.store.read(lambda unit: unit.rows("select * from answers"))
    assert browser.send(answer="other").status == 503
    assert desk.store.read(lambda unit: unit.rows("select * from answers")) == before


def test_without_its_master_key_a_workspace_still_lists_what_it_holds(
    make_app: MakeApp, desk: Desk
) -> None:
    place = make_place(desk)
    other = replace(desk, keys=key_ring(["another master key, long enough to be one"]))
    desk.recent.forget(place.assessment)
    member = enter(make_app(at=other), place.email("owner"))
    assert "Sorting letters" in member.get(f"/en/w/{place.workspace}/").text
    page = member.get(f"/en/a/{place.assessment}/")
    assert page.status == 503
    assert "The answers cannot be read" in page.text


@pytest.mark.parametrize("language", ONE_QUICKLY)
def test_the_holder_deletes_what_cannot_be_read(app: Flask, desk: Desk, language: str) -> None:
    browser = answered(Browser(app, language))
    damage(desk, browser.id)
    page = browser.get(browser.address("check"))
    assert page.status == 503
    assert browser.address("") not in page.links
    assert browser.address("delete") in page.links
    assert browser.get(browser.address("delete")).status == 200
    assert browser.send().path == f"/{language}/gone"
    assert desk.store.find(browser.id) is None
    assert desk.store.read(lambda unit: unit.rows("select * from answers")) == []


@pytest.mark.parametrize("language", ONE_QUICKLY)
def test_whoever_comes_by_the_link_deletes_what_cannot_be_read(
    app: Flask, desk: Desk, language: str
) -> None:
    browser = answered(Browser(app, language))
    link = link_of(browser)
    damage(desk, browser.id)
    another = Browser(app, language)
    page = another.get(link)
    assert page.status == 503
    assert browser.address("delete") in page.links
    page = another.get(browser.address("delete"))
    # Nothing leads to what cannot be opened; what may be mended is said to be lost by this.
    assert [one for one in page.links if browser.id in one and not one.endswith("/delete")] == []
    assert another.send().path == f"/{language}/gone"
    assert desk.store.find(browser.id) is None


def test_where_a_part_cannot_be_read_the_rest_is_led_to(app: Flask, desk: Desk) -> None:
    browser = answered(Browser(app))
    browser.open("check")
    browser.send()
    spoil = "update revisions set snapshot = (select value from answers where question = 'sector')"
    assert desk.store.change(lambda unit: unit.run(spoil)) == 1
    page = browser.get(browser.address("result/1"))
    assert page.status == 503
    assert browser.address("") in page.links
    assert browser.address("delete") not in page.links
    assert browser.get(browser.address("check")).status == 200


def test_the_holder_deletes_what_is_past_its_time(app: Flask, desk: Desk, clock: Clock) -> None:
    browser = answered(Browser(app))
    clock.move(days=desk.keep_days + 1)
    page = browser.get(browser.address("check"))
    assert page.status == 410
    assert browser.address("delete") in page.links
    assert browser.get(browser.address("delete")).status == 200
    assert browser.send().path == "/en/gone"
    assert desk.store.find(browser.id) is None


def test_the_holder_deletes_what_was_made_with_other_files(app: Flask, desk: Desk) -> None:
    browser = answered(Browser(app))
    desk.store.change(lambda unit: unit.run("update assessments set digest = 'another'"))
    desk.recent.forget(browser.id)
    page = browser.get(browser.address("check"))
    assert page.status == 409
    assert browser.address("delete") in page.links
    browser.get(browser.address("delete"))
    assert browser.send().path == "/en/gone"
    assert desk.store.find(browser.id) is None


def test_nobody_else_deletes_what_cannot_be_read(app: Flask, desk: Desk) -> None:
    browser, stranger = answered(Browser(app)), answered(Browser(app))
    place, own = browser.address("delete"), stranger.id
    assert desk.store.change(lambda unit: unit.run(SWAP)) == 2
    for name in (browser.id, own):
        desk.recent.forget(name)
    assert stranger.get(place).status == 404
    stranger.get(stranger.address("delete"))
    token = dict(stranger.page.forms[0].fields)
    assert stranger.post(place, token).status == 404
    assert desk.store.find(browser.id) is not None


def test_what_lies_with_a_buyer_is_not_deleted_by_being_unreadable(app: Flask, desk: Desk) -> None:
    browser = answered(Browser(app))
    browser.get(browser.address("delete"))
    form = dict(browser.page.forms[0].fields)
    handed = "update assessments set open_to = '', last_revision = 1"
    assert desk.store.change(lambda unit: unit.run(handed)) == 1
    damage(desk, browser.id)
    assert browser.get(browser.address("delete")).status == 403
    assert browser.post(browser.address("delete"), form).status == 403
    assert desk.store.find(browser.id) is not None


@pytest.mark.parametrize(
    "take_away",
    [
        "update assessments set edition = '2020-01-01'",
        "update assessments set questionnaire = 'gone'",
    ],
)
def test_the_holder_deletes_what_no_edition_is_left_for(
    app: Flask, desk: Desk, take_away: str
) -> None:
    browser = answered(Browser(app))
    link = link_of(browser)
    desk.store.change(lambda unit: unit.run(take_away))
    desk.recent.forget(browser.id)
    another = Browser(app)
    page = another.get(link)
    assert page.status == 409
    assert browser.address("delete") in page.links
    assert another.get(browser.address("delete")).status == 200
    assert another.send().path == "/en/gone"
    assert desk.store.find(browser.id) is None
