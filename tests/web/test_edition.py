"""An assessment made by an older edition: told of the newer one, and moved to it when asked."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from riskq.i18n import LANGUAGES, words, write_day
from riskq.questionnaire import Catalogue
from tests.web.answered import answered
from tests.web.browser import Browser
from tests.web.conftest import Clock

BEFORE = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
AFTER = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)


@pytest.fixture
def moved_clock(clock: Clock) -> Clock:
    """The clock, put to the time of the first edition."""
    clock.moment = BEFORE
    return clock


CHANGED = (
    "Answers have changed since this revision was submitted. The result below is that of the "
    "revision."
)


def moved_text(language: str, day: str) -> str:
    """What the check page says after a move."""
    text = "The assessment was moved to the edition of %(new)s. All answers are kept."
    return words(language, "web")(text, new=day)


def data_of(browser: Browser) -> dict[str, object]:
    """The download of the assessment."""
    found: dict[str, object] = json.loads(browser.open("data.json").html)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_tell_of_a_newer_edition_once_there_is_one(
    app: Flask, moved_clock: Clock, language: str
) -> None:
    browser = answered(Browser(app, language))
    browser.send()
    link = f"/{language}/a/{browser.id}/edition"
    for page in ("", "result"):
        assert link not in browser.open(page).links
    moved_clock.moment = AFTER
    for page in ("", "result"):
        assert link in browser.open(page).links
    assert browser.open("edition").status == 200


def submitted_before(app: Flask, clock: Clock, language: str = "en") -> Browser:
    """A browser that submitted by the old edition, at the page that offers the new one."""
    browser = answered(Browser(app, language))
    browser.open("check")
    browser.send()
    clock.moment = AFTER
    browser.open("edition")
    return browser


def test_what_changes_by_the_answers_is_told_in_words(app: Flask, moved_clock: Clock) -> None:
    browser = answered(Browser(app), "benefits-no-explanation")
    moved_clock.moment = AFTER
    assert "Nothing: the conclusion, the duties" in browser.open("edition").text
    browser.open("q/decision-safeguards?from=overview")
    browser.answer(["consent-or-law", "explanation", "objection"])
    duty = Catalogue().load("kz-ai-law", "2026-08-25").prose["en"].duties["automated-decisions"]
    told = f"{duty.title} until now: Done then: Done in part"
    assert told in browser.open("edition").text


def test_moving_keeps_all_answers_and_the_old_revision(app: Flask, moved_clock: Clock) -> None:
    browser = answered(Browser(app))
    browser.open("check")
    browser.send()
    before = data_of(browser)
    moved_clock.moment = AFTER
    browser.open("edition")
    page = browser.send()
    assert page.status == 200
    after = data_of(browser)
    assert (before["edition"], after["edition"]) == ("2026-01-18", "2026-08-25")
    assert after["answers"] == before["answers"]
    assert after["revisions"] == before["revisions"]
    old = browser.open("result/1")
    assert "18 January 2026" in old.text
    assert "newer edition" not in browser.open("").text


@pytest.mark.slow
def test_the_report_on_the_old_revision_can_still_be_had(app: Flask, moved_clock: Clock) -> None:
    browser = submitted_before(app, moved_clock)
    browser.send()
    pdf = browser.client.get(browser.address("report-1.pdf"))
    assert pdf.get_data().startswith(b"%PDF-")


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_move_is_told_as_a_move_and_not_as_a_change_of_answers(
    app: Flask, moved_clock: Clock, language: str
) -> None:
    browser = submitted_before(app, moved_clock, language)
    days = {day: write_day(day, language) for day in (date(2026, 1, 18), date(2026, 8, 25))}
    assert moved_text(language, days[date(2026, 8, 25)]) in browser.send().text
    assert moved_text(language, days[date(2026, 8, 25)]) not in browser.open("check").text
    text = browser.open("result").text
    assert all(day in text for day in days.values())
    assert words(language, "web")(CHANGED) not in text


def test_a_move_that_leads_to_a_question_is_told_there(app: Flask, moved_clock: Clock) -> None:
    browser = Browser(app)
    browser.start()
    browser.answer("Triage")
    moved_clock.moment = AFTER
    browser.open("edition")
    page = browser.send()
    assert browser.question == "system-purpose"
    assert moved_text("en", "25 August 2026") in page.text
    assert moved_text("en", "25 August 2026") not in browser.answer("Sorts calls.").text
    assert moved_text("en", "25 August 2026") not in browser.open("q/system-purpose").text


def test_a_change_of_answers_after_a_move_is_told_too(app: Flask, moved_clock: Clock) -> None:
    browser = submitted_before(app, moved_clock)
    browser.send()
    assert "No answer has changed" in browser.open("result").text
    browser.open("q/organisation?from=overview")
    browser.answer("A new owner")
    text = browser.open("result").text
    assert "Answers have changed since, and the assessment now goes by" in text
    assert "No answer has changed" not in text


def test_without_a_newer_edition_there_is_nothing_to_move_to(browser: Browser) -> None:
    answered(browser)
    assert browser.open("edition").path == browser.address("")


def test_a_move_from_another_window_is_told(app: Flask, moved_clock: Clock) -> None:
    browser = answered(Browser(app))
    moved_clock.moment = AFTER
    browser.open("edition")
    stale = browser.page
    browser.open("q/stage?from=overview")
    browser.answer("idea")
    browser.page = stale
    assert browser.send().status == 409
    assert data_of(browser)["edition"] == "2026-01-18"


def test_nobody_else_moves_an_assessment(app: Flask, moved_clock: Clock) -> None:
    browser = answered(Browser(app))
    moved_clock.moment = AFTER
    stranger = Browser(app)
    assert stranger.get(browser.address("edition")).status == 404
    assert data_of(browser)["edition"] == "2026-01-18"
