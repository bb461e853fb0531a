"""A table in a real browser: the result works without scripts, on a phone, and on paper."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, FilePayload, Page

from riskq.i18n import LANGUAGES
from tests.browser.walker import violations
from tests.web.tables import TABLE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FILE: FilePayload = {"name": "Кесте.csv", "mimeType": "text/csv", "buffer": TABLE}


def give(page: Page, service: str, language: str) -> None:
    """Send the table by the form."""
    page.goto(f"{service}/{language}/tables")
    page.set_input_files("#file", [FILE])
    page.check("#whole")
    page.click('button[value="show"]')
    page.wait_for_selector(".wide")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_shows_no_barrier_and_breaks_no_policy(
    service: str, chromium: Browser, language: str
) -> None:
    page = chromium.new_context().new_page()
    found: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            found.append(message.text)

    page.on("console", hear)
    give(page, service, language)
    found += violations(page)
    assert found == []
    page.goto(f"{service}/{language}/tables")
    page.click('button[value="show"]')
    page.wait_for_selector("#file-error")
    assert violations(page) == []
    page.context.close()


def test_the_judged_table_is_taken_from_the_page_without_scripts(
    service: str, chromium: Browser
) -> None:
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 800}, accept_downloads=True
    )
    page = context.new_page()
    give(page, service, "kk")
    with page.expect_download() as begun:
        page.click("a[download]")
    assert begun.value.suggested_filename.endswith(".csv")
    with Path(begun.value.path()).open(newline="", encoding="utf-8") as file:
        told = list(csv.DictReader(file))
    assert [row["risk"] for row in told] == [
        "minimal;medium;high",
        "high",
        "",
        "minimal;medium;high",
    ]
    context.close()


def test_a_wide_table_is_reached_and_moved_by_keyboard(service: str, chromium: Browser) -> None:
    page = chromium.new_context(viewport={"width": 360, "height": 800}).new_page()
    give(page, service, "ru")
    region = page.locator(".wide.broad")
    region.focus()
    page.evaluate(
        """() => { window.moved = new Promise(done => document.activeElement
            .addEventListener('scroll', () => done(true), {once: true})); }"""
    )
    page.keyboard.press("ArrowRight")
    assert page.evaluate("window.moved") is True
    assert page.get_by_role("region", name="По строкам").count() == 1
    page.context.close()
