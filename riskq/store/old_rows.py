"""Rows from before there were keys: which are left, and the same content in other signs.

No page needs it but those on an assessment from then: whoever encrypts it imports this.
"""

from __future__ import annotations

from riskq.store.keys import ENCRYPTED
from riskq.store.records import NewRevision
from riskq.store.unit import Unit

__all__ = [
    "answers_of",
    "forget_levels",
    "plain_held",
    "revisions_of",
    "rewrite_answer",
    "rewrite_revision",
]

_SOME = 100


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
