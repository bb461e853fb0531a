"""Everything that is stored of a person with an account, as JSON for that person to take along.

It says what there is, and opens nothing: no hash, no secret and no address that works. Other people
are not named; where something was done to one of them, an id says that it was one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from riskq.services.accounts import count_of_failures
from riskq.services.desk import Desk
from riskq.services.persons.lines import lines_of
from riskq.store import TOKENS, USERS, Unit, User, persons

__all__ = ["FORMAT", "export_of"]

FORMAT = "riskq-person/1"
"""What the file calls its own form."""

Form = Mapping[str, object]


def export_of(desk: Desk, user: User) -> str:
    """Everything that is stored of a person, as JSON text, always in the same order."""
    now = desk.clock()

    def read(unit: Unit) -> Form:
        present = USERS.one(unit, "where id = ?", user.id) or user
        return {
            "format": FORMAT,
            "taken_at": now.isoformat(),
            "account": _account(present),
            "failed_sign_ins": _failures(desk, unit, present),
            **lines_of(unit, present, now),
            "events": _events(unit, present),
        }

    return json.dumps(desk.store.read(read), ensure_ascii=False, indent=2)


def _account(user: User) -> Form:
    return {
        "id": user.id,
        "email": user.email,
        "name": user.name,
        "language": user.language,
        "created_at": user.created_at.isoformat(),
        "has_password": user.password is not None,
        "has_second_factor": user.second_factor is not None,
    }


def _failures(desk: Desk, unit: Unit, user: User) -> Form | None:
    """The attempts to sign in that count against the account at this moment."""
    found = count_of_failures(desk, unit, user)
    return None if found is None else {"count": found.count, "until": found.until.isoformat()}


def _events(unit: Unit, user: User) -> list[Form]:
    """Who acted is the person, a token of theirs, or somebody else, who is not told apart."""
    tokens = tuple(one.id for one in TOKENS.find(unit, "where created_by = ?", user.id))
    by = {user.id: "you", **{f"token:{one}": "your token" for one in tokens}}
    return [
        {
            "at": event.at.isoformat(),
            "book": event.book,
            "by": by.get(event.actor, "somebody else"),
            "action": event.action,
            "subject": event.subject,
        }
        for event in persons.deeds_of(unit, user.id, tokens)
    ]
