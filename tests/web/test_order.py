"""No step is skipped: at every point of a walk, a question that is not open opens for nobody."""

from __future__ import annotations

from flask import Flask

from riskq.services import resume
from riskq.web.state import state
from tests.ai_law import questionnaire
from tests.web.answered import READY, whole_answers_of
from tests.web.browser import Browser
from tests.web.test_private import private_link


def open_questions(app: Flask, secret: str) -> set[str]:
    """The questions that the journey asks at this point, answered or not."""
    with app.app_context():
        journey = resume(state().desk, secret).journey
    return {*journey.asked, *([journey.next] if journey.next else [])}


def test_at_every_point_a_question_that_is_not_open_leads_on_and_takes_nothing(app: Flask) -> None:
    browser, answers, tried = Browser(app), whole_answers_of(READY), 0
    browser.start()
    secret = private_link(browser).rpartition("/")[2]
    browser.open("next")
    names, step = [question.id for question in questionnaire().questions], 0
    while browser.question:
        token = dict(browser.page.forms[0].fields)["csrf_token"]
        closed = set(names) - open_questions(app, secret)
        before = browser.client.get(browser.address("data.json")).data
        # Others at each point, so that each is tried often and the walk stays short.
        for name in [one for one in names if one in closed][step % 2 :: 2]:
            options = questionnaire().by_id[name].options
            sent = {"csrf_token": token, "seen": "0", "answer": options[0].id if options else "x"}
            address = browser.address(f"q/{name}")
            assert browser.client.get(address).status_code == 303, name
            assert browser.client.post(address, data=sent).status_code in (303, 409), name
            tried += 1
        submitted = browser.client.post(
            browser.address("submit"), data={"csrf_token": token, "seen": str(step)}
        )
        assert submitted.status_code in (303, 409)
        assert browser.client.get(browser.address("data.json")).data == before
        browser.answer(answers[browser.question])
        step += 1
    assert step > 20
    assert tried > 100, tried
