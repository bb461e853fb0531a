"""Saves one answer, and asks the person whenever saving it would not be what they expect.

Three things can stand between an answer and the store: it would set other answers aside, somebody
else (or another tab) was first, or the question is not asked any more. Each gets a page that still
holds what was typed; nothing is saved before the person has decided.
"""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from riskq.engine import Answer
from riskq.services import (
    AnswerChangedError,
    NotAskedError,
    Opened,
    Saving,
    WouldSetAsideError,
    save_answer,
)
from riskq.web.access import actor_here
from riskq.web.addresses import overview_address, question_address
from riskq.web.answer_words import answer_in_words
from riskq.web.locale import language
from riskq.web.outline import set_aside_rows
from riskq.web.pages import render
from riskq.web.state import state
from riskq.web.typed import kept_texts, typed_pairs

__all__ = ["save", "show_not_asked"]


def save(opened: Opened, name: str, answer: Answer, seen: int) -> Opened | Response:
    """Save and give the new state, or the page on which the person decides."""
    saving = Saving(seen, request.form.get("confirmed") == "yes", actor_here())
    try:
        return save_answer(state().desk, opened, name, answer, saving)
    except WouldSetAsideError as error:
        return _would_set_aside(error, name, answer)
    except AnswerChangedError as error:
        return _changed(error, name, answer)
    except NotAskedError:
        return show_not_asked(opened, name)


def _would_set_aside(error: WouldSetAsideError, name: str, answer: Answer) -> Response:
    opened = error.opened
    return render(
        "set_aside.html",
        422,
        ask=opened.questionnaire.prose[language()].questions[name].ask,
        mine=_in_words(opened, name, answer),
        rows=set_aside_rows(opened, language(), error.names),
        pairs=typed_pairs(),
        here=_address(opened, name),
    )


def _changed(error: AnswerChangedError, name: str, answer: Answer) -> Response:
    opened = error.opened
    version = str(opened.versions.get(name, 0))
    return render(
        "conflict.html",
        409,
        ask=opened.questionnaire.prose[language()].questions[name].ask,
        mine=_in_words(opened, name, answer),
        theirs=None if error.current is None else _in_words(opened, name, error.current),
        pairs=[(key, version if key == "seen" else value) for key, value in typed_pairs()],
        here=_address(opened, name),
        way_on=url_for("walk.go_on", assessment=opened.record.id),
    )


def show_not_asked(opened: Opened, name: str) -> Response:
    """Say that the question is not asked now, with what was typed."""
    asks = opened.questionnaire.prose[language()].questions
    return render(
        "not_asked.html",
        409,
        ask=asks[name].ask,
        kept=kept_texts(),
        way_on=url_for("walk.go_on", assessment=opened.record.id),
        overview=overview_address(opened.record.id),
    )


def _address(opened: Opened, name: str) -> str:
    return question_address(opened.record.id, name)


def _in_words(opened: Opened, name: str, answer: Answer) -> str:
    words = answer_in_words(opened.questionnaire, name, answer, language())
    text = words if isinstance(words, str) else ", ".join(words)
    return f"{text}\n\n{answer.because}" if answer.because else text
