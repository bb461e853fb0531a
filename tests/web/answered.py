"""Browsers with an assessment that is answered already, without a walk through its questions."""

from __future__ import annotations

from datetime import date

from riskq.engine import read_answers
from riskq.services import start
from riskq.web.state import state
from tests.ai_law import NAME, answers_of
from tests.web.browser import Browser

__all__ = ["READY", "TODAY", "answered", "whole_answers_of"]

TODAY = date(2026, 11, 9)
READY = "hospital-triage-ready"


def whole_answers_of(case: str) -> dict[str, object]:
    """The answers of a case as a file has them, with texts where the case leaves them out."""
    texts = {"system-name": "Triage", "system-purpose": "Sorts calls.", "organisation": "ТОО «Ә»"}
    return {**texts, **answers_of(case)}


def answered(browser: Browser, case: str = READY) -> Browser:
    """A browser at the end of an assessment with everything that a case answers."""
    with browser.client.application.app_context():
        desk = state().desk
    loaded = desk.catalogue.load(NAME, desk.catalogue.in_force(NAME, desk.today()))
    answers = read_answers(loaded, whole_answers_of(case), desk.today())
    started = start(desk, NAME, browser.language, answers)
    browser.get(f"/{browser.language}/r/{started.secret}")
    browser.id = started.id
    browser.open("check")
    return browser
