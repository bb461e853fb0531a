"""The list of a workspace's assessments, looked through by client, tag and text.

Only what is shown is read: neither the statements nor what they give grow with what is left out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from riskq.store.rows import to_time
from riskq.store.unit import Unit

__all__ = [
    "EVERYTHING",
    "NO_CLIENT",
    "HeldAssessment",
    "Sought",
    "count_held",
    "fold",
    "list_held",
    "newest_revisions",
]

_LONGEST_TITLE = 1_000

NO_CLIENT = "-"
"""Stands for a client where assessments without one are looked for."""


class Sought(Struct, frozen=True):
    """What is looked for; empty parts leave nothing out.

    ``client`` is an id or ``NO_CLIENT``; ``text`` is a part of the title or of the client's name.
    """

    client: str = ""
    tag: str = ""
    text: str = ""


class HeldAssessment(Struct, frozen=True):
    """One line of a workspace's list: ``answers`` is how many there are.

    ``client`` and ``client_name`` are empty for one without a client.
    """

    id: str
    title: str
    questionnaire: str
    edition: date
    touched_at: datetime
    answers: int
    last_revision: int
    client: str = ""
    client_name: str = ""
    tags: tuple[str, ...] = ()


EVERYTHING = Sought()
"""Leaves nothing out."""


def fold(text: str) -> str:
    """A text without regard to case, as it is looked for."""
    return unicodedata.normalize("NFC", text.casefold())


def list_held(
    unit: Unit, workspace: str, sought: Sought = EVERYTHING, *, most: int, after: int = 0
) -> Sequence[HeldAssessment]:
    """The assessments of a workspace, the last touched first, ``most`` of them after some."""
    condition, values = _condition(workspace, sought)
    sql = (
        "select a.id, h.title, a.questionnaire, a.edition, a.touched_at,"  # noqa: S608 - _condition joins fixed texts; values are marks.
        " (select count(*) from answers where assessment = a.id), a.last_revision,"
        f" coalesce(c.id, ''), coalesce(c.name, '') {condition}"
        " order by a.touched_at desc, a.id limit ? offset ?"
    )
    rows = unit.rows(sql, (*values, most, after))
    tags = _tags_of(unit, [row[0] for row in rows])
    return [
        HeldAssessment(
            *(name, title, of, date.fromisoformat(edition), to_time(at), answers, last),
            *(client, client_name, tuple(tags.get(name, ()))),
        )
        for name, title, of, edition, at, answers, last, client, client_name in rows
    ]


def count_held(unit: Unit, workspace: str, sought: Sought = EVERYTHING) -> int:
    """How many assessments of a workspace are found."""
    condition, values = _condition(workspace, sought)
    return int(unit.rows(f"select count(*) {condition}", values)[0][0])


def newest_revisions(
    unit: Unit, workspace: str, assessments: Sequence[str]
) -> Sequence[tuple[str, str, int | None, str | None]]:
    """Id, title, number and snapshot of the newest revisions of some of a workspace's assessments.

    One that was never submitted has neither number nor snapshot, which is as it is stored.
    """
    if not assessments:
        return ()  # Not every database takes an empty list.
    marks = ", ".join("?" * len(assessments))
    sql = (
        "select h.assessment, h.title, r.number, r.snapshot from holdings h"  # noqa: S608 - Nothing but question marks.
        " join assessments a on a.id = h.assessment"
        " left join revisions r on r.assessment = a.id and r.number = a.last_revision"
        f" where h.workspace = ? and h.assessment in ({marks}) order by h.found_by, h.assessment"
    )
    return [(*row,) for row in unit.rows(sql, (workspace, *assessments))]


def _condition(workspace: str, sought: Sought) -> tuple[str, list[object]]:
    """Where the rows come from; its parts are fixed texts, and what was typed goes by values."""
    rows = (
        "from holdings h join assessments a on a.id = h.assessment"
        " left join clients c on c.id = h.client where h.workspace = ?"
    )
    parts = [rows]
    values: list[object] = [workspace]
    if sought.client == NO_CLIENT:
        parts.append("h.client is null")
    elif sought.client:
        parts.append("h.client = ?")
        values.append(sought.client)
    if sought.tag:
        parts.append(
            "h.assessment in (select assessment from tags where workspace = ? and tag = ?)"
        )
        values += [workspace, sought.tag]
    if len(sought.text) > _LONGEST_TITLE:
        # No title holds it, and a database takes no pattern without end.
        parts.append("1 = 0")
    elif sought.text:
        parts.append("(h.found_by like ? escape '!' or c.found_by like ? escape '!')")
        values += [_anywhere(sought.text)] * 2
    return " and ".join(parts), values


def _anywhere(text: str) -> str:
    """The pattern of texts that hold this one, in which no sign means anything else."""
    for sign in "!%_":
        text = text.replace(sign, f"!{sign}")
    return f"%{fold(text)}%"


def _tags_of(unit: Unit, assessments: Sequence[str]) -> dict[str, list[str]]:
    """The tags of the assessments that are shown, in one statement for all of them."""
    found: dict[str, list[str]] = {}
    marks = ", ".join("?" * len(assessments))
    sql = f"select assessment, tag from tags where assessment in ({marks}) order by tag"  # noqa: S608 - Nothing but question marks.
    for assessment, tag in unit.rows(sql, assessments) if assessments else ():
        found.setdefault(assessment, []).append(tag)
    return found
