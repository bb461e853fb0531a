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
    detail = {name: _word(name, value, _) for name, value in told.detail.items()}
    about = detail.get("email") or detail.get("title") or ""
    if told.action in _ABOUT_MEMBERS and told.subject != told.actor:
        about = told.subject
    what = _actions(_).get(told.action, told.action)
    new = detail.get("new") or detail.get("role") or detail.get("kind") or ""
    said = f"{what}: {about}" if about else what
    return Line(told.number, local_time(told.at), _actor(told, _), said, detail.get("old", ""), new)


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
    own = {
        "operator": _("Whoever runs this service"),
        "holder": _("Whoever has the link"),
        "service": _("This service"),
    }
    return own.get(told.actor, _("Somebody who left"))


def _word(name: str, value: object, _: Words) -> str:
    """A value of a detail; roles, decisions and letters by their names, of a review its comment."""
    if isinstance(value, Mapping):
        return str(value.get("comment", ""))
    text = "" if value is None else str(value)
    if name == "kind":
        return _("Reminder") if text == "reminder" else _("Invitation")
    named = {**role_names(_), "accepted": _("Accepted"), "returned": _("Returned")}
    return named.get(text, text) if name in ("role", "old", "new") else text


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
        "assessment-deleted": _("Deleted an assessment"),
        "screening-begun": _("Began a screening"),
        "screening-changed": _("Changed a screening"),
        "screening-closed": _("Closed a screening"),
        "screening-opened": _("Opened a screening again"),
        "vendor-invited": _("Invited a vendor"),
        "vendor-opened": _("Opened the invitation"),
        "vendor-reminded": _("Reminded a vendor"),
        "letter-queued": _("Had a letter sent"),
        "letter-sent": _("Sent the letter"),
        "letter-failed": _("Could not send the letter"),
        "vendor-removed": _("Removed a vendor"),
        "link-renewed": _("Made a new link for a vendor"),
        "link-withdrawn": _("Withdrew the link of a vendor"),
        "answer-reviewed": _("Reviewed an answer of a vendor"),
        "clarification-asked": _("Asked a vendor to clarify"),
        "vendor-decided": _("Decided about a vendor"),
        "assessment-started": _("Began with answers given before"),
        "edition": _("Moved to another edition"),
        "submitted": _("Submitted the answers as revision"),
    }
