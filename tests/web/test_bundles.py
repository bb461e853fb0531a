"""Many reports at once in a browser: files in, progress, a ZIP out, for the holder alone."""

from __future__ import annotations

import gc
import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask

from riskq.i18n import LANGUAGES
from riskq.jobs import Jobs
from riskq.report import Renderer, Sealer
from riskq.services import BundleMaker
from riskq.settings import MOST_REPORTS
from riskq.web.state import KEY, State
from tests.keys import KEYS
from tests.web.browser import Browser, Page
from tests.web.conftest import MakeApp

GOOD = ("Клиент.json", b'{"model-based": "no"}')
ODD = ("odd.json", b'{"emergency": "perhaps"}')
BROKEN = ("broken.yml", b"stage: [\n")


def send(
    browser: Browser, *files: tuple[str, bytes], language: str = "kk", token: str = ""
) -> Page:
    """Send files by the form."""
    path = f"/{browser.language}/reports"
    browser.get(path)
    fields = {"csrf_token": token or dict(browser.page.forms[0].fields)["csrf_token"]}
    data = {**fields, "reports-in": language, "files": [(io.BytesIO(b), n) for n, b in files]}
    response = browser.client.post(
        path, data=data, content_type="multipart/form-data", follow_redirects=True
    )
    browser.page = Page(response)
    return browser.page


def state_of(app: Flask) -> State:
    state: State = app.extensions[KEY]
    return state


def press(browser: Browser, path: str) -> Page:
    """Send the form of the page that leads to the address."""
    form = next(form for form in browser.page.forms if form.action.endswith(path))
    return browser.post(form.action, dict(form.fields))


@pytest.fixture
def maker(app: Flask, sealer: Sealer) -> Iterator[BundleMaker]:
    desk = state_of(app).bundles
    renderer = Renderer()
    yield BundleMaker(desk.store, desk.catalogue, renderer, sealer, desk.clock, keys=KEYS)
    renderer.close()


def test_files_go_in_and_a_zip_comes_out(app: Flask, browser: Browser, maker: BundleMaker) -> None:
    page = send(browser, GOOD, ODD, BROKEN, language="ru")
    assert page.heading == "Your reports are being made"
    assert "2 of 3" in page.text
    assert "These answers do not fit their questions: emergency." in page.text
    assert "look at line 2" in page.text
    assert "noscript" in page.html
    address = page.path
    maker.make_next(address.rpartition("/")[2], 0)
    page = browser.get(address)
    assert page.heading == "Your reports are ready"
    assert "noscript" not in page.html
    response = browser.client.get(f"{address}/reports.zip")
    assert response.content_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(response.data)) as packed:
        assert packed.namelist() == ["3-Клиент-ru.pdf"]
    stranger = Browser(app)
    for path in (address, f"{address}/reports.zip"):
        assert stranger.get(path).status == 404
    found = re.search(r'value="http://[^/"]+(/en/b/[^"]+)"', page.html)
    assert found is not None
    assert stranger.get(found.group(1)).path == address
    assert stranger.get(f"{found.group(1)}x").status == 404
    gone = press(browser, "/delete")
    assert "were deleted" in gone.text
    assert stranger.get(address).status == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_there_in_each_language(app: Flask, language: str) -> None:
    browser = Browser(app, language)
    assert send(browser).status == 400
    assert browser.page.language == language
    page = send(browser, GOOD, ODD, BROKEN)
    assert (page.status, page.language) == (200, language)


def test_work_can_be_stopped_and_taken_up_again(browser: Browser) -> None:
    send(browser, GOOD, ODD)
    assert press(browser, "/stop").heading == "No report was made"
    assert "Stopped before they were made: 1" in browser.page.text
    assert press(browser, "/again").heading == "Your reports are being made"
    other = send(browser, ODD)
    assert other.heading == "No report was made"
    assert not [form for form in other.forms if form.action.endswith("/again")]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([], "Choose at least one file"),
        ([("a.zip", b"PK nothing")], "The ZIP is damaged"),
        ([(f"{n}.json", b"{}") for n in range(MOST_REPORTS + 1)], "more than 1000 files"),
    ],
    ids=["none", "damaged", "many"],
)
def test_what_cannot_be_used_is_told_and_nothing_begins(
    browser: Browser, files: list[tuple[str, bytes]], told: str
) -> None:
    page = send(browser, *files)
    assert (page.status, page.heading) == (400, "Many reports at once")
    assert told in page.text


def test_without_the_mark_of_the_form_nothing_begins(app: Flask, browser: Browser) -> None:
    assert send(browser, GOOD, token="forged").status == 400
    desk = state_of(app).bundles
    assert desk.store.unfinished(desk.clock()) == ()


def test_a_foreign_name_in_a_page_is_text(browser: Browser) -> None:
    page = send(browser, ("<script>alert(1)</script>.json", b"x"))
    assert "script&gt;.json" in page.html
    assert "<script>alert" not in page.html


def test_the_workers_are_told_of_every_bundle(make_app: MakeApp) -> None:
    app = make_app()
    browser = Browser(app)
    send(browser, GOOD)
    queue = Jobs(state_of(app).settings)
    assert queue.waiting == 2


def test_an_operator_may_take_fewer_files_or_none(make_app: MakeApp) -> None:
    browser = Browser(make_app(most_reports=2))
    assert "At most 2 files" in browser.get("/en/reports").text
    assert send(browser, GOOD, ODD).status == 200
    assert send(browser, GOOD, ODD, BROKEN).status == 400
    none = Browser(make_app(most_reports=0))
    assert "/en/reports" not in none.get("/en/").links
    assert none.get("/en/reports").status == 404


def test_a_queue_that_fails_loses_no_bundle(make_app: MakeApp) -> None:
    app = make_app()
    state_of(app).settings.queue_file.write_bytes(b"no queue at all" * 99)
    page = send(Browser(app), GOOD)
    assert (page.status, page.heading) == (200, "Your reports are being made")


@pytest.mark.slow
def test_one_zip_is_taken_at_a_time(browser: Browser, maker: BundleMaker) -> None:
    address = send(browser, GOOD).path
    maker.make_next(address.rpartition("/")[2], 0)
    slow = browser.client.get(f"{address}/reports.zip")
    other = browser.client.get(f"{address}/reports.zip")
    assert (other.status_code, other.headers["Retry-After"]) == (503, "30")
    slow.close()
    # Nor does one that is merely forgotten hold it.
    for _ in range(2):
        assert browser.client.get(f"{address}/reports.zip").status_code == 200
        gc.collect()


def test_others_on_the_machine_cannot_read_the_queue(browser: Browser, app: Flask) -> None:
    send(browser, GOOD)
    assert state_of(app).settings.queue_file.stat().st_mode & 0o077 == 0
