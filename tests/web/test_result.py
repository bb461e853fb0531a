"""The result page: what it says of a conclusion, and what it leaves unsaid."""

from __future__ import annotations

import pytest
from flask import Flask

from riskq.i18n import LANGUAGES, words
from tests.web.answered import answered
from tests.web.browser import Browser

LEAD = (
    "The conclusion rests on such answers: sometimes one of them decides alone, sometimes two "
    "together. Were things otherwise in fact, the conclusion would be otherwise too. Do not "
    "choose an answer with an eye to the conclusion: only a true answer is of use."
)
HEADING = "What the conclusion hangs on"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_conclusion_says_that_it_rests_on_answers_only_where_something_is_settled(
    app: Flask, language: str
) -> None:
    lead = words(language, "report")(LEAD)
    browser = Browser(app, language)
    browser.start()
    page = browser.open("result")
    assert words(language, "web")(HEADING) in page.text
    assert lead not in page.text
    answered(browser)
    assert lead in browser.open("result").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_other_answer_is_named_without_saying_that_it_would_have_to_be_so(
    app: Flask, language: str
) -> None:
    say = words(language, "report")
    page = answered(Browser(app, language), "hospital-triage-no-audit").open("result")
    asked = page.html.count('class="change-answer"')
    hypothetical = {"kk": "іс жүзінде", "ru": "если бы на деле было", "en": "if it were in fact"}
    assert asked
    assert page.text.count(hypothetical[language]) >= asked
    heading = "What could be changed in the system itself or in how it is run (not in the answers):"
    assert say(heading) in page.text
