"""Letters about accounts in words, and what became of a letter as the pages say it.

The letters are written without a request, so that the command line can write them, too.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from riskq.clock import local_time
from riskq.i18n import Words, words
from riskq.services import letters

__all__ = ["LetterLine", "line_of_letter", "member_letter", "password_letter"]


class LetterLine(Struct, frozen=True):
    """What became of a letter: what it is, how it stands, since when, and why it is in vain."""

    kind: str
    state: str
    day: date
    why: str


def line_of_letter(standing: letters.Standing, _: Words) -> LetterLine:
    """A letter on a page."""
    kinds = {"reminder": _("Reminder")}
    kind = kinds.get(standing.kind, _("Invitation"))
    why = _reasons(_).get(standing.reason, "") if standing.reason else ""
    return LetterLine(kind, standing.state, local_time(standing.at).date(), why)


def _reasons(_: Words) -> dict[str, str]:
    return {
        "address": _("the mail server does not know the address"),
        "refused": _("the mail server does not take the letter"),
        "login": _("the mail server does not let this service in"),
        "tls": _("the way to the mail server is not safe"),
        "connection": _("the mail server cannot be reached"),
        "unreadable": _("the service has another secret than when the letter was written"),
        "crashed": _("the service was interrupted while it was sending"),
    }


def member_letter(to: str, workspace: str, link: str, language: str) -> letters.Letter:
    """The letter with the link of an invitation into a workspace."""
    _ = words(language, "web")
    parts = (
        _(
            "You are invited to the workspace “%(name)s”, for assessments of AI systems.",
            name=workspace,
        ),
        _("Your link, for you alone:") + f"\n{link}",
        _("It works for a week, and once."),
    )
    subject = _("Invitation to the workspace “%(name)s”", name=workspace)
    return letters.Letter(to, "", subject, "\n\n".join(parts))


def password_letter(to: str, link: str, language: str) -> letters.Letter:
    """The letter with the link by which somebody sets a password."""
    _ = words(language, "web")
    parts = (
        _("By this link you set a password for your account:") + f"\n{link}",
        _("It works for two days, and once. If you did not ask for it, do nothing."),
    )
    return letters.Letter(to, "", _("Your password"), "\n\n".join(parts))
