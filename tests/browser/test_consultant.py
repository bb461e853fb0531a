"""The whole story of a consultant in a real browser: three clients, one pile of reports."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page

from riskq.services import Desk, workspaces
from tests.ai_law import answers_of
from tests.browser.people import SCREEN, opened, press, seen, sign_in
from tests.browser.walker import Walker
from tests.papers import pages_of
from tests.users import add_user

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OWNER = "lawyer@story.example"
FIRM = "Әділет кеңесі"
ADDRESS = "Астана, Мәңгілік Ел 1"
CLIENTS = ("«Тариф» ЖШС", "Қалалық аурухана", "«Көлік» АҚ")
SYSTEMS = {
    CLIENTS[0]: "Тариф калькуляторы",
    CLIENTS[1]: "Кезек калькуляторы",
    CLIENTS[2]: "Бағыт калькуляторы",
}
NOTE = "ЖАСЫРЫН: pays late"
LOGO: FilePayload = {
    "name": "logo.svg",
    "mimeType": "image/svg+xml",
    "buffer": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">'
    b'<rect width="8" height="8" fill="#0b5563"/></svg>',
}


def set_brand(page: Page) -> None:
    """Put the firm on the reports of its workspace."""
    press(page, "Members")
    press(page, "Name and logo on reports")
    page.get_by_label("Name on the report").fill(FIRM)
    page.get_by_label("Line at the foot of every page").fill(ADDRESS)
    page.get_by_label("Logo", exact=True).set_input_files([LOGO])
    press(page, "Save")
    assert page.get_by_alt_text("The logo at present").count() == 1


def add_client(page: Page, name: str) -> None:
    """Write down a client, with a note that is for colleagues alone; its page stays open."""
    press(page, "Clients")
    page.get_by_label("Name", exact=True).fill(name)
    press(page, "Add")
    page.get_by_label("Private note").fill(f"{NOTE} ({name})")
    press(page, "Save")
    assert page.get_by_label("Private note").input_value() == f"{NOTE} ({name})"


def answer(page: Page, service: str, title: str) -> None:
    """From the first question to the submitted answers."""
    answers = {**answers_of("rule-calculator"), "system-name": title}
    walker = Walker(page, service, "en", answers)
    walker.walk()
    walker.submit()


def begin(page: Page, service: str, client: str) -> None:
    """Begin an assessment on the page of a client, and answer it."""
    page.get_by_label("Title").fill(SYSTEMS[client])
    press(page, "Begin")
    answer(page, service, SYSTEMS[client])


def describe(page: Page, client: str, review_on: date) -> None:
    """Write about the assessment of a client what its report does not tell."""
    open_about(page, client)
    page.get_by_label("Tags").fill("тариф, urgent")
    page.get_by_label("Private note").fill(NOTE)
    page.get_by_label("Review date").fill(review_on.isoformat())
    press(page, "Save")


def open_room(page: Page) -> None:
    """Go to the list of all assessments, by the links of the pages."""
    if not page.locator("nav.place").count():
        press(page, "Workspaces")
        press(page, FIRM)
    else:
        press(page, "Assessments")


def open_about(page: Page, client: str) -> None:
    """Go to what the workspace says about the assessment of a client."""
    open_room(page)
    line = page.locator("main li").filter(has_text=SYSTEMS[client])
    with page.expect_event("domcontentloaded"):
        line.get_by_role("link", name="About it").click()


def copy_for(page: Page, service: str, source: str, client: str) -> None:
    """Begin with the answers of another client, and change what is different."""
    open_about(page, source)
    press(page, "Copy as the start of another")
    page.get_by_label("Title of the new assessment").fill(SYSTEMS[client])
    page.get_by_label("Client").select_option(label=client)
    press(page, "Copy")
    assessment = page.url.split("/a/")[1].split("/")[0]
    page.goto(f"{service}/en/a/{assessment}/q/system-name?from=overview")
    page.locator('main [name="answer"]').fill(SYSTEMS[client])
    with page.expect_event("domcontentloaded"):
        page.locator('main form[method="post"] button').first.click()
    page.goto(f"{service}/en/a/{assessment}/check")
    with page.expect_event("domcontentloaded"):
        page.locator('form[action*="/submit"] button').click()


def print_all(page: Page) -> dict[str, bytes]:
    """Let all reports be made in Kazakh, and take them along."""
    open_room(page)
    press(page, "Reports of these assessments (ZIP)")
    assert page.locator("main").get_by_role("checkbox", checked=True).count() == len(CLIENTS)
    page.get_by_label("Language of the reports").select_option(label="Қазақша")
    press(page, "Make the reports")
    download = page.get_by_role("link", name="Download the reports (ZIP)")
    # The page looks again by itself until all are made.
    download.wait_for(timeout=90_000)
    assert f"Made: {len(CLIENTS)}" in seen(page)
    with page.expect_download() as begun:
        download.click()
    with zipfile.ZipFile(io.BytesIO(Path(begun.value.path()).read_bytes())) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def check_reports(reports: dict[str, bytes]) -> None:
    """One for each client, in the name of the firm, without a word that is for colleagues."""
    texts = [" ".join(" ".join(pages_of(body)).split()) for body in reports.values()]
    assert len(texts) == len(CLIENTS)
    for system in SYSTEMS.values():
        (text,) = [text for text in texts if system in text]
        assert FIRM in text
        assert text.count(ADDRESS) >= 2
        assert [word for word in ("ЖАСЫРЫН", "urgent", *CLIENTS) if word in text] == []


def test_a_consultant_serves_three_clients(service: str, chromium: Browser, desk: Desk) -> None:
    workspaces.found(desk, add_user(desk, OWNER, "Сәуле"), FIRM)
    page = opened(chromium, SCREEN)
    sign_in(page, service, OWNER)
    press(page, FIRM)
    set_brand(page)
    for client in CLIENTS:
        add_client(page, client)
    begin(page, service, CLIENTS[2])
    open_room(page)
    press(page, "Clients")
    press(page, CLIENTS[0])
    begin(page, service, CLIENTS[0])
    copy_for(page, service, CLIENTS[0], CLIENTS[1])
    describe(page, CLIENTS[0], desk.today() + timedelta(days=30))
    press(page, "What is due")
    assert SYSTEMS[CLIENTS[0]] in seen(page)
    assert SYSTEMS[CLIENTS[1]] not in seen(page)
    open_room(page)
    press(page, CLIENTS[1])
    assert SYSTEMS[CLIENTS[1]] in seen(page)
    assert SYSTEMS[CLIENTS[0]] not in seen(page)
    check_reports(print_all(page))
    page.context.close()
