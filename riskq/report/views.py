"""What a reader sees of an assessment: typed, frozen values with every word already chosen.

The result page and the PDF are both made from one ``Report``, so they cannot disagree. Templates
only lay these values out; nothing is judged, counted or worded there. All texts are in the
report's language and none of them is markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from riskq.engine import Truth
from riskq.i18n import Words, words
from riskq.questionnaire import Cited, DutyState
from riskq.report.drawing import Drawing

__all__ = [
    "DOMAIN",
    "ActView",
    "AnswerView",
    "AskView",
    "BodiesView",
    "DeadlineView",
    "DocumentFacts",
    "DocumentView",
    "DocumentsView",
    "DutyView",
    "FactView",
    "FineRow",
    "FineView",
    "LevelView",
    "LimitView",
    "Line",
    "ListingView",
    "NoticeView",
    "ReasonView",
    "Report",
    "RequirementView",
    "RuledOut",
    "ScaleState",
    "ScaleView",
    "SectionView",
    "StepView",
    "SystemView",
    "TopReason",
    "VerdictView",
]

DOMAIN = "report"
"""The domain of the report's interface words."""


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What identifies a document: its number, when it was submitted, and as which revision.

    ``submitted_at`` has a time zone; it and ``revision`` are ``None`` before a submission.
    """

    number: str
    submitted_at: datetime | None = None
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class AskView:
    """A question by its id and its words."""

    id: str
    ask: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation, with the lines that it rests on."""

    text: str
    parts: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class ReasonView:
    """Why a level follows, or is still possible: the rule in words, the law, and the answers."""

    rule: str
    text: str
    level: str
    caution: str
    cites: tuple[Cited, ...]
    lines: tuple[Line, ...]

    @property
    def is_cautious(self) -> bool:
        """Whether the rule is a cautious reading, where the law leaves a gap."""
        return bool(self.caution)


@dataclass(frozen=True, slots=True)
class RuledOut:
    """A level that was weighed and does not follow, with the answers that rule it out."""

    level: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class LevelView:
    """One level of a scale."""

    id: str
    label: str
    meaning: str
    is_possible: bool


class ScaleState(StrEnum):
    """What is known of a scale: its level, only the levels left, or that it means nothing."""

    SETTLED = "settled"
    OPEN = "open"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class ScaleView:
    """One scale: its levels, where the answers put it, and why.

    ``state_text`` says the state in words; ``note`` says that or when the scale means nothing.
    ``level`` is ``None`` unless the scale is settled.
    """

    id: str
    title: str
    about: str
    levels: tuple[LevelView, ...]
    level: LevelView | None
    applies: Truth
    state: ScaleState
    state_text: str
    note: str
    reasons: tuple[ReasonView, ...]
    ruled_out: tuple[RuledOut, ...]
    decides: tuple[AskView, ...]
    drawing: Drawing
    is_headline: bool


@dataclass(frozen=True, slots=True)
class VerdictView:
    """The answer to the reader's main question, and the class that it starts from.

    While it is open, ``levels`` are those still possible and ``decides`` the questions that settle
    it. ``warnings`` are the titles of grave notices that surely hold.
    """

    scale: str
    is_open: bool
    text: str
    class_text: str
    warnings: tuple[str, ...]
    levels: tuple[LevelView, ...]
    decides: tuple[AskView, ...]


@dataclass(frozen=True, slots=True)
class TopReason:
    """A reason for the first page: which scale, its level, why, and the answer behind it."""

    scale: str
    level: str
    text: str
    line: str
    cites: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """One thing to do next, and what it is about in particular."""

    text: str
    details: tuple[str, ...] = ()
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A warning; ``is_open`` tells that it only may apply."""

    id: str
    title: str
    text: str
    cites: tuple[Cited, ...]
    is_grave: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class FineRow:
    """A fine for one kind of offender; amounts in tenge are empty where no unit value is known."""

    who: str
    first_units: str
    first_tenge: str
    repeat_units: str
    repeat_tenge: str


@dataclass(frozen=True, slots=True)
class FineView:
    """The fine that a duty names; one row where the kind of offender is known, else all rows."""

    id: str
    title: str
    text: str
    unit: str
    unit_text: str
    rows: tuple[FineRow, ...]
    cites: tuple[Cited, ...]
    is_open: bool
    is_known_who: bool


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """The day by which a duty has to be done."""

    day: date
    text: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class DutyView:
    """One duty; ``is_open`` tells that it only may apply."""

    id: str
    title: str
    what: str
    when: str
    evidence: str
    whose: str
    state: DutyState
    state_text: str
    is_open: bool
    cites: tuple[Cited, ...]
    deadline: DeadlineView | None
    fine: FineView | None


@dataclass(frozen=True, slots=True)
class RequirementView:
    """One thing that the headline's best level needs."""

    id: str
    title: str
    how: str
    met: Truth
    state_text: str
    cites: tuple[Cited, ...]
    is_advice: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document of those the law asks about: whether it is needed, and whether it is there."""

    label: str
    needed: Truth
    needed_text: str
    there: Truth
    there_text: str


@dataclass(frozen=True, slots=True)
class DocumentsView:
    """The documents required at the level reached; ``note`` says what is not known about them."""

    rows: tuple[DocumentView, ...]
    note: str
    cites: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class BodiesView:
    """State bodies that may be the right ones to ask: an opinion. ``names`` may be empty."""

    names: tuple[str, ...]
    note: str
    cites: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class ListingView:
    """What the headline's best level needs; ``intro`` says why, or why it is not of interest."""

    intro: str
    requirements: tuple[RequirementView, ...]
    bodies: BodiesView | None

    @property
    def missing(self) -> tuple[RequirementView, ...]:
        """What is surely not met, and is not mere advice."""
        return tuple(
            item for item in self.requirements if item.met is Truth.FAILS and not item.is_advice
        )


@dataclass(frozen=True, slots=True)
class AnswerView:
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


@dataclass(frozen=True, slots=True)
class SectionView:
    """The questions asked in one section, with their answers."""

    id: str
    title: str
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True, slots=True)
class LimitView:
    """An open point of the law, or something that could not be confirmed."""

    id: str
    title: str
    text: str
    cites: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class ActView:
    """An act that the report cites: its short and official names, and where it stands.

    ``read_text`` says in which form the questionnaire's authors read it.
    """

    id: str
    short: str
    title: str
    address: str
    read_text: str


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact about the system: what it is about, and the answer."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class SystemView:
    """What was assessed; texts are empty where nothing was answered."""

    name: str
    organisation: str
    purpose: tuple[str, ...]
    facts: tuple[FactView, ...]


@dataclass(frozen=True)
class Report:
    """Everything that is handed over, in one language."""

    language: str
    questionnaire: str
    title: str
    edition: date
    edition_text: str
    digest: str
    on: date
    on_text: str
    document: DocumentFacts
    submitted_text: str
    interpretation: tuple[str, ...]
    system: SystemView
    verdict: VerdictView
    top_reasons: tuple[TopReason, ...]
    next_steps: tuple[StepView, ...]
    scales: tuple[ScaleView, ...]
    notices: tuple[NoticeView, ...]
    duties: tuple[DutyView, ...]
    documents: DocumentsView | None
    listing: ListingView
    sections: tuple[SectionView, ...]
    set_aside: tuple[AnswerView, ...]
    limits: tuple[LimitView, ...]
    acts: tuple[ActView, ...]
    has_unconfirmed: bool

    @property
    def words(self) -> Words:
        """The interface words around these values, for templates."""
        return words(self.language, DOMAIN)

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
