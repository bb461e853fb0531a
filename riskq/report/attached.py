"""Words the files that were attached as evidence, answer by answer."""

from __future__ import annotations

from collections.abc import Sequence

from riskq.i18n import write_size
from riskq.report.evidence_views import AttachedFile, EvidenceView, FileView
from riskq.report.subject import Subject

__all__ = ["evidence_views"]


def evidence_views(subject: Subject, files: Sequence[AttachedFile]) -> tuple[EvidenceView, ...]:
    """The files by question, in the order in which they are told."""
    found: dict[str, list[AttachedFile]] = {}
    for file in files:
        found.setdefault(file.question, []).append(file)
    return tuple(
        EvidenceView(question, _ask(subject, question), tuple(_view(subject, one) for one in some))
        for question, some in found.items()
    )


def _ask(subject: Subject, question: str) -> str:
    """The question in words; data of somebody else may name one that the edition does not have."""
    known = question in subject.questionnaire.by_id
    return subject.ask(question) if known else question


def _view(subject: Subject, file: AttachedFile) -> FileView:
    return FileView(file.name, write_size(file.bytes, subject.language), file.sha256)
