"""What a vendor's pages say of the screening: for whom, until when, what is asked again."""

from __future__ import annotations

from msgspec import Struct
from werkzeug.wrappers import Response

from riskq.services import Opened, screenings
from riskq.web.answer_words import answer_in_words
from riskq.web.locale import language
from riskq.web.pages import render
from riskq.web.state import state

__all__ = ["Handed", "handed_of", "show_locked"]


class Handed(Struct, frozen=True):
    """How an assessment of a screening stands; ``asked`` are questions with the buyer's comments.

    ``reason`` is why the answers were returned, "" if they were not.
    """

    invitation: screenings.Invitation
    asked: tuple[tuple[str, str, str], ...]
    is_locked: bool
    reason: str


def handed_of(opened: Opened) -> Handed | None:
    """How an assessment of a screening stands; None for every other."""
    if opened.record.open_to is None:
        return None
    found = screenings.find_by_assessment(state().desk, opened)
    if found is None:
        return None
    asks = opened.questionnaire.prose[language()].questions
    open_to = (opened.record.open_to or "").split()
    comments = {review.question: review.comment for review in found.reviews}
    asked = tuple(
        (name, asks[name].ask, comments.get(name, "")) for name in open_to if name in asks
    )
    is_returned = found.vendor.decision == "returned" and opened.record.open_to == "*"
    return Handed(found, asked, opened.is_locked, found.vendor.reason if is_returned else "")


def show_locked(opened: Opened, name: str) -> Response:
    """The page of a question whose answer lies with the buyer."""
    answer = opened.answers.get(name)
    words = (
        "" if answer is None else answer_in_words(opened.questionnaire, name, answer, language())
    )
    return render(
        "locked.html",
        opened=opened,
        handed=handed_of(opened),
        question=opened.questionnaire.prose[language()].questions[name],
        answer=words,
        because="" if answer is None else answer.because,
    )
