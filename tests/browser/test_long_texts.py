"""A text that is too long is never cut: the page says by how much, and all of it comes back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.ai_law import answers_of
from tests.browser.walker import Walker
from tests.marks import ONE_QUICKLY

TEMPLATES = Path(__file__).parents[2] / "riskq" / "web" / "templates"

LEFT = {"kk": "Қалған таңба: 3", "ru": "Осталось знаков: 3", "en": "Characters left: 3"}
OVER = {"kk": "Артық таңба: 2", "ru": "Лишних знаков: 2", "en": "Characters over the limit: 2"}


@pytest.mark.browser
@pytest.mark.parametrize("language", ONE_QUICKLY)
def test_what_is_pasted_stays_whole_and_is_told_to_be_too_long(
    service: str, chromium: Browser, language: str
) -> None:
    page = chromium.new_page()
    walker = Walker(page, service, language, answers_of("hospital-triage-ready"))
    walker.start()
    area = page.locator("main textarea[data-most]")
    while not area.count():
        walker.answer(walker.answers[page.url.split("/q/")[1].split("?")[0]])
        walker.save()
    most = int(area.get_attribute("data-most") or 0)
    said = page.locator("[data-left]")
    area.click()
    page.keyboard.insert_text("ж" * (most - 3))
    assert said.inner_text() == LEFT[language]
    page.keyboard.insert_text("0123қ")
    assert said.inner_text() == OVER[language]
    walker.save()
    assert area.input_value() == "ж" * (most - 3) + "0123қ"
    told = page.locator("main .error").first.inner_text()
    assert re.findall(r"\d+", told) == [str(most + 2), str(most)]
    page.close()


def test_no_field_of_any_page_cuts_what_is_pasted() -> None:
    pages = [path for path in TEMPLATES.rglob("*.html") if "<textarea" in path.read_text("utf-8")]
    assert len(pages) > 1
    cut = [
        path.name for path in TEMPLATES.rglob("*.html") if "maxlength" in path.read_text("utf-8")
    ]
    assert cut == []
