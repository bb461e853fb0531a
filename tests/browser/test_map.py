"""The map in a real browser without scripts: the picture where there is room, else the list."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from riskq.i18n import LANGUAGES
from tests.ai_law import questionnaire

pytestmark = pytest.mark.browser


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_of_the_picture_leads_to_its_question_in_words(
    service: str, chromium: Browser, language: str
) -> None:
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    page.goto(f"{service}/{language}/map/kz-ai-law")
    page.locator('.map-picture a[href="#q-damage"] text').first.click()
    assert page.url.endswith("#q-damage")
    entry = page.locator("#q-damage")
    box = entry.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900
    assert questionnaire().prose[language].questions["damage"].ask in entry.inner_text()
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 768, 1024, 1280])
def test_the_picture_is_shown_only_where_it_fits(
    service: str, chromium: Browser, width: int
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{service}/ru/map/kz-ai-law")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    picture = page.locator(".map-picture")
    assert picture.is_visible() == (width >= 1024)
    assert page.locator(".map-narrow").is_visible() == (width < 1024)
    box = picture.bounding_box()
    if box is not None:
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    assert page.locator("#q-damage").is_visible()
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_of_the_picture_stay_left_of_the_columns(
    service: str, chromium: Browser, language: str
) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{service}/{language}/map/kz-ai-law")
    page.evaluate("document.fonts.ready.then(() => true)")
    too_wide = page.evaluate(
        """() => [...document.querySelectorAll('.map-row')].flatMap(row => {
            const edge = Math.min(...[...row.querySelectorAll('rect:not(.map-ground)')]
                .map(one => one.getBBox().x), 800);
            return [...row.querySelectorAll('text[font-size="14"], text[font-size="12.5"]')]
                .filter(text => text.getBBox().x + text.getBBox().width > edge)
                .map(text => text.textContent);
        })"""
    )
    assert too_wide == []
    outside = page.evaluate(
        """() => [...document.querySelectorAll('.map-drawing text')]
            .filter(text => text.getBBox().x < 0).map(text => text.textContent)"""
    )
    assert outside == []
    context.close()
