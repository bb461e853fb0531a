"""What a workspace says about one of its assessments: title, client, tags, note, review date.

None of it is part of the assessment: it is in no report and no download, and nobody who is not a
member sees it.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from riskq.services.desk import Desk
from riskq.services.encryption import decrypt_note, encrypt_note, key_in
from riskq.services.opening import NoAssessmentError
from riskq.services.workspaces.clients import client_in
from riskq.services.workspaces.errors import ChangedElsewhereError
from riskq.services.workspaces.holding import Held, find_held_in
from riskq.services.workspaces.seats import Seat, record
from riskq.store import (
    CLIENTS,
    HOLDINGS,
    NOTES,
    REVIEW_DAYS,
    TAGS,
    Note,
    ReviewDay,
    Tag,
    Unit,
    find_awaited,
    fold,
    list_tags,
)

__all__ = ["Description", "describe", "held_in", "redescribe", "tags_in"]


class Description(Struct, frozen=True):
    """What members write about an assessment; ``client`` is an id, or None for none.

    ``review_on`` is None where the day is left to the newest submission.
    """

    title: str
    client: str | None = None
    tags: tuple[str, ...] = ()
    note: str = ""
    review_on: date | None = None

    @property
    def digest(self) -> str:
        """By which it shows whether somebody else has changed it meanwhile."""
        told = json.dumps([self.title, self.client, self.tags, self.note, str(self.review_on)])
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def held_in(desk: Desk, seat: Seat, assessment: str) -> Held:
    """An assessment of this very workspace; raises ``NoAssessmentError``."""
    found = find_held_in(desk, seat, assessment)
    if found is None:
        raise NoAssessmentError("The workspace has no such assessment.")
    return found


def tags_in(desk: Desk, seat: Seat) -> tuple[str, ...]:
    """Every tag of the workspace."""
    return tuple(desk.store.read(lambda unit: list_tags(unit, seat.workspace.id)))


def describe(desk: Desk, held: Held) -> Description:
    """What is written about an assessment; raises ``NoAssessmentError``."""
    return desk.store.read(lambda unit: _describe(desk, unit, held.holding.assessment))


def _describe(desk: Desk, unit: Unit, assessment: str) -> Description:
    holding = HOLDINGS.one(unit, "where assessment = ?", assessment)
    if holding is None:
        raise NoAssessmentError("The assessment was deleted.")
    tags = TAGS.find(unit, "where assessment = ? order by tag", assessment)
    note = NOTES.one(unit, "where assessment = ?", assessment)
    text = ""
    if note is not None:
        text = decrypt_note(key_in(unit, desk.keys, assessment), note.text)
    awaited = find_awaited(unit, assessment)
    review_on = None if awaited is None else awaited.set_on
    named = tuple(one.tag for one in tags)
    return Description(holding.title, holding.client, named, text, review_on)


def redescribe(desk: Desk, held: Held, said: Description, seen: str) -> None:
    """Write otherwise about an assessment, over what the person saw: ``seen`` is its digest.

    The history tells that the note was changed, and not what is in it. Raises
    ``NoAssessmentError``, ``NoClientError`` and ``ChangedElsewhereError``.
    """
    said = replace(said, title=said.title.strip(), note=said.note.strip())

    def change(unit: Unit) -> None:
        old = _describe(desk, unit, held.holding.assessment)
        if old.digest not in (seen, said.digest):
            raise ChangedElsewhereError("Somebody has changed it meanwhile.")
        _retitle(desk, unit, held, old, said)
        _assign(desk, unit, held, old, said)
        _retag(desk, unit, held, old, said)
        _write_note(desk, unit, held, old, said)
        _set_review(desk, unit, held, old, said)

    # A note that is replaced is to vanish from the files too.
    desk.store.change(change, erases=True)


def _retitle(desk: Desk, unit: Unit, held: Held, old: Description, said: Description) -> None:
    if old.title == said.title:
        return
    assessment = held.holding.assessment
    columns: dict[str, object] = {"title": said.title, "found_by": fold(said.title)}
    HOLDINGS.change(unit, columns, "where assessment = ?", assessment)
    told = {"old": old.title, "new": said.title}
    record(unit, held.seat, desk.clock(), "assessment-retitled", assessment, **told)


def _assign(desk: Desk, unit: Unit, held: Held, old: Description, said: Description) -> None:
    if old.client == said.client:
        return
    assessment = held.holding.assessment
    new = "" if said.client is None else client_in(unit, held.seat, said.client).name
    before = CLIENTS.one(unit, "where id = ?", old.client)
    HOLDINGS.change(unit, {"client": said.client}, "where assessment = ?", assessment)
    told = {"title": said.title, "old": "" if before is None else before.name, "new": new}
    record(unit, held.seat, desk.clock(), "assessment-assigned", assessment, **told)


def _retag(desk: Desk, unit: Unit, held: Held, old: Description, said: Description) -> None:
    if old.tags == said.tags:
        return
    assessment, workspace = held.holding.assessment, held.seat.workspace.id
    TAGS.remove(unit, "where assessment = ?", assessment)
    for tag in said.tags:
        TAGS.add(unit, Tag(assessment, tag, workspace))
    told = {"title": said.title, "old": ", ".join(old.tags), "new": ", ".join(said.tags)}
    record(unit, held.seat, desk.clock(), "assessment-tagged", assessment, **told)


def _write_note(desk: Desk, unit: Unit, held: Held, old: Description, said: Description) -> None:
    if old.note == said.note:
        return
    assessment = held.holding.assessment
    NOTES.remove(unit, "where assessment = ?", assessment)
    if said.note:
        key = key_in(unit, desk.keys, assessment)
        NOTES.add(unit, Note(assessment, encrypt_note(key, said.note)))
    record(unit, held.seat, desk.clock(), "assessment-note", assessment, title=said.title)


def _set_review(desk: Desk, unit: Unit, held: Held, old: Description, said: Description) -> None:
    if old.review_on == said.review_on:
        return
    assessment = held.holding.assessment
    REVIEW_DAYS.remove(unit, "where assessment = ?", assessment)
    if said.review_on is not None:
        sql = "select last_revision from assessments where id = ?"
        ((revision,),) = unit.rows(sql, (assessment,))
        REVIEW_DAYS.add(unit, ReviewDay(assessment, said.review_on, revision))
    told = {name: str(day or "") for name, day in (("old", old.review_on), ("new", said.review_on))}
    record(unit, held.seat, desk.clock(), "review-set", assessment, title=said.title, **told)
