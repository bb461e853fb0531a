"""Clocks are set forwards and back, by a day or by years: what has ended stays ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from riskq.services import Desk
from tests.web.answered import answered
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.members import enter, make_place
from tests.web.test_api import Program, token_of
from tests.web.test_private import private_link

DAY, TEN_YEARS = 1, 3650
EMAIL = "owner@alatau.example"


def cookie_of(browser: Browser) -> str:
    cookie = browser.client.get_cookie("riskq")
    assert cookie is not None
    return cookie.value


def is_in(app: Flask, cookie: str) -> bool:
    """Whether a browser with this cookie, however it came by it, is signed in."""
    client = app.test_client()
    client.set_cookie("riskq", cookie)
    return client.get("/en/workspaces").status_code == 200


@pytest.mark.parametrize("days", [-TEN_YEARS, -DAY, DAY, TEN_YEARS])
def test_a_jump_of_the_clock_signs_everybody_out(
    app: Flask, desk: Desk, clock: Clock, days: int
) -> None:
    make_place(desk)
    cookie = cookie_of(enter(app, EMAIL))
    assert is_in(app, cookie)
    clock.move(days=days)
    assert not is_in(app, cookie)


@pytest.mark.parametrize("minutes", [-4, 4])
def test_a_clock_that_is_put_right_signs_nobody_out(
    app: Flask, desk: Desk, clock: Clock, minutes: int
) -> None:
    make_place(desk)
    cookie = cookie_of(enter(app, EMAIL))
    clock.moment += timedelta(minutes=minutes)
    assert is_in(app, cookie)


@pytest.mark.parametrize("days", [-TEN_YEARS, -DAY, 0, DAY, TEN_YEARS])
def test_who_signed_out_is_out_whatever_the_clock_says(
    app: Flask, desk: Desk, clock: Clock, days: int
) -> None:
    make_place(desk)
    browser = enter(app, EMAIL)
    cookie = cookie_of(browser)
    token = dict(browser.get("/en/account").forms[0].fields)["csrf_token"]
    browser.post("/en/sign-out", {"csrf_token": token})
    clock.move(days=days)
    assert not is_in(app, cookie)


@pytest.mark.parametrize("days", [-TEN_YEARS, -DAY])
def test_the_way_to_the_code_does_not_open_again(
    app: Flask, desk: Desk, clock: Clock, days: int
) -> None:
    make_place(desk)
    browser = enter(app, EMAIL)
    with browser.client.session_transaction() as session:
        session.clear()
        session["half"] = ["x", int(clock.moment.timestamp())]
    clock.move(days=days)
    page = browser.get("/en/sign-in/code")
    assert page.path == "/en/sign-in"


def test_what_was_deleted_or_removed_stays_away_when_the_clock_goes_back(
    app: Flask, desk: Desk, clock: Clock
) -> None:
    browser = answered(Browser(app))
    link, cookie = private_link(browser), cookie_of(browser)
    clock.move(days=TEN_YEARS)
    assert browser.open().status == 410
    desk.store.purge(clock.moment)
    for days in (-DAY, -TEN_YEARS, -TEN_YEARS):
        clock.move(days=days)
        assert browser.get(link).status == 404
        browser.client.set_cookie("riskq", cookie)
        assert browser.open().status == 404


def test_an_expired_token_opens_nothing_in_ten_years(app: Flask, desk: Desk, clock: Clock) -> None:
    program = Program(app, token_of(desk, make_place(desk)))
    clock.move(days=TEN_YEARS)
    assert program.ask("GET", "/workspace").status_code == 401
