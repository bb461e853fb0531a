"""What was found out about a file that somebody received as a report; nothing here is worded."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from riskq.report.evidence_views import AttachedFile
from riskq.report.seal.facts import Inspection, Seal
from riskq.report.subject import Subject

__all__ = ["Agreement", "Verified"]


class Agreement(StrEnum):
    """What judging the answers inside a document again came to."""

    SAME = "same"
    DIFFERS = "differs"
    OTHER_EDITION = "other-edition"
    UNKNOWN_EDITION = "unknown-edition"
    UNUSABLE = "unusable"
    NO_DATA = "no-data"


class Verified(Struct, frozen=True):
    """What was found out about a file.

    ``then`` are its answers, as the edition named in it judges them, and ``now`` as the edition in
    force does, where that is another. ``is_printed_so`` tells that riskq makes exactly these pages
    of the data inside; where that could not be tried it is ``None``. ``number`` and
    ``submitted_at`` are as the data say, and so are the name of the ``brand`` and the ``files``
    that were attached to the answers.
    """

    inspection: Inspection
    agreement: Agreement
    number: str = ""
    edition: date | None = None
    submitted_at: datetime | None = None
    then: Subject | None = None
    now: Subject | None = None
    is_printed_so: bool | None = None
    brand: str = ""
    files: tuple[AttachedFile, ...] = ()

    @property
    def seal(self) -> Seal | None:
        """The seal, if there is one alone."""
        seals = self.inspection.seals
        return seals[0] if len(seals) == 1 else None

    @property
    def is_unaltered(self) -> bool:
        """Whether the file is, to the last byte, what its only seal was put on."""
        return self.seal is not None and self.seal.is_unaltered and self.seal.allows_nothing

    @property
    def is_trusted(self) -> bool:
        """Whether the file is unaltered, and whoever sealed it is known here."""
        return self.is_unaltered and self.seal is not None and self.seal.trust != "unknown"

    @property
    def is_bad(self) -> bool:
        """Whether something speaks against the file."""
        altered = bool(self.inspection.seals) and not self.is_unaltered
        return altered or self.agreement in (Agreement.DIFFERS, Agreement.UNUSABLE)
