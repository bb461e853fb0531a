"""Parts that are loaded late answer as if they had been there from the start."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from riskq.services import Desk
from riskq.web.late_parts import LateFlask
from tests.users import EMAIL, add_user
from tests.web.browser import Browser
from tests.web.members import enter


def endpoints(app: Flask) -> set[str]:
    return {str(rule.endpoint) for rule in app.url_map.iter_rules()}


def test_the_first_who_asks_for_a_late_page_gets_it(fresh: Flask, desk: Desk) -> None:
    add_user(desk)
    assert "accounts.enter" not in endpoints(fresh)
    browser = enter(fresh, EMAIL)
    assert browser.page.heading == "Workspaces"
    assert "accounts.enter" in endpoints(fresh)


def test_answering_questions_loads_nothing_of_it(fresh: Flask) -> None:
    browser = Browser(fresh)
    browser.start()
    browser.answer("Sorter")
    browser.open()
    browser.open("result")
    assert browser.get("/en/nothing").status == 404
    assert "accounts.enter" not in endpoints(fresh)


def test_a_page_that_links_to_a_late_one_loads_it(fresh: Flask, app: Flask, desk: Desk) -> None:
    add_user(desk)
    signed_in = enter(app, EMAIL)
    browser = Browser(fresh)
    for name in ("riskq",):
        cookie = signed_in.client.get_cookie(name)
        assert cookie is not None
        browser.client.set_cookie(name, cookie.value)
    browser.start()
    page = browser.open()
    assert [link for link in page.links if link.endswith("/claim")]


def test_all_pages_are_the_same_however_they_were_loaded(fresh: Flask, app: Flask) -> None:
    for one in (fresh, app):
        assert isinstance(one, LateFlask)
        one.load_late()
    told = [
        sorted((rule.rule, str(rule.endpoint), sorted(rule.methods or ())) for rule in rules)
        for rules in (fresh.url_map.iter_rules(), app.url_map.iter_rules())
    ]
    assert told[0] == told[1]
    assert set(fresh.view_functions) == set(app.view_functions) >= endpoints(fresh)


def test_many_who_ask_at_once_all_get_their_pages(fresh: Flask) -> None:
    paths = ["/en/sign-in", "/kk/", "/ru/workspaces", "/en/law", "/kk/tables", "/ru/i/nothing"]

    def ask(number: int) -> int:
        return fresh.test_client().get(paths[number % len(paths)]).status_code

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(48)))
    assert [found[n::6] for n in range(6)] == [
        *([200] * 8, [200] * 8, [303] * 8, [200] * 8, [200] * 8, [410] * 8)
    ]
