"""Letters of a screening by the mail server that is set: to one vendor, or to all whom it concerns.

Nothing is sent here: letters are put into the outbox, and a worker is told.
"""

from __future__ import annotations

from datetime import timedelta

from flask import abort, flash, redirect, request
from werkzeug.wrappers import Response

from riskq.services import letters, screenings, workspaces
from riskq.store import Vendor, VendorLine, Wanted
from riskq.web.letter_words import LetterLine, line_of_letter
from riskq.web.locale import web_words
from riskq.web.screenings.letters import link_of, write_letter
from riskq.web.screenings.words import address_in, scale_of
from riskq.web.state import state
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["lines_of_vendors", "sending"]

sending = WorkspacePages("sending")

_DONE = frozenset({"submitted", "accepted"})
_REST = timedelta(hours=24)
"""How long somebody who was reminded is left alone by "Remind everybody"."""


def _refuse_without_mail() -> None:
    if state().settings.mail is None:
        abort(404)


def lines_of_vendors(of: screenings.Round) -> dict[str, LetterLine]:
    """What became of the newest letter to each vendor, by their ids."""
    _ = web_words()
    found = letters.newest_letters(state().desk, of.screening.id)
    return {vendor: line_of_letter(standing, _) for vendor, standing in found.items()}


def _queue(of: screenings.Round, vendors: list[Vendor], *, reminds: bool) -> None:
    seat = of.seat
    kind, book = "reminder" if reminds else "invitation", workspaces.book_of(seat.workspace.id)
    queued = []
    for vendor in vendors:
        written = write_letter(of, vendor, reminds=reminds)
        letter = letters.Letter(written.to, seat.user.email, written.subject, written.text)
        queued.append(letters.NewLetter(book, vendor.id, kind, vendor.name, letter))
    secret = state().settings.secret_key
    if letters.queue_letters(state().desk, secret, queued, seat.user.id):
        state().announce_letters()


@sending.post("/screenings/<screening>/vendors/<vendor>/send", Right.EDIT)
def to_vendor(seat: Seat, screening: str, vendor: str) -> Response:
    """Send the invitation, or a reminder, to one vendor."""
    _refuse_without_mail()
    of = screenings.find_screening(state().desk, seat, screening)
    found = screenings.find_vendor(state().desk, of, vendor)
    if found.email and link_of(of, found) and not of.is_closed:
        _queue(of, [found], reminds=request.form.get("kind") == "reminder")
    return redirect(address_in(of, "vendor.page", vendor=vendor), 303)


@sending.post("/screenings/<screening>/links/send", Right.EDIT)
def to_all(seat: Seat, screening: str) -> Response:
    """Send the invitation to all who had none, or a reminder to all who have not submitted."""
    _refuse_without_mail()
    of = screenings.find_screening(state().desk, seat, screening)
    reminds = request.form.get("kind") == "reminder"
    concerned = [] if of.is_closed else _concerned(of, reminds=reminds)
    _queue(of, concerned, reminds=reminds)
    flash(str(len(concerned)), "letters")
    return redirect(address_in(of, "inviting.links"), 303)


def _concerned(of: screenings.Round, *, reminds: bool) -> list[Vendor]:
    """The vendors who get a letter now; whoever has one under way gets no second one."""
    desk = state().desk
    wanted = Wanted(scale_of(of.questionnaire).id, most=screenings.MOST_VENDORS)
    lines = screenings.list_vendors(desk, of, wanted).lines
    vendors = screenings.vendors_of(desk, of)
    standing = letters.newest_letters(desk, of.screening.id)
    wants = _wants_reminder if reminds else _wants_invitation
    return [
        vendors[line.id]
        for line in lines
        if line.email
        and wants(line, vendors[line.id], standing.get(line.id))
        and link_of(of, vendors[line.id])
    ]


def _wants_invitation(line: VendorLine, _: Vendor, last: letters.Standing | None) -> bool:
    return line.state not in _DONE and (last is None or last.state == "failed")


def _wants_reminder(line: VendorLine, vendor: Vendor, last: letters.Standing | None) -> bool:
    now = state().desk.clock()
    rests = vendor.reminded_at is not None and now - vendor.reminded_at < _REST
    return line.state not in _DONE and not rests and (last is None or last.state != "queued")
