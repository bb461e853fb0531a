"""Keys in the place of others: what stands under which, and what is to stand under another.

No page needs it: whoever rotates imports it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from riskq.store.keys import WORKSPACE_KEYS, StoredKey
from riskq.store.unit import Unit

__all__ = [
    "count_assessments",
    "count_by_master",
    "drop_older",
    "held_by",
    "keys_of",
    "later_than",
    "replace_key",
    "under_others",
    "workspaces_with_keys",
]

_LINK, _WORKSPACE = b"L", b"W"
"""With which byte the key of an assessment begins: what opens it."""

_SOME = 100


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
