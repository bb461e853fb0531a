"""The buyer's side: looking at answers, asking again, a value of one's own, and the decision.

The claimed conclusion is that of the vendor's revision. The accepted one is that of the same
answers with the reviewer's own values in their places, judged by the same engine. What a reviewer
says is about one revision: after another submission, own values are looked at anew.
"""

from __future__ import annotations

import json

from msgspec import Struct

from riskq.engine import Answer, AnswerFault, Judge, read_answer, write_answer
from riskq.services.desk import Desk
from riskq.services.encryption import decrypt_review, encrypt_review
from riskq.services.opening import Opened, open_by_id
from riskq.services.revisions import Submitted, find_revision
from riskq.services.screenings.errors import MovedOnError, NotSubmittedError, NoVendorError
from riskq.services.screenings.rounds import Round
from riskq.services.workspaces import record
from riskq.store import (
    ACCEPTED_LEVELS,
    REVIEWS,
    VENDORS,
    AcceptedLevels,
    Review,
    Unit,
    Vendor,
    open_answers,
    standing_of,
)

__all__ = [
    "Looked",
    "Said",
    "ask_again",
    "decide",
    "look_at",
    "own_answer",
    "own_value",
    "review_answer",
]


class Looked(Struct, frozen=True):
    """A vendor as a reviewer sees it.

    ``opened`` is the assessment as it stands, ``submitted`` its newest revision, ``accepted`` the
    judged answers as the reviewer takes them; each None as long as there is none.
    """

    vendor: Vendor
    reviews: dict[str, Review]
    opened: Opened | None
    submitted: Submitted | None
    accepted: Judge | None

    @property
    def is_waiting(self) -> bool:
        """Whether the answers are submitted and lie with the buyer."""
        return self.opened is not None and self.opened.is_locked

    @property
    def has_own_values(self) -> bool:
        """Whether the reviewer takes an answer otherwise than the vendor gave it."""
        return bool(self.own_values)

    @property
    def own_values(self) -> dict[str, Review]:
        """What the reviewer takes otherwise, of the newest revision."""
        number = 0 if self.submitted is None else self.submitted.record.number
        return _own_values(self.reviews, number)

    @property
    def asks(self) -> tuple[str, ...]:
        """The questions marked to be asked again."""
        return tuple(name for name, review in self.reviews.items() if review.asks)

    @property
    def mark(self) -> str:
        """What a form says that it was made of: the newest submission, and what was decided."""
        revision = 0 if self.opened is None else self.opened.record.last_revision
        decided = self.vendor.decided_at
        return f"{revision}-{0 if decided is None else int(decided.timestamp() * 1000)}"

    @property
    def is_decided(self) -> bool:
        """Whether the decision is about the newest revision, and the answers lie accordingly."""
        if self.opened is None or not self.vendor.decision:
            return False
        record = self.opened.record
        lies_with = "" if self.vendor.decision == "accepted" else "*"
        stands = (self.vendor.decided_revision, lies_with)
        return stands == (record.last_revision, record.open_to)


def look_at(desk: Desk, of: Round, vendor: str) -> Looked:
    """A vendor with its answers and what was said of them; raises ``NoVendorError``."""

    def read(unit: Unit) -> tuple[Vendor, tuple[Review, ...]]:
        found = VENDORS.one(unit, "where id = ? and screening = ?", vendor, of.screening.id)
        if found is None:
            raise NoVendorError("The screening has no such vendor.")
        return found, REVIEWS.find(unit, "where vendor = ? order by question", vendor)

    found, said = desk.store.read(read)
    if found.assessment is None:
        return Looked(found, {}, None, None, None)
    opened = open_by_id(desk, found.assessment)
    reviews = {one.question: decrypt_review(opened.key, one) for one in said}
    submitted = find_revision(desk, opened)
    accepted = None if submitted is None else _accepted(submitted, reviews)
    return Looked(found, reviews, opened, submitted, accepted)


def _refuse_moved_on(unit: Unit, looked: Looked) -> None:
    """Refuse what was said of a vendor that does not stand any more as it was looked at."""
    vendor = VENDORS.one(unit, "where id = ?", looked.vendor.id)
    if vendor is None or looked.opened is None:
        raise NoVendorError("The vendor was removed.")
    record = looked.opened.record
    stands = (record.open_to, record.last_revision), looked.vendor.decided_at
    if (standing_of(unit, record.id), vendor.decided_at) != stands:
        raise MovedOnError("The vendor does not stand any more as it was looked at.")


def _accepted(submitted: Submitted, reviews: dict[str, Review]) -> Judge:
    answers = dict(submitted.answers)
    for name, review in _own_values(reviews, submitted.record.number).items():
        answer = own_answer(submitted, review)
        if answer is not None:
            answers[name] = answer
    return Judge(submitted.questionnaire, answers, submitted.on)


def _own_values(reviews: dict[str, Review], revision: int) -> dict[str, Review]:
    return {
        name: review
        for name, review in reviews.items()
        if review.value is not None and review.revision == revision
    }


def own_answer(submitted: Submitted, review: Review) -> Answer | None:
    """The reviewer's own value as an answer; None without one that the edition takes."""
    question = submitted.questionnaire.by_id.get(review.question)
    if question is None or review.value is None:
        return None
    try:
        return read_answer(question, json.loads(review.value), submitted.on)
    except AnswerFault:
        return None


def own_value(looked: Looked, name: str) -> object:
    """The reviewer's own value of an answer, as in an answers file; None without one."""
    review = looked.own_values.get(name)
    return None if review is None or review.value is None else json.loads(review.value)


class Said(Struct, frozen=True):
    """What a reviewer says of an answer: a comment, whether to ask again, a value of one's own."""

    comment: str
    asks: bool
    value: Answer | None


def review_answer(desk: Desk, of: Round, looked: Looked, name: str, said: Said) -> None:
    """Keep what a reviewer says of one answer; what is empty is forgotten.

    Raises ``NotSubmittedError`` unless a revision lies with the buyer (what is said while the
    vendor answers would be read by it), ``MovedOnError``, and ``KeyError`` for no question.
    """
    if looked.submitted is None or not looked.is_waiting:
        raise NotSubmittedError("The vendor has not submitted, or answers again.")
    value = _written(looked.submitted, name, said.value)
    number = looked.submitted.record.number
    made = Review(
        vendor=looked.vendor.id,
        question=name,
        revision=number,
        comment=said.comment,
        asks=said.asks,
        value=value,
        by_user=of.seat.user.id,
        at=desk.clock(),
    )
    old = looked.reviews.get(name)
    reviews = {**looked.reviews, name: made}
    judge = _accepted(looked.submitted, reviews)
    kept = _stored(looked, made)
    before = None if old is None else _told(_stored(looked, old))

    def change(unit: Unit) -> None:
        _refuse_moved_on(unit, looked)
        REVIEWS.remove(unit, "where vendor = ? and question = ?", made.vendor, name)
        if said.comment or said.asks or value is not None:
            REVIEWS.add(unit, kept)
        ACCEPTED_LEVELS.remove(unit, "where vendor = ?", made.vendor)
        for scale in judge.conclusion.scales if _own_values(reviews, number) else ():
            levels = " ".join(scale.if_applies)
            ACCEPTED_LEVELS.add(unit, AcceptedLevels(made.vendor, number, scale.id, levels))
        told = {"title": looked.vendor.name, "question": name, "old": before, "new": _told(kept)}
        record(unit, of.seat, made.at, "answer-reviewed", made.vendor, **told)

    desk.store.change(change)


def _written(submitted: Submitted, name: str, value: Answer | None) -> str | None:
    """A reviewer's own value as it is stored."""
    question = submitted.questionnaire.by_id[name]
    return None if value is None else json.dumps(write_answer(question, value), ensure_ascii=False)


def _stored(looked: Looked, review: Review) -> Review:
    """A review as it is stored: encrypted, as the answers are that it is about."""
    return review if looked.opened is None else encrypt_review(looked.opened.key, review)


def _told(review: Review) -> dict[str, object]:
    return {"comment": review.comment, "asks": review.asks, "value": review.value}


_UNDECIDED: dict[str, object] = {
    "decision": "",
    "reason": "",
    "decided_revision": 0,
    "decided_at": None,
}


def ask_again(desk: Desk, of: Round, looked: Looked) -> tuple[str, ...]:
    """Open exactly the marked questions to the vendor; which they are. No decision stands then.

    Raises ``NotSubmittedError`` if nothing lies with the buyer or no question is marked, and
    ``MovedOnError``.
    """
    assessment, asks = looked.vendor.assessment, looked.asks
    if not looked.is_waiting or assessment is None or not asks:
        raise NotSubmittedError("There is nothing to ask again.")
    now = desk.clock()

    def change(unit: Unit) -> None:
        _refuse_moved_on(unit, looked)
        open_answers(unit, assessment, " ".join(asks))
        REVIEWS.change(unit, {"asks": False}, "where vendor = ?", looked.vendor.id)
        VENDORS.change(unit, {"asked_at": now, **_UNDECIDED}, "where id = ?", looked.vendor.id)
        told: dict[str, object] = {"title": looked.vendor.name, "questions": list(asks)}
        record(unit, of.seat, now, "clarification-asked", looked.vendor.id, **told)

    desk.store.change(change)
    desk.recent.forget(assessment)
    return asks


def decide(desk: Desk, of: Round, looked: Looked, decision: str, reason: str) -> None:
    """Accept or return what was submitted, with a reason; returned answers are open again.

    Raises ``NotSubmittedError`` if nothing lies with the buyer, and ``MovedOnError``.
    """
    opened, now = looked.opened, desk.clock()
    if opened is None or not looked.is_waiting:
        raise NotSubmittedError("There is nothing to decide about.")
    columns: dict[str, object] = {
        "decision": decision,
        "reason": reason,
        "decided_revision": opened.record.last_revision,
        "decided_at": now,
    }

    def change(unit: Unit) -> None:
        _refuse_moved_on(unit, looked)
        VENDORS.change(unit, columns, "where id = ?", looked.vendor.id)
        open_answers(unit, opened.record.id, "*" if decision == "returned" else "")
        told = {"title": looked.vendor.name, "new": decision, "reason": reason}
        record(unit, of.seat, now, "vendor-decided", looked.vendor.id, **told)

    desk.store.change(change)
    desk.recent.forget(opened.record.id)
