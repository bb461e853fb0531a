"""Keys at rest: those of workspaces under a master key, and which key opens each assessment.

The store keeps keys encrypted, and has none that would open them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from riskq.store.records import NewRevision
from riskq.store.table import Table
from riskq.store.unit import Unit

__all__ = [
    "ENCRYPTED",
    "WORKSPACE_KEYS",
    "StoredKey",
    "answers_of",
    "count_assessments",
    "count_by_master",
    "drop_older",
    "forget_levels",
    "held_by",
    "keep_key",
    "keys_of",
    "later_than",
    "plain_held",
    "replace_key",
    "revisions_of",
    "revisions_without_levels",
    "rewrite_answer",
    "rewrite_revision",
    "sealed_key_of",
    "under_others",
    "workspaces_with_keys",
    "write_levels",
]

ENCRYPTED = "\x1a"
"""With which sign every encrypted text begins, and nothing that anybody can type."""

_LINK, _WORKSPACE = b"L", b"W"
"""With which byte the key of an assessment begins: what opens it."""

_SOME = 100


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


def keys_of(unit: Unit, workspace: str) -> tuple[StoredKey, ...]:
    """The keys of a workspace, the newest first."""
    return WORKSPACE_KEYS.find(unit, "where workspace = ? order by made_at desc, id", workspace)


def later_than(stored: Sequence[StoredKey]) -> datetime:
    """The first moment at which another key is the newest."""
    return max(one.made_at for one in stored) + timedelta(milliseconds=1)


def replace_key(unit: Unit, stored: StoredKey) -> None:
    """Let another master key open a workspace's key, if that is still there."""
    columns: dict[str, object] = {"master": stored.master, "sealed": stored.sealed}
    WORKSPACE_KEYS.change(unit, columns, "where id = ?", stored.id)


def under_others(unit: Unit, master: str) -> tuple[StoredKey, ...]:
    """The keys of workspaces that stand under other master keys than this."""
    return WORKSPACE_KEYS.find(unit, "where master <> ? order by id", master)


def workspaces_with_keys(unit: Unit) -> list[str]:
    """The workspaces that have a key."""
    rows = unit.rows("select distinct workspace from workspace_keys order by workspace")
    return [row[0] for row in rows]


def held_by(unit: Unit, workspace: str, after: str) -> list[tuple[str, bytes | None]]:
    """Some of a workspace's assessments, and of its vendors', each with its encrypted key."""
    sql = (
        "select id, sealed_key from assessments where id > ? and id in"
        " (select assessment from holdings where workspace = ?"
        " union select v.assessment from vendors v join screenings s on s.id = v.screening"
        " where s.workspace = ? and v.assessment is not null) order by id limit ?"
    )
    rows = unit.rows(sql, (after, workspace, workspace, _SOME))
    return [(assessment, sealed) for assessment, sealed in rows]


def drop_older(unit: Unit, workspace: str, newest: str) -> None:
    """Forget the keys of a workspace under which nothing stands any more."""
    WORKSPACE_KEYS.remove(unit, "where workspace = ? and id <> ?", workspace, newest)


def count_by_master(unit: Unit) -> dict[str, int]:
    """How many keys of workspaces stand under each master key."""
    rows = unit.rows("select master, count(*) from workspace_keys group by master order by master")
    return dict(rows)


def count_assessments(unit: Unit) -> tuple[int, int, int]:
    """How many assessments their link alone opens, how many a workspace, how many are plain."""
    sql = "select substr(sealed_key, 1, 1) as kind, count(*) from assessments group by kind"
    counts = {kind if kind is None else bytes(kind): count for kind, count in unit.rows(sql)}
    return counts.get(_LINK, 0), counts.get(_WORKSPACE, 0), counts.get(None, 0)


def plain_held(unit: Unit, after: str) -> list[tuple[str, str]]:
    """Some of the assessments that workspaces hold and that have plain answers, or no key yet.

    Each with its workspace.
    """
    sql = (
        "select a.id, coalesce(h.workspace, s.workspace) from assessments a"
        " left join holdings h on h.assessment = a.id left join vendors v on v.assessment = a.id"
        " left join screenings s on s.id = v.screening"
        " where a.id > ? and coalesce(h.workspace, s.workspace) is not null"
        " and (a.sealed_key is null or exists (select 1 from answers b"
        " where b.assessment = a.id and substr(b.value, 1, 1) <> ?)) order by a.id limit ?"
    )
    rows = unit.rows(sql, (after, ENCRYPTED, _SOME))
    return [(assessment, workspace) for assessment, workspace in rows]


def answers_of(unit: Unit, assessment: str) -> list[tuple[str, str, str, int]]:
    """Question, value, words and version of each answer."""
    sql = "select question, value, because, version from answers where assessment = ?"
    return [(*row,) for row in unit.rows(sql, (assessment,))]


def rewrite_answer(unit: Unit, assessment: str, question: str, value: str) -> None:
    """Keep the same answer in other signs, its words with it."""
    sql = "update answers set value = ?, because = '' where assessment = ? and question = ?"
    unit.run(sql, (value, assessment, question))


def revisions_of(unit: Unit, assessment: str) -> list[tuple[int, str, str, str]]:
    """Number, snapshot, digest and language of each revision."""
    sql = "select number, snapshot, sha256, language from revisions where assessment = ?"
    return [(*row,) for row in unit.rows(sql, (assessment,))]


def rewrite_revision(unit: Unit, assessment: str, number: int, new: NewRevision) -> None:
    """Keep the same revision in other signs."""
    sql = (
        "update revisions set snapshot = ?, sha256 = ?, by_code = ?"
        " where assessment = ? and number = ?"
    )
    unit.run(sql, (new.snapshot, new.sha256, new.by_code, assessment, number))


def forget_levels(unit: Unit, assessment: str) -> None:
    """Keep no levels of an assessment."""
    unit.run("delete from revision_levels where assessment = ?", (assessment,))
