"""The history of one assessment, for whoever may open it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import request
from werkzeug.wrappers import Response

from riskq.store import book_of
from riskq.web.access import held_here, open_here
from riskq.web.locale import in_language, web_words
from riskq.web.pages import render
from riskq.web.state import state

if TYPE_CHECKING:
    from riskq.web.event_words import Line

__all__ = ["number_before", "older_than", "past"]

past = in_language("past")


def number_before() -> int | None:
    """Before which event a history is asked for; None for its end."""
    text = request.args.get("before", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def older_than(lines: Sequence[Line]) -> int | None:
    """The event before which there are older ones; None if there are none."""
    return lines[-1].number if lines and lines[-1].number > 1 else None


@past.get("/a/<assessment>/history")
def of_assessment(assessment: str) -> Response:
    """Tell every change of an answer, the newest first."""
    from riskq.services import tell
    from riskq.web.event_words import line_of_assessment, without_names

    opened, before = open_here(assessment), number_before()
    told = tell(state().desk, book_of(assessment), before, opened)
    if held_here() is None:
        told = tuple(map(without_names, told))
    lines = [line_of_assessment(one, opened.questionnaire, web_words()) for one in told]
    return render(
        "history.html",
        opened=opened,
        lines=lines,
        older=older_than(lines),
        is_newest=before is None,
    )
