"""The letter of an invitation or a reminder, in the language of the screening, with its link."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

from flask import request, url_for
from msgspec import Struct

from riskq.i18n import words, write_day
from riskq.services import screenings
from riskq.store import Vendor
from riskq.web.state import state

__all__ = ["Letter", "link_of", "mail_of", "write_letter"]


class Letter(Struct, frozen=True):
    """A letter: to whom, about what, and its text."""

    to: str
    subject: str
    text: str


def link_of(of: screenings.Round, vendor: Vendor) -> str:
    """The address by which a vendor comes in; "" if its link was withdrawn or is over."""
    secret = screenings.working_secret(state().desk, state().settings.secret_key, vendor)
    if not secret:
        return ""
    origin = state().settings.origin or request.host_url.rstrip("/")
    return origin + url_for("invitation.look", secret=secret, language=of.screening.language)


def write_letter(of: screenings.Round, vendor: Vendor, *, reminds: bool) -> Letter:
    """The letter to a vendor."""
    screening = of.screening
    _ = words(screening.language, "web")
    named = {"workspace": of.seat.workspace.name, "title": screening.title}
    subject = (
        _("Reminder: “%(title)s”, %(workspace)s", **named)
        if reminds
        else _("Questions about your AI system: “%(title)s”, %(workspace)s", **named)
    )
    parts = [
        vendor.name,
        _(
            "%(workspace)s asks you to answer a questionnaire about your AI system: “%(title)s”."
            " No account is needed; your answers are saved as you go.",
            **named,
        ),
        screening.message,
        _("Your link, for you alone:") + f"\n{link_of(of, vendor)}",
    ]
    if screening.deadline is not None:
        day = write_day(screening.deadline, screening.language)
        parts.append(_("Please answer until %(day)s.", day=day))
    return Letter(vendor.email, subject, "\n\n".join(part for part in parts if part))


def mail_of(letter: Letter) -> bytes:
    """The letter as a file that mail programs open, unsent."""
    message = EmailMessage()
    if letter.to:
        message["To"] = letter.to
    message["Subject"] = letter.subject
    message["X-Unsent"] = "1"
    message.set_content(letter.text)
    return message.as_bytes(policy=SMTP)
