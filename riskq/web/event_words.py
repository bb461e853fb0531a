"""The events of a history in the words of the page: who did what, and what it was before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from riskq.clock import local_time
from riskq.engine import AnswerFault, read_answer
from riskq.i18n import Words
from riskq.questionnaire import Questionnaire
from riskq.services import Told
from riskq.web.answer_words import answer_in_words

__all__ = ["Line", "line_of", "line_of_assessment", "role_names", "without_names"]


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
    detail = {name: _word(told.action, name, value, _) for name, value in told.detail.items()}
    about = detail.get("email") or detail.get("title") or ""
    if told.action in _ABOUT_MEMBERS and told.subject != told.actor:
        # Of an account that was deleted, the book knows no more than an id.
        about = told.subject if told.is_named else _("Somebody who left")
    what = _actions(_).get(told.action, told.action)
    new = detail.get("new") or detail.get("role") or detail.get("kind") or ""
    said = f"{what}: {about}" if about else what
    return Line(told.number, local_time(told.at), _actor(told, _), said, detail.get("old", ""), new)


_AS_TYPED = frozenset({"workspace-renamed", "assessment-retitled", "assessment-assigned"})
_AS_TYPED |= {"assessment-claimed", "assessment-copied", "assessment-tagged", "client-renamed"}
_AS_TYPED |= {"brand-changed"}
_WITHOUT_NAMES = frozenset({"operator", "holder", "buyer", "service"})
_ABOUT_FILES = frozenset({"evidence-added", "evidence-removed"})
_ABOUT_MEMBERS = frozenset({"role-changed", "member-removed", "member-joined"})


def line_of_assessment(told: Told, questionnaire: Questionnaire, _: Words) -> Line:
    """An event of an assessment; questions and options by their words."""
    what, old, new = _actions(_).get(told.action, told.action), "", ""
    if told.action == "answer":
        what = _ask_of(told.subject, questionnaire, _)
        old = _answer(told, "old", questionnaire, _)
        new = _answer(told, "new", questionnaire, _)
    elif told.action == "edition":
        old, new = str(told.detail.get("old", "")), str(told.detail.get("new", ""))
    elif told.action == "evidence-refused":
        what, new = f"{what}: {_ask_of(told.subject, questionnaire, _)}", str(told.detail["name"])
    elif told.action in _ABOUT_FILES:
        what = f"{what}: {_ask_of(told.subject, questionnaire, _)}"
        file = f"{told.detail.get('name', '')} · SHA-256 {str(told.detail.get('sha256', ''))[:16]}…"
        old, new = ("", file) if told.action == "evidence-added" else (file, "")
    elif told.action == "submitted":
        what = f"{what} {told.subject}"
    return Line(told.number, local_time(told.at), _actor(told, _), what, old, new)


def _ask_of(name: str, questionnaire: Questionnaire, _: Words) -> str:
    """A question in words; its id where the edition does not know it."""
    question = questionnaire.prose[_.language].questions.get(name)
    return name if question is None else question.ask


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


def without_names(told: Told) -> Told:
    """An event for whoever came by a private link: members of the buyer's are not named there.

    Nor is it told there who of them has deleted the account.
    """
    is_buyer = told.is_member or told.actor not in _WITHOUT_NAMES
    return replace(told, actor="buyer", is_member=False) if is_buyer else told


def _actor(told: Told, _: Words) -> str:
    if told.is_member:
        return told.actor
    own = {
        "operator": _("Whoever runs this service"),
        "holder": _("Whoever has the link"),
        "buyer": _("The buyer"),
        "service": _("This service"),
    }
    return own.get(told.actor, _("Somebody who left"))


def _word(action: str, name: str, value: object, _: Words) -> str:
    """A value of a detail in words: roles, decisions, letters; of a review its comment.

    What people typed stays as it is, also where a client is called "owner".
    """
    if isinstance(value, Mapping):
        return str(value.get("comment", ""))
    text = "" if value is None else str(value)
    if name == "kind":
        return _("Reminder") if text == "reminder" else _("Invitation")
    named = {**role_names(_), "accepted": _("Accepted"), "returned": _("Returned")}
    is_named = name in ("role", "old", "new") and action not in _AS_TYPED
    return named.get(text, text) if is_named else text


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
        **_about_clients(_),
        **_about_vendors(_),
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
        "token-made": _("Made a token"),
        "token-revoked": _("Revoked a token"),
        "hook-added": _("Added a webhook"),
        "hook-removed": _("Removed a webhook"),
        "assessment-started": _("Began with answers given before"),
        "edition": _("Moved to another edition"),
        "evidence-added": _("Attached a file"),
        "evidence-removed": _("Removed a file"),
        "evidence-refused": _("Gave a file that was refused"),
        "list-refused": _("Gave a list of vendors that was refused"),
        "token-refused": _("Refused a token that is over"),
        "submitted": _("Submitted the answers as revision"),
    }


def _about_clients(_: Words) -> Mapping[str, str]:
    return {
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
    }


def _about_vendors(_: Words) -> Mapping[str, str]:
    return {
        "report-taken-in": _("Took in a report of a vendor"),
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
    }
