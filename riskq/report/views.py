"""What a reader sees of an assessment: one frozen value with every word already chosen.

The result page and the PDF are both made from one ``Report``, so they cannot disagree. Templates
only lay these values out; nothing is judged, counted or worded there. All texts are in the
report's language and none of them is markup.
"""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from riskq.brand import NO_BRAND, Brand
from riskq.i18n import Words, words
from riskq.questionnaire import Cited
from riskq.report.duty_views import (
    DocumentsView,
    DutyView,
    ListingView,
    NoticeView,
    StepView,
)
from riskq.report.evidence_views import EvidenceView
from riskq.report.level_views import HangsView, ScaleView, TopReason, VerdictView
from riskq.report.qr import QrCode

__all__ = [
    "ACCENT",
    "DOMAIN",
    "ActView",
    "AnswerView",
    "DocumentFacts",
    "FactView",
    "LimitView",
    "Report",
    "SectionView",
    "SystemView",
    "VerifyView",
]

ACCENT = "#0b5563"
"""Our own working colour, as in ``static/tokens.css``."""

DOMAIN = "report"
"""The domain of the report's interface words."""


class DocumentFacts(Struct, frozen=True):
    """What identifies a document: its number, when it was submitted, and as which revision.

    ``submitted_at`` has a time zone; it and ``revision`` are ``None`` before a submission. With the
    ``code`` the service at ``origin`` tells whether the number was read off a real document.
    ``brand`` is who hands it over.
    """

    number: str
    submitted_at: datetime | None = None
    revision: int | None = None
    code: str = ""
    origin: str = ""
    brand: Brand = NO_BRAND


class VerifyView(Struct, frozen=True):
    """How to verify the document: the page that takes the file, and the code for paper.

    ``page`` is the page's address, "" where no service is known. Whoever has the paper alone asks
    at ``address``, which the square code ``qr`` gives too; without a submission there is none.
    """

    page: str = ""
    code: str = ""
    address: str = ""
    qr: QrCode | None = None


class AnswerView(Struct, frozen=True):
    """One answer: labels of options, or paragraphs of text, and the failure scenario.

    Without an answer all are empty. ``scenario_missing`` tells that a scenario belongs here and
    none was written.
    """

    id: str
    ask: str
    labels: tuple[str, ...]
    text: tuple[str, ...]
    scenario: tuple[str, ...]
    scenario_missing: bool
    is_unsure: bool

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer, "I don't know" included."""
        return bool(self.labels or self.text)


class SectionView(Struct, frozen=True):
    """The questions asked in one section, with their answers."""

    id: str
    title: str
    answers: tuple[AnswerView, ...]


class LimitView(Struct, frozen=True):
    """An open point of the law, or something that could not be confirmed."""

    id: str
    title: str
    text: str
    cites: tuple[Cited, ...]


class ActView(Struct, frozen=True):
    """An act that the report cites: its short and official names, and where it stands.

    ``read_text`` says in which form the questionnaire's authors read it.
    """

    id: str
    short: str
    title: str
    address: str
    read_text: str


class FactView(Struct, frozen=True):
    """One fact about the system: what it is about, and the answer."""

    name: str
    value: str


class SystemView(Struct, frozen=True):
    """What was assessed and in which role; texts are empty where nothing was answered."""

    name: str
    organisation: str
    role: str
    purpose: tuple[str, ...]
    facts: tuple[FactView, ...]


class Report(Struct, frozen=True):
    """Everything that is handed over, in one language.

    ``kind`` says what sort of document it is; ``standing`` that nobody checked the answers, and
    whether they were submitted.
    """

    language: str
    questionnaire: str
    title: str
    edition: date
    edition_text: str
    digest: str
    on: date
    on_text: str
    document: DocumentFacts
    verify: VerifyView
    kind: str
    standing: str
    submitted_text: str
    interpretation: tuple[str, ...]
    system: SystemView
    verdict: VerdictView
    top_reasons: tuple[TopReason, ...]
    next_steps: tuple[StepView, ...]
    scales: tuple[ScaleView, ...]
    hangs: tuple[HangsView, ...]
    notices: tuple[NoticeView, ...]
    duties: tuple[DutyView, ...]
    documents: DocumentsView | None
    listing: ListingView
    sections: tuple[SectionView, ...]
    set_aside: tuple[AnswerView, ...]
    evidence: tuple[EvidenceView, ...]
    limits: tuple[LimitView, ...]
    acts: tuple[ActView, ...]
    has_unconfirmed: bool

    @property
    def words(self) -> Words:
        """The interface words around these values, for templates."""
        return words(self.language, DOMAIN)

    @property
    def accent(self) -> str:
        """The one colour of drawings, which only repeats what they say."""
        return self.document.brand.colour or ACCENT

    @property
    def marks_a_reason(self) -> bool:
        """Whether a reason of the first page cites a wording that is not confirmed."""
        return any(cited.unconfirmed for reason in self.top_reasons for cited in reason.cites)

    @property
    def is_complete(self) -> bool:
        """Whether every question that is asked has an answer."""
        return all(answer.is_answered for section in self.sections for answer in section.answers)

    @property
    def sure_duties(self) -> tuple[DutyView, ...]:
        """The duties that surely apply."""
        return tuple(duty for duty in self.duties if not duty.is_open)

    @property
    def open_duties(self) -> tuple[DutyView, ...]:
        """The duties that may come to apply."""
        return tuple(duty for duty in self.duties if duty.is_open)

    @property
    def sure_notices(self) -> tuple[NoticeView, ...]:
        """The warnings that surely apply, grave ones first."""
        return tuple(notice for notice in self.notices if not notice.is_open)

    @property
    def open_notices(self) -> tuple[NoticeView, ...]:
        """The warnings that may come to apply."""
        return tuple(notice for notice in self.notices if notice.is_open)

    @property
    def scenarios(self) -> tuple[AnswerView, ...]:
        """The answers that stand on a failure scenario, written or missing."""
        return tuple(
            answer
            for section in self.sections
            for answer in section.answers
            if answer.scenario or answer.scenario_missing
        )
