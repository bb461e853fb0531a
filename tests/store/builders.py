"""Records for tests: complete and valid, so that a test names only what it is about."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from riskq.store import (
    HOLDER,
    Act,
    AnswerChange,
    Assessment,
    NewRevision,
    Revision,
    Store,
    StoredAnswer,
)

NOW = datetime(2026, 8, 25, 9, 30, 0, 125_000, tzinfo=UTC)
LATER = NOW + timedelta(days=180)


def an_assessment(name: str = "one", **changes: Any) -> Assessment:
    """A new assessment without answers, kept for half a year."""
    plain = Assessment(
        id=name,
        key_hash=key_of(name),
        questionnaire="kz-ai-law",
        edition=date(2026, 8, 25),
        digest="d1",
        language="kk",
        created_at=NOW,
        touched_at=NOW,
        expires_at=LATER,
        sequence=0,
        answers=(),
        last_revision=0,
    )
    return replace(plain, **changes)


def key_of(name: str) -> bytes:
    """The hash of the key of an assessment of this name."""
    return hashlib.sha256(name.encode()).digest()


def an_answer(question: str, value: str, version: int, because: str = "") -> StoredAnswer:
    """An answer as it is read back."""
    return StoredAnswer(question, value, because, version, NOW)


def write(question: str, value: str, was: int = 0, because: str = "") -> AnswerChange:
    """A change that answers."""
    return AnswerChange(question, value, because, was)


def remove(question: str, was: int) -> AnswerChange:
    """A change that takes an answer away."""
    return AnswerChange(question, None, "", was)


def save(store: Store, sequence: int, *changes: AnswerChange, name: str = "one") -> int:
    """Save now."""
    return store.save(name, sequence, changes, Act(NOW, HOLDER), LATER)


def submit(store: Store, sequence: int, snapshot: str = "{}", name: str = "one") -> Revision:
    """Submit now, in Kazakh."""
    digest = hashlib.sha256(snapshot.encode()).hexdigest()
    new = NewRevision(snapshot, digest, "kk", {"risk": ("low", "high")})
    return store.submit(name, sequence, new, Act(NOW, HOLDER))


def found(store: Store, name: str = "one") -> Assessment:
    """The assessment, which must be there."""
    assessment = store.find(name)
    assert assessment is not None
    return assessment
