"""What each edition of a questionnaire changed, and whose conclusion may differ because of it.

The format of ``changes.yml``, which lies beside the folders of the editions. People read it: the
service shows it where an edition is proved and where two are compared.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Struct

from riskq.questionnaire.forms import Low
from riskq.questionnaire.law import Texts
from riskq.questionnaire.place import Placed

__all__ = ["ChangeLog", "EditionChanges"]


class EditionChanges(Placed, frozen=True):
    """One edition in words: the state of the law that it ``describes``, and its ``points``.

    These tell what changed, or, of the first edition, what it covers. ``affected`` tells whose
    conclusion may differ with the same answers, ``unaffected`` what comes out as before.
    """

    edition: date
    describes: Texts
    points: Annotated[tuple[Texts, ...], Low(1)]
    unaffected: Texts
    affected: tuple[Texts, ...] = ()


class ChangeLog(Struct, frozen=True):
    """All editions of a questionnaire, the newest first."""

    editions: Annotated[tuple[EditionChanges, ...], Low(1)]

    def of(self, edition: date) -> EditionChanges | None:
        """What is told of an edition; ``None`` if nothing is."""
        return next((one for one in self.editions if one.edition == edition), None)

    def between(self, old: date, new: date) -> tuple[EditionChanges, ...]:
        """What is told of the editions after the old one, up to the new one."""
        return tuple(one for one in self.editions if old < one.edition <= new)
