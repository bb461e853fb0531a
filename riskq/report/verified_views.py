"""What a reader sees of a verification; every word is already chosen, and none of it is markup."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from riskq.i18n import Words, words
from riskq.report.evidence_views import EvidenceView
from riskq.report.level_views import ScaleView
from riskq.report.views import DOMAIN

__all__ = ["LevelNow", "Mark", "SeenFact", "VerifiedView"]


class Mark(StrEnum):
    """Whether a fact speaks for a document, against it, or leaves a question open."""

    GOOD = "good"
    BAD = "bad"
    OPEN = "open"


class SeenFact(Struct, frozen=True):
    """One fact: what it is about, whether it speaks for the document, and the fact in words."""

    id: str
    title: str
    mark: Mark
    text: str
    more: tuple[str, ...] = ()


class LevelNow(Struct, frozen=True):
    """A scale whose level is another by the edition in force."""

    title: str
    then: str
    now: str


class VerifiedView(Struct, frozen=True):
    """What a reader sees of a verification."""

    language: str
    mark: Mark
    verdict: str
    facts: tuple[SeenFact, ...]
    system: str
    organisation: str
    particulars: tuple[tuple[str, str], ...]
    scales: tuple[ScaleView, ...]
    changed: tuple[LevelNow, ...]
    evidence: tuple[EvidenceView, ...] = ()

    @property
    def words(self) -> Words:
        """The interface words around these values, for templates."""
        return words(self.language, DOMAIN)
