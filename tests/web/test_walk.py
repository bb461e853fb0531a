"""The walk in a browser without scripts: from the first question to submitting, and back again."""

from __future__ import annotations

import pytest
from flask import Flask

from riskq.engine import read_answers
from riskq.i18n import LANGUAGES
from riskq.report import DocumentFacts, compose
from tests.ai_law import cases, questionnaire
from tests.marks import some_quickly
from tests.web.answered import READY, TODAY, answered, whole_answers_of
from tests.web.browser import Browser, Sent


@pytest.mark.parametrize("case", some_quickly(cases(), 40))
def test_pages_ask_and_tell_what_the_engine_does_for_every_case(
    browser: Browser, case: str
) -> None:
    answers = whole_answers_of(case)
    browser.start()
    browser.answer_all(answers)
    assert browser.page.status == 200
    if browser.question:
        assert browser.question not in answers
    else:
        assert browser.page.path == browser.address("check")
    given = read_answers(questionnaire(), answers, TODAY)
    for language in LANGUAGES:
        page = browser.get(f"/{language}/a/{browser.id}/result")
        facts = DocumentFacts(browser.id.upper())
        told = compose(questionnaire(), given, TODAY, language, document=facts)
        assert " ".join(told.verdict.text.split()) in page.text
        assert all(scale.state_text in page.text for scale in told.scales)
        assert all(duty.title in page.text for duty in told.duties)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_walk_goes_in_each_language(app: Flask, language: str) -> None:
    browser = Browser(app, language)
    browser.start()
    browser.answer_all(whole_answers_of(READY))
    assert browser.page.path == f"/{language}/a/{browser.id}/check"
    assert browser.page.language == language
    assert browser.send().status == 200
    assert browser.page.path == f"/{language}/a/{browser.id}/result"


def test_the_question_is_the_heading_of_its_page(browser: Browser) -> None:
    page = browser.start()
    assert page.heading == "What is the system called?"
    assert "Question 1 of about" in page.text


def test_a_saved_answer_is_there_when_one_comes_back(browser: Browser) -> None:
    browser.start()
    browser.answer("Triage <b>&amp;")
    page = browser.open("q/system-name")
    assert dict(page.forms[0].fields)["answer"] == "Triage <b>&amp;"


def test_a_question_that_is_not_open_leads_to_the_next_one(browser: Browser) -> None:
    browser.start()
    browser.open("q/emergency")
    assert browser.question == "system-name"


def test_an_unknown_question_is_not_found(browser: Browser) -> None:
    browser.start()
    assert browser.open("q/no-such-question").status == 404


def test_an_answer_to_a_question_that_is_not_open_is_not_applied(browser: Browser) -> None:
    browser.start()
    token = dict(browser.page.forms[0].fields)["csrf_token"]
    sent: Sent = {"csrf_token": token, "seen": "0", "answer": "yes", "because": "Sirens fail."}
    page = browser.post(browser.address("q/emergency"), sent)
    assert page.status == 409
    assert "Sirens fail." in page.html
    assert '"answers": {},' in browser.open("data.json").html


def test_no_answer_is_told_at_the_field_and_above(browser: Browser) -> None:
    browser.start()
    page = browser.send()
    assert page.status == 422
    assert page.text.count("Write an answer.") == 2


def test_an_over_long_text_comes_back_with_what_is_wrong(browser: Browser) -> None:
    browser.start()
    page = browser.answer("я" * 201)
    assert page.status == 422
    assert "The text has 201 characters. Shorten it to at most 200." in page.text
    assert dict(page.forms[0].fields)["answer"] == "я" * 201


def test_a_tampered_option_is_refused(browser: Browser) -> None:
    answered(browser)
    browser.open("q/sector")
    page = browser.send(answer="moon")
    assert page.status == 422
    assert "This is not one of the options." in page.text


def test_none_of_these_and_something_else_is_refused_without_scripts(browser: Browser) -> None:
    answered(browser)
    browser.open("q/kazakhstan-link")
    page = browser.send(answer=["created-in-kz", "none"])
    assert page.status == 422
    assert "excludes the others" in page.text


def test_i_dont_know_and_something_else_is_refused_without_scripts(browser: Browser) -> None:
    answered(browser)
    browser.open("q/significant-harm")
    page = browser.send(answer=["users", "unsure"])
    assert page.status == 422
    assert "I don't know" in page.text


@pytest.mark.parametrize(
    ("typed", "kept"), [("2026-05-01", "1 May 2026"), ("1.5.2026", "1 May 2026")]
)
def test_a_day_may_be_written_as_people_write_it(browser: Browser, typed: str, kept: str) -> None:
    answered(browser)
    browser.open("q/risk-review?from=check")
    browser.send_with({"answer": typed, "answer-instead": ""})
    assert kept in browser.page.text


@pytest.mark.parametrize("typed", ["2027-01-01", "2026-02-30", "yesterday", ""])
def test_a_day_that_cannot_be_is_refused(browser: Browser, typed: str) -> None:
    answered(browser)
    browser.open("q/risk-review")
    assert browser.send_with({"answer": typed, "answer-instead": ""}).status == 422


def test_a_change_that_sets_answers_aside_is_told_first(browser: Browser) -> None:
    answered(browser)
    browser.open("q/model-based?from=overview")
    page = browser.answer("no")
    assert page.status == 422
    assert page.heading == "This change sets answers aside"
    assert "Nothing is saved yet." in page.text
    assert "What link does the system have to Kazakhstan?" in page.text
    assert "Yes" in browser.open("q/model-based").text


def test_it_is_saved_when_that_is_confirmed_and_nothing_is_lost(browser: Browser) -> None:
    answered(browser)
    browser.open("q/model-based?from=overview")
    browser.answer("no")
    browser.send(confirmed="yes")
    assert browser.page.path == browser.address()
    assert "Answers set aside" in browser.page.text
    browser.open("q/model-based?from=overview")
    browser.answer("yes")
    assert browser.page.path == browser.address()
    assert "Answers set aside" not in browser.page.text
    assert "Every question has an answer." in browser.page.text


def test_an_answer_changed_from_the_check_page_leads_back_to_it(browser: Browser) -> None:
    answered(browser)
    browser.open("q/organisation?from=check")
    assert browser.answer("Another").path == browser.address("check")


def test_a_change_that_opens_a_question_leads_to_it(browser: Browser) -> None:
    answered(browser, "office-assistant-user")
    browser.open("q/social-scoring?from=check")
    browser.answer("yes")
    assert browser.question == "social-scoring-by-law"


def test_only_known_pages_are_led_back_to(browser: Browser) -> None:
    answered(browser)
    browser.open("q/organisation?from=//evil.example")
    assert "evil.example" not in browser.page.html


def test_submitting_too_early_leads_to_the_next_question(browser: Browser) -> None:
    browser.start()
    token = dict(browser.page.forms[0].fields)["csrf_token"]
    browser.post(browser.address("submit"), {"csrf_token": token, "seen": "0"})
    assert browser.question == "system-name"


def test_submitting_twice_makes_one_revision(browser: Browser) -> None:
    answered(browser)
    page = browser.page
    browser.send()
    browser.page = page
    browser.send()
    assert browser.open("result/2").status == 404
    assert browser.open("result/1").status == 200


def test_what_was_submitted_stays_while_answers_change(browser: Browser) -> None:
    answered(browser)
    browser.send()
    browser.open("q/organisation?from=check")
    browser.answer("Another owner")
    page = browser.open("result")
    assert "Answers have changed since" in page.text
    assert "Another owner" not in page.text


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30])
def test_a_form_without_the_version_it_was_made_from_is_refused(
    browser: Browser, seen: str
) -> None:
    browser.start()
    page = browser.send(answer="Triage", seen=seen)
    assert page.status == 400
    assert "Triage" in page.html


def test_the_language_switch_keeps_the_place(browser: Browser) -> None:
    answered(browser)
    page = browser.open("q/sector?from=check")
    assert f"/kk/a/{browser.id}/q/sector?from=check" in page.links
    assert browser.get(f"/kk/a/{browser.id}/q/sector").language == "kk"


def test_a_scenario_stands_below_its_answer_and_is_no_part_of_it(browser: Browser) -> None:
    answered(browser)
    browser.open("q/emergency?from=overview")
    browser.answer({"answer": "no", "because": "Nobody is sent away."})
    for place in ("", "check"):
        html = browser.open(place).html
        assert '<p class="own-words">Nobody is sent away.</p></dd>' in html
        assert '<span class="part">«' not in html
