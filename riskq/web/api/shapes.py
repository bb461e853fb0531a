"""The shapes of what the API takes and gives. Their docstrings describe it to readers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from msgspec import Meta, Struct, field

__all__ = [
    "AnswersSent",
    "AssessmentGiven",
    "AssessmentLine",
    "AssessmentList",
    "AssessmentSent",
    "DecisionSent",
    "EventGiven",
    "EventList",
    "LinkGiven",
    "MemberGiven",
    "QuestionGiven",
    "QuestionnaireGiven",
    "QuestionnaireLine",
    "ReviewGiven",
    "ReviewSent",
    "RevisionGiven",
    "ScaleGiven",
    "ScreeningGiven",
    "ScreeningSent",
    "SubmissionSent",
    "VendorGiven",
    "VendorLineGiven",
    "VendorList",
    "VendorSent",
    "VendorsAdded",
    "VendorsSent",
    "WorkspaceGiven",
]

# A name of blanks alone would be none.
Name = Annotated[str, Meta(min_length=1, max_length=120, pattern=r"\S")]
Text = Annotated[str, Meta(max_length=4000)]
Language = Annotated[str, Meta(pattern="^(kk|ru|en)$")]


class WorkspaceGiven(Struct, frozen=True):
    """The workspace of the token, and what the token may do there."""

    id: str
    name: str
    rights: list[str]


class MemberGiven(Struct, frozen=True):
    """A member of the workspace."""

    id: str
    name: str
    email: str
    role: str


class QuestionnaireLine(Struct, frozen=True):
    """A questionnaire, and its edition in force."""

    id: str
    edition: date
    digest: str
    title: dict[str, str]


class QuestionGiven(Struct, frozen=True):
    """A question: its id, its kind, the ids of its options, and what it asks."""

    id: str
    kind: str
    options: list[str]
    ask: dict[str, str]


class ScaleGiven(Struct, frozen=True):
    """A scale, with its levels from the lightest to the gravest."""

    id: str
    levels: list[str]


class QuestionnaireGiven(Struct, frozen=True):
    """An edition of a questionnaire."""

    id: str
    edition: date
    digest: str
    questions: list[QuestionGiven]
    scales: list[ScaleGiven]


class AssessmentLine(Struct, frozen=True):
    """An assessment in a list."""

    id: str
    title: str
    questionnaire: str
    edition: date
    answers: int
    revision: int
    touched_at: datetime


class AssessmentList(Struct, frozen=True):
    """A page of the workspace's assessments, the last touched first."""

    items: list[AssessmentLine]
    total: int


class AssessmentSent(Struct, frozen=True, forbid_unknown_fields=True):
    """An assessment to begin; answers as in an answers file: question id to answer."""

    questionnaire: str
    title: Name
    language: Language = "kk"
    answers: dict[str, Any] = field(default_factory=dict)


class RevisionGiven(Struct, frozen=True):
    """A submitted, frozen state."""

    number: int
    submitted_at: datetime
    sha256: str


class AssessmentGiven(Struct, frozen=True):
    """An assessment as it stands; ``conclusion`` has the form of ``riskq assess --format json``.

    ``sequence`` counts the saves: send it with a change, so that nobody's is overwritten.
    """

    id: str
    title: str
    questionnaire: str
    edition: date
    sequence: int
    answers: dict[str, Any]
    conclusion: dict[str, Any]
    revisions: list[RevisionGiven]


class AnswersSent(Struct, frozen=True, forbid_unknown_fields=True):
    """Answers to save over the state of a sequence; null takes an answer away."""

    sequence: Annotated[int, Meta(ge=0)]
    answers: dict[str, Any]


class SubmissionSent(Struct, frozen=True, forbid_unknown_fields=True):
    """Submit the state of a sequence as a revision."""

    sequence: Annotated[int, Meta(ge=0)]
    language: Language = "kk"


class ScreeningSent(Struct, frozen=True, forbid_unknown_fields=True):
    """A screening to begin, by the edition in force, or what one says from now on."""

    title: Name
    questionnaire: str = ""
    message: Text = ""
    deadline: date | None = None
    language: Language = "kk"


class ScreeningGiven(Struct, frozen=True):
    """A screening, and how many vendors are in each state."""

    id: str
    title: str
    message: str
    questionnaire: str
    edition: date
    language: str
    deadline: date | None
    created_at: datetime
    is_closed: bool
    states: dict[str, int]


class VendorSent(Struct, frozen=True, forbid_unknown_fields=True):
    """A vendor to invite."""

    name: Name
    email: Annotated[str, Meta(max_length=200)] = ""
    reference: Annotated[str, Meta(max_length=120)] = ""


class VendorsSent(Struct, frozen=True, forbid_unknown_fields=True):
    """Vendors to invite; those who are in the screening already are left out."""

    vendors: Annotated[list[VendorSent], Meta(min_length=1, max_length=1000)]


class VendorsAdded(Struct, frozen=True):
    """How many vendors were invited."""

    added: int


class VendorLineGiven(Struct, frozen=True):
    """A vendor in a list; levels are those still possible on the scale of the list."""

    id: str
    name: str
    email: str
    reference: str
    state: str
    is_late: bool
    answers: int
    revision: int
    submitted_at: datetime | None
    claimed: list[str]
    accepted: list[str]


class VendorList(Struct, frozen=True):
    """A page of vendors."""

    items: list[VendorLineGiven]
    total: int


class ReviewGiven(Struct, frozen=True):
    """What was said of one answer."""

    question: str
    comment: str
    asks: bool
    value: Any


class VendorGiven(Struct, frozen=True):
    """A vendor; the conclusions are None as long as nothing was submitted."""

    id: str
    name: str
    email: str
    reference: str
    link: str
    link_until: datetime
    answers: dict[str, Any]
    claimed: dict[str, Any] | None
    accepted: dict[str, Any] | None
    reviews: list[ReviewGiven]
    decision: str
    reason: str


class LinkGiven(Struct, frozen=True):
    """The link by which a vendor comes in, and until when."""

    link: str
    link_until: datetime


class ReviewSent(Struct, frozen=True, forbid_unknown_fields=True):
    """What to say of one answer; ``value`` is an answer as in an answers file, or null."""

    comment: Annotated[str, Meta(max_length=2000)] = ""
    asks: bool = False
    value: Any = None


class DecisionSent(Struct, frozen=True, forbid_unknown_fields=True):
    """A decision about the newest submission."""

    decision: Annotated[str, Meta(pattern="^(accepted|returned)$")]
    reason: Annotated[str, Meta(min_length=1, max_length=2000)]


class EventGiven(Struct, frozen=True):
    """Something that happened; ``hash`` chains it to the event before."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: dict[str, Any]
    hash: str


class EventList(Struct, frozen=True):
    """Events, the newest first; ask for those ``before`` the last number to go on."""

    items: list[EventGiven]
