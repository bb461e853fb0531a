"""Keys at rest: those of workspaces under a master key, and which key opens each assessment.

The store keeps keys encrypted, and has none that would open them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from riskq.store.table import Table
from riskq.store.unit import Unit

__all__ = [
    "ENCRYPTED",
    "WORKSPACE_KEYS",
    "StoredKey",
    "keep_key",
    "revisions_without_levels",
    "sealed_key_of",
    "write_levels",
]

ENCRYPTED = "\x1a"
"""With which sign every encrypted text begins, and nothing that anybody can type."""


class StoredKey(Struct, frozen=True):
    """A key of a workspace, encrypted under the master key that ``master`` names."""

    id: str
    workspace: str
    master: str
    sealed: bytes
    made_at: datetime


WORKSPACE_KEYS = Table("workspace_keys", StoredKey)


def sealed_key_of(unit: Unit, assessment: str) -> bytes | None:
    """The encrypted key of an assessment; None where there is none, or no assessment."""
    rows = unit.rows("select sealed_key from assessments where id = ?", (assessment,))
    return rows[0][0] if rows else None


def keep_key(unit: Unit, assessment: str, sealed: bytes) -> None:
    """Let another key open the key of an assessment."""
    unit.run("update assessments set sealed_key = ? where id = ?", (sealed, assessment))


def revisions_without_levels(unit: Unit, assessment: str) -> list[tuple[int, str]]:
    """Number and snapshot of the revisions of which no levels are kept."""
    sql = (
        "select r.number, r.snapshot from revisions r where r.assessment = ? and not exists"
        " (select 1 from revision_levels l where l.assessment = r.assessment"
        " and l.revision = r.number) order by r.number"
    )
    return [(number, snapshot) for number, snapshot in unit.rows(sql, (assessment,))]


def write_levels(
    unit: Unit, assessment: str, number: int, levels: Mapping[str, Sequence[str]]
) -> None:
    """Keep the levels of a revision, by the scales' ids."""
    for scale, possible in levels.items():
        row = (assessment, number, scale, " ".join(possible))
        unit.run("insert into revision_levels values (?, ?, ?, ?)", row)
