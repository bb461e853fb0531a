"""Two states of an assessment side by side, as whoever may open it sees them."""

from __future__ import annotations

import pytest
from flask import Flask

from riskq.engine import read_answers
from riskq.i18n import LANGUAGES
from riskq.services import Desk, Saving, Started, open_assessment, save_answer, start, submit
from tests.ai_law import EDITION, NAME, answers_of, questionnaire
from tests.web.browser import Browser

OWN_WORDS = "Nurses go on by hand."


class Holder(Browser):
    """The browser of a holder, who also changes the assessment behind its back."""

    def __init__(self, app: Flask, desk: Desk, started: Started) -> None:
        super().__init__(app)
        self.desk, self.id, self.secret = desk, started.id, started.secret
        self.get(f"/en/r/{started.secret}")

    def change(self, name: str, value: object) -> None:
        """Save one answer, whatever it sets aside."""
        opened = open_assessment(self.desk, self.id, self.secret)
        answer = read_answers(questionnaire(), {name: value}, EDITION.max)[name]
        saving = Saving(opened.versions.get(name, 0), confirmed=True)
        save_answer(self.desk, opened, name, answer, saving)

    def freeze(self) -> None:
        """Submit the answers."""
        opened = open_assessment(self.desk, self.id, self.secret)
        submit(self.desk, opened, seen=opened.record.sequence, language="en")


@pytest.fixture
def browser(app: Flask, desk: Desk) -> Holder:
    """The browser of a holder whose assessment has one revision."""
    answers = read_answers(questionnaire(), answers_of("hospital-triage-ready"), EDITION.max)
    browser = Holder(app, desk, start(desk, NAME, "en", answers))
    browser.freeze()
    return browser


def test_without_a_revision_there_is_nothing_to_compare(app: Flask) -> None:
    browser = Browser(app)
    browser.start()
    page = browser.open("changes")
    assert "no revision yet" in page.text


def test_a_revision_is_the_same_as_itself(browser: Holder) -> None:
    page = browser.open("changes")
    assert page.status == 200
    assert "all answers are the same" in page.text
    assert "Duties, warnings and conditions are the same" in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_levels_answers_and_duties_stand_side_by_side(browser: Holder, language: str) -> None:
    changed = {"emergency": "no", "significant-harm": ["none"]}
    for name, value in changed.items():
        given = {"answer": value, "because": OWN_WORDS} if name == "emergency" else value
        browser.change(name, given)
    page = browser.get(f"/{language}/a/{browser.id}/changes")
    assert (page.status, page.language) == (200, language)
    prose = questionnaire().prose[language]
    for name in changed:
        assert prose.questions[name].ask in page.text
    assert OWN_WORDS in page.text
    assert prose.option("emergency", "no").label in page.text
    assert prose.scales["risk"].levels["high"].label in page.text
    assert page.html.count('class="sides"') >= 3


def test_any_two_states_are_compared_in_either_direction(browser: Holder) -> None:
    browser.change("system-name", "Triage two")
    assert "Present state" in browser.open("changes").text
    browser.freeze()
    browser.change("system-name", "Triage three")
    for query, names in (
        ("?old=1&new=2", ["Triage two"]),
        ("?old=2&new=1", ["Triage two"]),
        ("?old=2&new=now", ["Triage two", "Triage three"]),
        ("?old=now&new=now", []),
    ):
        page = browser.open(f"changes{query}")
        assert [name for name in ("Triage two", "Triage three") if name in page.text] == names
    for query in ("?old=3", "?old=x", "?new=0", "?new=99999999", "?old=-1"):
        assert browser.open(f"changes{query}").status == 404


def test_an_answer_that_was_set_aside_is_said_to_be(browser: Holder) -> None:
    browser.change("training", "no")
    page = browser.open("changes")
    assert "set aside, not counted" in page.text
    assert questionnaire().prose["en"].questions["works-used"].ask in page.text
