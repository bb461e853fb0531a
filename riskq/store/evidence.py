"""Evidence: what is known of each file that was attached to an answer; the files lie elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from riskq.store.rows import to_milliseconds
from riskq.store.table import Table
from riskq.store.unit import Unit

__all__ = ["EVIDENCE", "EvidenceFile", "known_files", "touch"]


class EvidenceFile(Struct, frozen=True):
    """A file attached to an answer: ``id`` is also the name under which its content is kept.

    ``name`` is what it is called for people, ``type`` its media type, ``sha256`` over its content
    as 64 hexadecimal digits; ``added_by`` is the id of a user, or ``HOLDER``.
    """

    id: str
    assessment: str
    question: str
    name: str
    type: str
    bytes: int
    sha256: str
    added_at: datetime
    added_by: str


EVIDENCE = Table("evidence", EvidenceFile)


def touch(unit: Unit, assessment: str, at: datetime, expires_at: datetime) -> bool:
    """Move an assessment on, as saving an answer does; False if there is none, or a locked one.

    Whoever submits what was looked at before is then told that something has changed.
    """
    until = to_milliseconds(expires_at)
    sql = (
        "update assessments set sequence = sequence + 1, touched_at = ?,"
        " expires_at = case when expires_at < ? then ? else expires_at end where id = ?"
        " and coalesce(open_to, '*') <> ''"
    )
    return unit.run(sql, (to_milliseconds(at), until, until, assessment)) == 1


def known_files(unit: Unit, ids: Sequence[str]) -> frozenset[str]:
    """Those of some ids that a file has."""
    marks = ", ".join("?" * len(ids))
    sql = f"select id from evidence where id in ({marks})"  # noqa: S608 - There are marks in it only.
    return frozenset(row[0] for row in unit.rows(sql, ids)) if ids else frozenset()
