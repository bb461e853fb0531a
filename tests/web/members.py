"""Browsers in which people are signed in, and workspaces with a member of every role."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask

from riskq.services import Desk, workspaces
from tests.users import PASSWORD, add_user
from tests.web.browser import Browser

__all__ = ["ROLES", "Place", "enter", "make_place"]

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
    """A workspace with one member of each role, an assessment of a client, and an invitation."""

    name: str
    workspace: str
    assessment: str
    invitation: str
    users: dict[str, str]
    client: str

    def email(self, role: str) -> str:
        """The e-mail of the member of a role."""
        return f"{role}@{self.name}.example"


def make_place(desk: Desk, name: str = "alatau") -> Place:
    """Make such a workspace."""
    from riskq.services import resume, start

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
    workspaces.invite(desk, seat, f"guest@{name}.example", workspaces.Role.READER)
    (invitation,) = workspaces.list_invitations(desk, seat)
    return Place(name, workspace, started.id, invitation.id, users, client)
