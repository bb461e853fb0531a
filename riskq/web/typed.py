"""What was typed into the form of the present request, so that no page ever loses it.

A page that cannot save what was sent shows it again, to copy, and in a form to send once more.
"""

from __future__ import annotations

from flask import g, request
from msgspec import Struct
from werkzeug.exceptions import HTTPException

from riskq.services import Opened
from riskq.web.form_tokens import CSRF_FIELD
from riskq.web.forms import ANSWER, BECAUSE, INSTEAD
from riskq.web.locale import language

__all__ = ["Kept", "kept_texts", "typed_pairs"]

_OURS = frozenset({CSRF_FIELD, "confirmed"})


class Kept(Struct, frozen=True):
    """One thing that was typed or chosen: the name of its field, and its words."""

    field: str
    text: str
    is_long: bool


def typed_pairs() -> list[tuple[str, str]]:
    """All fields of the form as sent, without the token; none where the body cannot be read."""
    try:
        sent = list(request.form.items(multi=True))
    except HTTPException:
        return []
    return [(name, value) for name, value in sent if name not in _OURS]


def kept_texts() -> list[Kept]:
    """The answers in the form as sent, in words where the question is known."""
    kept = []
    for name, value in typed_pairs():
        if name in (ANSWER, INSTEAD, BECAUSE) and value:
            text = _label(value) if name != BECAUSE else value
            kept.append(Kept(name, text, name == BECAUSE or len(text) > 60))
    return kept


def _label(value: str) -> str:
    """The label of an option, if that is what was sent."""
    opened: Opened | None = g.get("opened")
    question = (request.view_args or {}).get("name", "")
    if opened is None or question not in opened.questionnaire.by_id:
        return value
    if value not in opened.questionnaire.by_id[question].accepts:
        return value
    return opened.questionnaire.prose[language()].option(question, value).label
