"""Reports that are being made hold up no page: one request of a process waits, others ask again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from riskq.i18n import LANGUAGES
from tests.web.answered import answered
from tests.web.browser import Browser


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_of_many_who_ask_at_once_one_waits_and_the_others_ask_again(
    app: Flask, language: str
) -> None:
    browser = answered(Browser(app, language))
    browser.send()
    together = Barrier(3)

    def ask(number: int) -> tuple[int, str | None]:
        # Each in another language than that of the result, whose report is being made already.
        place = browser.address("report-1.pdf").replace(f"/{language}/", f"/{LANGUAGES[number]}/")
        client = app.test_client()
        for name, value in cookies(browser):
            client.set_cookie(name, value)
        together.wait(20)
        response = client.get(place)
        while response.status_code == 503:
            told.append((response.headers["Refresh"], response.headers["Retry-After"]))
            assert "<h1" in response.text
            response = client.get(place)
        return response.status_code, response.mimetype

    told: list[tuple[str, str]] = []
    with ThreadPoolExecutor(3) as threads:
        got = list(threads.map(ask, range(3)))
    assert set(got) == {(200, "application/pdf")}
    assert told
    assert set(told) == {("2", "2")}


def cookies(browser: Browser) -> list[tuple[str, str]]:
    """What the browser keeps for the service."""
    kept = browser.client.get_cookie("riskq")
    assert kept is not None
    return [(kept.key, kept.value)]
