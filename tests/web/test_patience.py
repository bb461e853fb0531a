"""Reports that are being made hold up no page: one request of a process waits, others ask again."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Semaphore

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from riskq.i18n import LANGUAGES
from riskq.services import Costly, Desk, tokens
from tests.ai_law import NAME
from tests.allowances import use_up
from tests.web.answered import READY, answered, whole_answers_of
from tests.web.browser import Browser
from tests.web.members import make_place
from tests.web.test_allowances import NETWORK, from_address
from tests.web.test_api import Program, code_of, token_of

Ask = Callable[[str], TestResponse]


def ask_at_once(ask: Ask) -> tuple[list[TestResponse], list[TestResponse]]:
    """Ask for the report in each language at once, and again until it is there; what else came."""
    together, ready = Barrier(len(LANGUAGES)), Semaphore(0)
    told: list[TestResponse] = []

    def insist(language: str) -> TestResponse:
        together.wait(20)
        response = ask(language)
        while response.status_code == 503:
            told.append(response)
            # People wait two seconds; here it is until another one has got what it waited for.
            ready.acquire(timeout=60)
            response = ask(language)
        ready.release(len(LANGUAGES))
        return response

    with ThreadPoolExecutor(len(LANGUAGES)) as threads:
        return list(threads.map(insist, LANGUAGES)), told


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_of_many_who_ask_at_once_one_waits_and_the_others_ask_again(
    app: Flask, desk: Desk, language: str
) -> None:
    browser = answered(from_address(app, language=language))
    browser.send()
    # Asking again for what is being made is no more than asking once.
    use_up(desk, Costly.DOCUMENT, NETWORK, left=len(LANGUAGES))

    def ask(code: str) -> TestResponse:
        # The report in the language of the result is being made already.
        place = browser.address("report-1.pdf").replace(f"/{language}/", f"/{code}/")
        return with_cookies_of(browser, app).client.get(place)

    got, told = ask_at_once(ask)
    assert {(one.status_code, one.mimetype) for one in got} == {(200, "application/pdf")}
    assert {one.headers["Refresh"] for one in told} == {"2"}
    assert {one.headers["Retry-After"] for one in told} == {"2"}
    assert all("<h1" in one.text for one in told)


def with_cookies_of(browser: Browser, app: Flask) -> Browser:
    """Another window of the same browser."""
    kept, other = browser.client.get_cookie("riskq"), from_address(app)
    assert kept is not None
    other.client.set_cookie(kept.key, kept.value)
    return other


@pytest.mark.slow
def test_a_program_is_told_to_ask_again_soon(app: Flask, desk: Desk) -> None:
    place = make_place(desk)
    token = token_of(desk, place)
    whose = tokens.seat_of_token(desk, token)
    assert whose is not None
    sent = {"questionnaire": NAME, "title": "Cranes", "answers": whole_answers_of(READY)}
    made = Program(app, token).ask("POST", "/assessments", sent).get_json()
    path = f"/assessments/{made['id']}/revisions"
    Program(app, token).ask("POST", path, {"sequence": made["sequence"]})
    use_up(desk, Costly.DOCUMENT, whose.token, left=len(LANGUAGES))
    got, told = ask_at_once(
        lambda code: Program(app, token).ask("GET", f"{path}/1/report.pdf?language={code}")
    )
    assert {(one.status_code, one.mimetype) for one in got} == {(200, "application/pdf")}
    assert {(code_of(one), one.headers["Retry-After"]) for one in told} == {("under-way", "2")}
