"""What changed between two states of an assessment: answers side by side, levels, duties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from msgspec import Struct
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from riskq import services
from riskq.report import ChangeOfReport, report_changes
from riskq.services import Opened, find_revision, list_revisions
from riskq.web.access import open_here
from riskq.web.answer_words import answer_in_words
from riskq.web.locale import in_language, language
from riskq.web.pages import render
from riskq.web.state import state

if TYPE_CHECKING:
    from riskq.services import State

__all__ = ["changes"]

changes = in_language("changes")

_NOW = "now"
_LONGEST = 6


class Told(Struct, frozen=True):
    """An answer in words, which may be a list; empty if there is none.

    ``own_words`` support it; ``counts`` is false for one that is set aside.
    """

    answer: str | list[str]
    own_words: str
    counts: bool


class Pair(Struct, frozen=True):
    """A question with its answers in both states."""

    ask: str
    old: Told
    new: Told


@changes.get("/a/<assessment>/changes")
def of_assessment(assessment: str) -> Response:
    """Show two states side by side; without a revision there is nothing to compare."""
    opened = open_here(assessment)
    newest = find_revision(state().desk, opened)
    if newest is None:
        return render("changes.html", opened=opened, old=None)
    last = newest.record.number
    before, after = (max(1, last - 1), str(last)) if newest.is_current else (last, _NOW)
    old = _state_asked(opened, "old", str(before))
    new = _state_asked(opened, "new", after)
    told = report_changes(old.report, new.report)
    levels = {scale.id: scale.state_text for scale in old.report.scales}
    return render(
        "changes.html",
        opened=opened,
        revisions=list_revisions(state().desk, opened),
        old=old,
        new=new,
        pairs=[_pair(name, old, new) for name in services.changed_questions(old, new)],
        scales=[
            ChangeOfReport(scale.title, levels.get(scale.id, ""), scale.state_text, "scale")
            for scale in new.report.scales
        ],
        others=[change for change in told if change.sort != "scale"],
    )


def _state_asked(opened: Opened, name: str, otherwise: str) -> State:
    """One of the two states, by what the address says or leaves to us."""
    text = request.args.get(name, otherwise)
    if text != _NOW and not (text.isascii() and text.isdigit() and len(text) <= _LONGEST):
        raise NotFound
    number = None if text == _NOW else int(text)
    found = services.state_of(state().desk, opened, number, language())
    if found is None:
        raise NotFound
    return found


def _pair(name: str, old: State, new: State) -> Pair:
    known = new if name in new.questionnaire.by_id else old
    ask = known.questionnaire.prose[language()].questions[name].ask
    return Pair(ask, _told(name, old), _told(name, new))


def _told(name: str, side: State) -> Told:
    answer = side.answers.get(name)
    if answer is None:
        return Told("", "", counts=True)
    words = answer_in_words(side.questionnaire, name, answer, language())
    return Told(words, answer.because, name in side.counted)
