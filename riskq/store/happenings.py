"""What happens to an assessment, as the events of its own book: to answers, files, the edition.

The details hold what people wrote. They are removed with the assessment, for good.
"""

from __future__ import annotations

import json

from riskq.store import history
from riskq.store.evidence import EvidenceFile
from riskq.store.history import Happened
from riskq.store.records import Act, AnswerChange, Assessment, StoredAnswer
from riskq.store.unit import Unit

__all__ = [
    "answer_changed",
    "book_of",
    "delete_assessment",
    "edition_changed",
    "evidence_added",
    "evidence_refused",
    "evidence_removed",
    "started",
    "submitted",
]


def book_of(assessment: str) -> str:
    """The book in which the history of an assessment is written."""
    return f"assessment:{assessment}"


def started(act: Act, assessment: Assessment) -> Happened:
    """An assessment began with answers that were given before."""
    answers = {one.question: _said(one.value, one.because) for one in assessment.answers}
    return Happened(act.at, act.by, "assessment-started", "", _write({"answers": answers}))


def answer_changed(act: Act, before: StoredAnswer | None, change: AnswerChange) -> Happened:
    """An answer was given, changed or removed."""
    old = None if before is None else _said(before.value, before.because)
    new = None if change.value is None else _said(change.value, change.because)
    detail = _write({"old": old, "new": new})
    return Happened(act.at, act.by, "answer", change.question, detail)


def _said(value: str, because: str) -> dict[str, str]:
    """An answer as it is stored: the value is JSON text, and stays that."""
    return {"answer": value, "because": because} if because else {"answer": value}


def edition_changed(act: Act, old: str, new: str) -> Happened:
    """Another edition judges the assessment."""
    return Happened(act.at, act.by, "edition", "", _write({"old": old, "new": new}))


def submitted(act: Act, number: int, sha256: str) -> Happened:
    """The answers were frozen as a revision."""
    detail = _write({"revision": number, "sha256": sha256})
    return Happened(act.at, act.by, "submitted", str(number), detail)


def evidence_added(act: Act, file: EvidenceFile) -> Happened:
    """A file was attached to an answer."""
    return Happened(act.at, act.by, "evidence-added", file.question, _write(_told_of(file)))


def evidence_removed(act: Act, file: EvidenceFile) -> Happened:
    """A file was removed from an answer; its content is gone, what it was is told."""
    return Happened(act.at, act.by, "evidence-removed", file.question, _write(_told_of(file)))


def evidence_refused(act: Act, question: str, name: str, reason: str) -> Happened:
    """A file was not what it said it was, or would do harm; nothing of it was kept."""
    return Happened(
        act.at, act.by, "evidence-refused", question, _write({"name": name, "reason": reason})
    )


def _told_of(file: EvidenceFile) -> dict[str, object]:
    return {"name": file.name, "bytes": file.bytes, "sha256": file.sha256}


def _write(detail: dict[str, object]) -> str:
    return json.dumps(detail, ensure_ascii=False)


def delete_assessment(unit: Unit, assessment: str) -> bool:
    """Remove an assessment with all that belongs to it; False if there is none such."""
    if not unit.run("delete from assessments where id = ?", (assessment,)):
        return False
    history.remove(unit, book_of(assessment))
    return True
