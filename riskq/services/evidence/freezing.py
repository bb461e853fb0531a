"""What a revision, a report and a download tell of the files attached to answers."""

from __future__ import annotations

from riskq.report import AttachedFile
from riskq.services.desk import Desk
from riskq.services.evidence.attaching import files_of
from riskq.services.json_form import Form, file_form
from riskq.services.opening import Opened
from riskq.store import HOLDER, EvidenceFile

__all__ = ["counted_files", "told_of_all"]


def counted_files(desk: Desk, opened: Opened) -> tuple[AttachedFile, ...]:
    """The files of the answers that count, in the order of the questions, the oldest first.

    Those of answers set aside are kept, and come back as the answers do.
    """
    places = {question: place for place, question in enumerate(opened.journey.counted)}
    files = [file for file in files_of(desk, opened) if file.question in places]
    return tuple(_told(file) for file in sorted(files, key=lambda file: places[file.question]))


def _told(file: EvidenceFile) -> AttachedFile:
    return AttachedFile(file.question, file.name, file.type, file.bytes, file.sha256)


def told_of_all(desk: Desk, opened: Opened) -> Form:
    """What is known of every file that is kept now, whether its answer counts or not.

    Nobody is named: only whether it was the holder of the private link.
    """
    files = [
        {
            **file_form(_told(file)),
            "id": file.id,
            "added_at": file.added_at.isoformat(),
            "added_by": HOLDER if file.added_by == HOLDER else "member",
        }
        for file in files_of(desk, opened)
    ]
    return {"evidence": files} if files else {}
