"""From the first page to the PDF in a real browser: every language, with and without scripts."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Browser, ConsoleMessage, FilePayload, Page

from riskq.engine import assess, read_answers
from riskq.i18n import LANGUAGES
from tests.ai_law import answers_of, questionnaire
from tests.browser.walker import Walker, violations
from tests.marks import ONE_QUICKLY
from tests.papers import pages_of

pytestmark = pytest.mark.browser

LONGEST = "hospital-triage-ready"
SHORTEST = "rule-calculator"


def as_file(name: str, body: bytes) -> FilePayload:
    """A file for a form to send."""
    return {"name": name, "mimeType": "application/json", "buffer": body}


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.split()) for page in pages_of(pdf))


def check_walk(walker: Walker) -> None:
    walker.start()
    walker.walk()
    walker.submit()
    loaded = questionnaire()
    answers = read_answers(loaded, walker.answers, date.max)
    conclusion = assess(loaded, answers, date.today())  # noqa: DTZ011 - As the service does.
    assert tuple(walker.asked) == conclusion.journey.asked
    rule = conclusion.scale("trusted-list").because[0]
    verdict = loaded.prose[walker.language].rules[rule].verdict
    shown = " ".join(walker.page.locator("main").inner_text().split())
    assert " ".join(verdict.split()) in shown
    link = walker.page.locator('a[href$=".pdf"]').first.get_attribute("href")
    assert link is not None
    text = text_of(walker.fetch(link))
    assert str(walker.answers["system-name"]) in text
    assert " ".join(verdict.split())[:60] in text


@pytest.mark.parametrize("language", ONE_QUICKLY)
@pytest.mark.parametrize(
    "scripts",
    [
        pytest.param(True, id="scripts"),
        pytest.param(False, id="no-scripts", marks=pytest.mark.slow),
    ],
)
def test_a_person_gets_from_the_first_page_to_the_pdf(
    service: str, chromium: Browser, language: str, scripts: bool
) -> None:
    context = chromium.new_context(
        java_script_enabled=scripts, viewport={"width": 360, "height": 800}
    )
    walker = Walker(context.new_page(), service, language, answers_of(SHORTEST))
    check_walk(walker)
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_longest_walk_shows_no_barrier_and_breaks_no_policy(
    service: str, chromium: Browser, language: str, scripts: bool
) -> None:
    context = chromium.new_context(
        java_script_enabled=scripts, viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    found: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            found.append(message.text)

    page.on("console", hear)

    def look(seen: Page) -> None:
        if scripts:
            found.extend(violations(seen))

    walker = Walker(page, service, language, answers_of(LONGEST), look)
    check_walk(walker)
    context.close()
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_beside_the_walk_show_no_barrier(
    service: str, chromium: Browser, language: str
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    walker = Walker(page, service, language, answers_of(SHORTEST))
    walker.start()
    found = violations(page)
    assessment = page.url.split("/a/")[1].split("/")[0]
    own = [f"a/{assessment}/{name}" for name in ("", "check", "map", "result", "link", "delete")]
    public = (
        *("proof", "compare/kz-ai-law/2026-01-18/2026-08-25", "map/kz-ai-law"),
        *("verify", "import", "tables", "reports"),
    )
    for path in ("", "law", "privacy", "accessibility", "nowhere", *own, *public):
        page.goto(f"{service}/{language}/{path}")
        found += violations(page)
    page.set_input_files("#files", [as_file("a.json", b"{}"), as_file("b.json", b"{")])
    page.click("main .button.primary")
    page.wait_for_selector(".progress")
    found += violations(page)
    context.close()
    assert found == []
