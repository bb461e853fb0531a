"""The map of a questionnaire as a page: for everybody, and with the path of an assessment."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from flask import Flask
from markupsafe import escape

from riskq.i18n import LANGUAGES, words
from riskq.questionnaire import Catalogue
from tests.ai_law import questionnaire
from tests.web.answered import answered
from tests.web.browser import Browser, Page

PUBLIC = "map/kz-ai-law"


def anchors_of(page: Page) -> set[str]:
    """The ids of everything on a page; none is there twice."""
    found = re.findall(r'\bid="([^"]*)"', page.html)
    assert len(found) == len(set(found))
    return set(found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [PUBLIC, f"{PUBLIC}/2026-08-25", f"{PUBLIC}/2026-01-18"])
def test_the_map_shows_every_question_drawn_and_in_words(
    app: Flask, language: str, path: str
) -> None:
    page = Browser(app, language).get(f"/{language}/{path}")
    assert (page.status, page.language) == (200, language)
    edition = path.removeprefix(PUBLIC).strip("/") or "2026-08-25"
    prose = Catalogue().load("kz-ai-law", edition).prose[language]
    rows = page.html.count('class="map-row"')
    assert rows == page.html.count('class="map-entry"') == len(prose.questions)
    assert all(" ".join(text.title.split()) in page.text for text in prose.scales.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_inside_the_page_leads_to_something(app: Flask, language: str) -> None:
    browser = answered(Browser(app, language))
    for path in (f"/{language}/{PUBLIC}", browser.address("map")):
        page = browser.get(path)
        inside = {link[1:] for link in page.links if link.startswith("#")}
        assert {f"q-{question.id}" for question in questionnaire().questions} <= inside
        assert inside <= anchors_of(page)


@pytest.mark.slow
def test_every_link_to_another_page_of_ours_leads_there(browser: Browser) -> None:
    answered(browser)
    page = browser.open("map")
    ours = {urlsplit(link).path for link in page.links if link.startswith("/")}
    assert browser.address("q/sector") in ours
    assert [path for path in sorted(ours) if browser.get(path).status != 200] == []


@pytest.mark.parametrize(
    "path",
    [
        "map/kz-law",
        "map/kz-ai-law/2026-08-24",
        "map/kz-ai-law/newest",
        f"map/{'x' * 500}",
        "map/..",
        "map/kz-ai-law/..%2f..%2flaw",
    ],
)
def test_a_map_of_nothing_is_not_found(browser: Browser, path: str) -> None:
    assert browser.get(f"/en/{path}").status == 404


def test_public_pages_and_the_overview_lead_to_the_map(browser: Browser) -> None:
    assert f"/en/{PUBLIC}" in browser.get("/en/").links
    assert f"/en/{PUBLIC}/2026-08-25" in browser.get("/en/law").links
    answered(browser)
    assert browser.address("map") in browser.open("").links


def test_the_map_of_an_assessment_shows_its_path(browser: Browser) -> None:
    answered(browser)
    page = browser.open("map")
    assert page.status == 200
    assert page.html.count('class="map-entry answered"') > 30
    assert page.html.count('class="map-entry not-asked"') > 5
    assert browser.get(f"/en/{PUBLIC}").html.count("map-entry answered") == 0


def test_the_map_of_an_assessment_changes_with_its_answers(browser: Browser) -> None:
    answered(browser)
    browser.open("q/organisation?from=overview")
    browser.answer("A new owner")
    assert "A new owner" in browser.open("map").text


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_decided_scale_has_its_level_and_an_open_one_those_left(
    app: Flask, language: str
) -> None:
    scales = questionnaire().prose[language].scales
    say = words(language, "web")
    browser = answered(Browser(app, language), "harm-unknown")
    shown = re.findall(
        r"<li>(.*?)</li>", browser.open("map").html.partition("map-scales")[2], re.DOTALL
    )
    told = [" ".join(re.sub(r"<[^>]+>", "", item).split()) for item in shown]
    scope, risk = scales["scope"], scales["risk"]
    assert f"A {scope.title}: {scope.levels['inside'].label}" in told
    left = f"{risk.levels['minimal'].label}, {risk.levels['high'].label}"
    assert any(item.endswith(f"{risk.title}: {say('possible levels:')} {left}") for item in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_legend_says_that_not_knowing_lets_a_question_be_asked(
    app: Flask, language: str
) -> None:
    text = words(language, "report")(
        "A question is asked, too, where an earlier “I don't know” leaves its condition open."
    )
    page = Browser(app, language).get(f"/{language}/{PUBLIC}")
    drawing, _, words_below = page.html.partition('id="map-list"')
    assert escape(text) in drawing
    assert escape(text) in words_below


def test_what_a_question_leads_to_is_folded_and_what_it_depends_on_is_not(browser: Browser) -> None:
    page = browser.get(f"/en/{PUBLIC}")
    entry = page.html.partition('id="q-emotion-recognition"')[2].partition('class="map-entry')[0]
    folds = re.findall(r"<details.*?</details>", entry, re.DOTALL)
    assert any("Questions that depend on its answer" in fold for fold in folds)
    assert any("Scales that depend on its answer" in fold for fold in folds)
    later = page.html.partition('id="q-emotion-consent"')[2].partition("</dl>")[0]
    assert "Whether it is asked depends on:" in later
    assert "<details" not in later


def test_a_stranger_sees_no_map_of_an_assessment(app: Flask) -> None:
    holder, stranger = answered(Browser(app)), Browser(app)
    page = stranger.get(holder.address("map"))
    assert page.status == 404
    assert "map-entry" not in page.html


def test_the_page_holds_no_style_or_script_of_its_own(browser: Browser) -> None:
    page = browser.get(f"/en/{PUBLIC}")
    assert not re.search(r"\bstyle=|<style|\bon[a-z]+=|<script(?![^>]*\bsrc=)", page.html)
