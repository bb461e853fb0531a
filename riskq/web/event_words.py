"""The events of a history in the words of the page: who did what, and what it was before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from riskq.clock import local_time
from riskq.engine import AnswerFault, read_answer
from riskq.i18n import Words
from riskq.questionnaire import Questionnaire
from riskq.services import Told
from riskq.web.answer_words import answer_in_words

__all__ = ["Line", "line_of", "line_of_assessment", "role_names"]


class Line(Struct, frozen=True):
    """One event: its number, when, who, what, and what it was before and after."""

    number: int
    at: datetime
    actor: str
    what: str
    old: str
    new: str


def line_of(told: Told, _: Words) -> Line:
    """An event of a workspace."""
    detail = {name: str(value) for name, value in told.detail.items()}
    if told.action in _ABOUT_ROLES:
        detail = {name: role_names(_).get(text, text) for name, text in detail.items()}
    about = detail.get("email") or detail.get("title") or ""
    if told.action in _ABOUT_MEMBERS and told.subject != told.actor:
        about = told.subject
    what = _actions(_).get(told.action, told.action)
    new = detail.get("new") or detail.get("role") or ""
    said = f"{what}: {about}" if about else what
    return Line(told.number, local_time(told.at), _actor(told, _), said, detail.get("old", ""), new)


_ABOUT_ROLES = frozenset({"role-changed", "member-invited", "member-joined", "member-removed"})
_ABOUT_ROLES |= {"member-left"}
_ABOUT_MEMBERS = frozenset({"role-changed", "member-removed", "member-joined"})


def line_of_assessment(told: Told, questionnaire: Questionnaire, _: Words) -> Line:
    """An event of an assessment; questions and options by their words."""
    what, old, new = _actions(_).get(told.action, told.action), "", ""
    if told.action == "answer":
        question = questionnaire.prose[_.language].questions.get(told.subject)
        what = told.subject if question is None else question.ask
        old = _answer(told, "old", questionnaire, _)
        new = _answer(told, "new", questionnaire, _)
    elif told.action == "edition":
        old, new = str(told.detail.get("old", "")), str(told.detail.get("new", ""))
    elif told.action == "submitted":
        what = f"{what} {told.subject}"
    return Line(told.number, local_time(told.at), _actor(told, _), what, old, new)


def _answer(told: Told, when: str, questionnaire: Questionnaire, _: Words) -> str:
    """An answer as people read it; as it is stored, where the edition does not know it."""
    said = told.detail.get(when)
    if not isinstance(said, Mapping):
        return ""
    value, because = str(said.get("answer", "")), str(said.get("because", ""))
    words: str | list[str] = value
    question = questionnaire.by_id.get(told.subject)
    if question is not None:
        try:
            answer = read_answer(question, json.loads(value), told.at.date().max)
        except (AnswerFault, ValueError):
            words = value
        else:
            given = answer_in_words(questionnaire, told.subject, answer, _.language)
            words = given if isinstance(given, str) else list(given)
    text = words if isinstance(words, str) else ", ".join(words)
    return f"{text} · {because}" if because else text


def _actor(told: Told, _: Words) -> str:
    if told.is_member:
        return told.actor
    own = {"operator": _("Whoever runs this service"), "holder": _("Holder of the private link")}
    return own.get(told.actor, _("Somebody who left"))


def role_names(_: Words) -> Mapping[str, str]:
    """What each role is called."""
    return {
        "owner": _("Administrator"),
        "editor": _("Editor"),
        "reviewer": _("Reviewer"),
        "reader": _("Reader"),
    }


def _actions(_: Words) -> Mapping[str, str]:
    return {
        "workspace-founded": _("Founded the workspace"),
        "workspace-renamed": _("Renamed the workspace"),
        "member-invited": _("Sent an invitation"),
        "invitation-withdrawn": _("Withdrew the invitation"),
        "member-joined": _("Joined"),
        "role-changed": _("Changed the role"),
        "member-removed": _("Removed from the workspace"),
        "member-left": _("Left the workspace"),
        "assessment-claimed": _("Took in an assessment"),
        "assessment-retitled": _("Renamed an assessment"),
        "assessment-assigned": _("Changed the client of an assessment"),
        "assessment-tagged": _("Changed the tags of an assessment"),
        "assessment-copied": _("Copied an assessment as the start of another"),
        "assessment-note": _("Changed the private note of an assessment"),
        "review-set": _("Changed the review date of an assessment"),
        "calendar-made": _("Made a calendar address for themselves"),
        "calendar-ended": _("Ended their calendar address"),
        "brand-changed": _("Changed the name and logo on reports"),
        "reports-taken": _("Had reports made, as many as"),
        "client-added": _("Added a client"),
        "client-renamed": _("Renamed a client"),
        "client-note": _("Changed the private note of a client"),
        "client-removed": _("Deleted a client"),
        "assessment-deleted": _("Deleted an assessment"),
        "assessment-started": _("Began with answers given before"),
        "edition": _("Moved to another edition"),
        "submitted": _("Submitted the answers as revision"),
    }
