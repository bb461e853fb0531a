"""Browsers in which people are signed in, and workspaces with a member of every role."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from flask import Flask

from riskq.engine import Written, read_answer
from riskq.services import (
    Desk,
    Saving,
    evidence,
    resume,
    save_answer,
    screenings,
    start,
    submit,
    workspaces,
)
from tests.attachments import PDF
from tests.users import PASSWORD, add_user
from tests.web.browser import Browser

__all__ = ["ROLES", "SECRET", "Place", "enter", "hand_in", "make_place"]

SECRET = "a secret of the tests, long enough to be one"

ROLES = tuple(role.value for role in workspaces.Role)


def enter(app: Flask, email: str, language: str = "en") -> Browser:
    """A browser in which somebody has signed in."""
    browser = Browser(app, language)
    browser.get(f"/{language}/sign-in")
    page = browser.send(email=email, password=PASSWORD)
    assert page.path == f"/{language}/workspaces", page.text
    return browser


@dataclass
class Place:
    """A workspace with one member of each role, an assessment with a file, an invitation.

    The assessment has a client. There is a screening, too, whose vendor has submitted.
    """

    name: str
    workspace: str
    assessment: str
    invitation: str
    file: str
    users: dict[str, str]
    client: str
    screening: str
    vendor: str
    vendor_assessment: str

    def email(self, role: str) -> str:
        """The e-mail of the member of a role."""
        return f"{role}@{self.name}.example"


def make_place(desk: Desk, name: str = "alatau") -> Place:
    """Make such a workspace."""
    owner = add_user(desk, f"owner@{name}.example", "Owner")
    workspace = workspaces.found(desk, owner, name.title()).id
    seat = workspaces.take_seat(desk, owner, workspace)
    users = {"owner": owner.id}
    for role in workspaces.Role:
        if role is not workspaces.Role.OWNER:
            user = add_user(desk, f"{role.value}@{name}.example", role.value.title())
            secret = workspaces.invite(desk, seat, user.email, role)
            workspaces.accept(desk, secret, user)
            users[role.value] = user.id
    started = start(desk, "kz-ai-law", "en")
    client = workspaces.add_client(desk, seat, "Sorting Office").id
    workspaces.claim(desk, seat, resume(desk, started.secret), "Sorting letters", client)
    file = attach_file(desk, seat, started.id)
    workspaces.invite(desk, seat, f"guest@{name}.example", workspaces.Role.READER)
    (invitation,) = workspaces.list_invitations(desk, seat)
    asked = make_screening(desk, seat)
    return Place(name, workspace, started.id, invitation.id, file, users, client, *asked)


def make_screening(desk: Desk, seat: workspaces.Seat) -> tuple[str, str, str]:
    """A screening, its vendor, and the vendor's assessment, which is submitted."""
    terms = screenings.Terms("Sorting voices", "", None, "en")
    made = screenings.begin_screening(desk, seat, "kz-ai-law", terms)
    of = screenings.find_screening(desk, seat, made.id)
    screenings.add_vendors(desk, of, SECRET, [screenings.NewVendor("Sorting Ltd")])
    (vendor,) = screenings.vendors_of(desk, of).values()
    secret = screenings.link_secret(SECRET, vendor.id, 1)
    started = screenings.begin_answers(desk, secret, "en")
    hand_in(desk, secret)
    return made.id, vendor.id, started.id


def hand_in(desk: Desk, secret: str) -> None:
    """Answer whatever is asked, as shortly as can be, and submit."""
    opened = resume(desk, secret)
    while (name := opened.journey.next) is not None:
        question = opened.questionnaire.by_id[name]
        options = [option.id for option in question.options]
        raw = {"many": options[-1:], "one": "no" if "no" in options else (options or [""])[0]}
        answer = read_answer(question, raw.get(question.kind.value, "Sorter"), opened.on)
        opened = save_answer(desk, opened, name, answer, Saving(0))
    submit(desk, opened, seen=opened.record.sequence, language="en")


def attach_file(desk: Desk, seat: workspaces.Seat, assessment: str) -> str:
    """Answer the first question, and attach a file to the answer; its id."""
    held = workspaces.find_held(desk, seat.user, assessment)
    assert held is not None
    opened = workspaces.open_held(desk, held)
    opened = save_answer(desk, opened, "system-name", Written("Sorter"), Saving(0))
    given = evidence.Given("Sorting.pdf", BytesIO(PDF))
    return evidence.attach(desk, opened, "system-name", given, seat.user.id).id
