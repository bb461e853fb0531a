"""A phone shows what matters and folds the rest away; paper shows everything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from playwright.sync_api import Browser, Page

from riskq.engine import read_answers
from riskq.report import DocumentFacts, Report, compose
from tests.ai_law import answers_of, questionnaire
from tests.browser.walker import Walker
from tests.papers import pages_of

pytestmark = pytest.mark.browser

CASE = "hospital-triage-ready"
SCREENS = 25


def report_of(answers: Mapping[str, object]) -> Report:
    given = read_answers(questionnaire(), answers, date.max)
    day = date.today()  # noqa: DTZ011 - As the service does.
    return compose(questionnaire(), given, day, "kk", document=DocumentFacts("X"))


def squeezed(text: str) -> str:
    return "".join(text.split())


def seen_on(page: Page) -> str:
    return squeezed(page.locator("main").inner_text())


def printed(page: Page) -> str:
    page.emulate_media(media="print")
    return squeezed("".join(pages_of(page.pdf())))


@pytest.mark.slow
def test_the_result_folds_what_is_behind_it_and_prints_all(service: str, chromium: Browser) -> None:
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    walker = Walker(page, service, "kk", answers_of(CASE))
    walker.start()
    walker.walk()
    walker.submit()
    told = report_of(walker.answers)
    height = page.evaluate("document.documentElement.scrollHeight")
    seen, paper = seen_on(page), printed(page)
    context.close()
    in_view = [told.verdict.text]
    in_view += [text for reason in told.top_reasons for text in (reason.level, reason.text)]
    in_view += [step.text for step in told.next_steps]
    in_view += [notice.text for notice in told.notices]
    in_view += [duty.what for duty in told.duties if duty.state != "done"]
    folded = [limit.text for limit in told.limits]
    folded += [reason.text for scale in told.scales[2:] for reason in scale.reasons]
    assert [text for text in in_view if squeezed(text) not in seen] == []
    only_there = [text for text in folded if text not in in_view and text not in str(in_view)]
    assert [text for text in only_there if squeezed(text) in seen] == []
    assert [text for text in [*in_view, *folded] if squeezed(text) not in paper] == []
    assert height < SCREENS * 800


@pytest.mark.slow
def test_examples_are_folded_and_help_is_not(service: str, chromium: Browser) -> None:
    page = chromium.new_context(viewport={"width": 360, "height": 800}).new_page()
    walker = Walker(page, service, "kk", answers_of(CASE))
    walker.start()
    while "/q/manipulation" not in page.url:
        name = page.url.split("/q/")[1].split("?")[0]
        walker.answer(walker.answers[name])
        walker.save()
    text = questionnaire().prose["kk"].questions["manipulation"]
    assert all(squeezed(part) in seen_on(page) for part in text.help.split("\n\n"))
    assert squeezed(text.examples) not in seen_on(page)
    page.locator("details.examples summary").click()
    assert squeezed(text.examples) in seen_on(page)
    page.context.close()


@pytest.mark.slow
def test_what_may_still_apply_is_folded_until_all_is_submitted(
    service: str, chromium: Browser
) -> None:
    page = chromium.new_context(viewport={"width": 360, "height": 800}).new_page()
    walker = Walker(page, service, "kk", answers_of(CASE))
    walker.start()
    page.goto(f"{page.url.partition('/q/')[0]}/result")
    told = report_of({})
    seen = seen_on(page)
    assert squeezed(told.verdict.text) in seen
    assert [notice.id for notice in told.open_notices if squeezed(notice.text) in seen] == []
    assert [duty.id for duty in told.open_duties if squeezed(duty.what) in seen] == []
    assert page.evaluate("document.documentElement.scrollHeight") < SCREENS * 800
    page.context.close()


@pytest.mark.slow
def test_a_long_list_of_answers_set_aside_leaves_the_choice_in_reach(
    service: str, chromium: Browser
) -> None:
    page = chromium.new_context(viewport={"width": 360, "height": 800}).new_page()
    walker = Walker(page, service, "kk", answers_of(CASE))
    walker.start()
    walker.walk()
    page.goto(f"{page.url.rpartition('/')[0]}/q/model-based")
    walker.answer("no")
    walker.save()
    choice = page.locator('button[name="confirmed"]').bounding_box()
    page.context.close()
    assert choice is not None
    assert choice["y"] < 2 * 800
