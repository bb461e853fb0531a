"""What is stored of a person in tables of its own, each as a list of lines for the export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from riskq.store import (
    EVIDENCE,
    FEEDS,
    HOOKS,
    IDENTITIES,
    INVITATIONS,
    MEMBERS,
    OUTBOX,
    PASSWORD_LINKS,
    RECOVERY_CODES,
    REVIEWS,
    SESSIONS,
    TOKENS,
    WORKSPACES,
    Unit,
    User,
)

__all__ = ["lines_of"]

Lines = Sequence[Mapping[str, object]]


def lines_of(unit: Unit, user: User, now: datetime) -> Mapping[str, object]:
    """Every list of the export but that of events, by its name."""
    return {
        "sessions": _sessions(unit, user),
        "identities": _identities(unit, user),
        "recovery_codes_left": RECOVERY_CODES.count(unit, "where user = ?", user.id),
        "password_links": _password_links(unit, user, now),
        "memberships": _memberships(unit, user),
        "calendars": _calendars(unit, user),
        "invitations": _invitations(unit, "where email = ? order by created_at, id", user.email),
        "invitations_sent": _invitations(
            unit, "where invited_by = ? order by created_at, id", user.id
        ),
        "letters": _letters(unit, user),
        "tokens": _tokens(unit, user),
        "webhooks": _hooks(unit, user),
        "reviews": _reviews(unit, user),
        "files_attached": _files(unit, user),
    }


def _place(unit: Unit, workspace: str) -> Mapping[str, object]:
    """A workspace by its id and its name."""
    found = WORKSPACES.one(unit, "where id = ?", workspace)
    return {"id": workspace, "name": "" if found is None else found.name}


def _sessions(unit: Unit, user: User) -> Lines:
    found = SESSIONS.find(unit, "where user = ? order by created_at, id", user.id)
    return [
        {
            "browser": one.browser,
            "since": one.created_at.isoformat(),
            "until": one.expires_at.isoformat(),
        }
        for one in found
    ]


def _identities(unit: Unit, user: User) -> Lines:
    found = IDENTITIES.find(unit, "where user = ? order by bound_at, issuer", user.id)
    return [
        {"issuer": one.issuer, "subject": one.subject, "since": one.bound_at.isoformat()}
        for one in found
    ]


def _password_links(unit: Unit, user: User, now: datetime) -> Lines:
    where = "where user = ? and expires_at > ? order by expires_at"
    found = PASSWORD_LINKS.find(unit, where, user.id, now)
    return [{"until": one.expires_at.isoformat()} for one in found]


def _memberships(unit: Unit, user: User) -> Lines:
    found = MEMBERS.find(unit, "where user = ? order by since, workspace", user.id)
    return [
        {
            "workspace": _place(unit, one.workspace),
            "role": one.role,
            "since": one.since.isoformat(),
        }
        for one in found
    ]


def _calendars(unit: Unit, user: User) -> Lines:
    found = FEEDS.find(unit, "where user = ? order by created_at, workspace", user.id)
    return [
        {
            "workspace": _place(unit, one.workspace),
            "has_titles": one.has_titles,
            "since": one.created_at.isoformat(),
        }
        for one in found
    ]


def _invitations(unit: Unit, where: str, whose: str) -> Lines:
    """Invitations to workspaces that were not taken; those to others without their addresses."""
    found = INVITATIONS.find(unit, where, whose)
    return [
        {
            "workspace": _place(unit, one.workspace),
            "role": one.role,
            "at": one.created_at.isoformat(),
            "until": one.expires_at.isoformat(),
        }
        for one in found
    ]


def _letters(unit: Unit, user: User) -> Lines:
    where = "where about = ? or (kind = 'member' and title = ?) order by queued_at, id"
    found = OUTBOX.find(unit, where, user.id, user.email)
    return [
        {"kind": one.kind, "at": one.queued_at.isoformat(), "state": one.state} for one in found
    ]


def _tokens(unit: Unit, user: User) -> Lines:
    found = TOKENS.find(unit, "where created_by = ? order by created_at, id", user.id)
    return [
        {
            "workspace": _place(unit, one.workspace),
            "name": one.name,
            "rights": one.rights.split(),
            "at": one.created_at.isoformat(),
            "until": one.expires_at.isoformat(),
        }
        for one in found
    ]


def _hooks(unit: Unit, user: User) -> Lines:
    """The rest of an address may be a secret of whoever receives there."""
    found = HOOKS.find(unit, "where created_by = ? order by since, id", user.id)
    return [
        {
            "workspace": _place(unit, one.workspace),
            "host": urlsplit(one.url).hostname or "",
            "events": one.events.split(),
            "since": one.since.isoformat(),
        }
        for one in found
    ]


def _reviews(unit: Unit, user: User) -> Lines:
    """Which answers of vendors the person reviewed; what was said of them is the workspace's."""
    found = REVIEWS.find(unit, "where by_user = ? order by at, vendor, question", user.id)
    return [
        {"vendor": one.vendor, "question": one.question, "at": one.at.isoformat()} for one in found
    ]


def _files(unit: Unit, user: User) -> Lines:
    """Which files the person attached to answers; these are the workspace's."""
    found = EVIDENCE.find(unit, "where added_by = ? order by added_at, id", user.id)
    return [
        {"assessment": one.assessment, "question": one.question, "at": one.added_at.isoformat()}
        for one in found
    ]
