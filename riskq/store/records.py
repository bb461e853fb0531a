"""The records of the store: what is remembered of an assessment, as frozen values.

Times are aware UTC datetimes. The store keeps whole milliseconds, so that what is read back may
be earlier than what was given by less than one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

__all__ = ["HOLDER", "Act", "AnswerChange", "Assessment", "NewRevision", "Revision", "StoredAnswer"]

HOLDER = "holder"
"""Who acts by the private link alone, in a history."""


class Act(Struct, frozen=True):
    """When something is done, and by whom: the id of a user, or ``HOLDER``."""

    at: datetime
    by: str


class StoredAnswer(Struct, frozen=True):
    """One answer as it stands.

    ``value`` is JSON text; ``because`` the assessor's own words, empty if there are none.
    ``version`` is the sequence of the assessment at which the answer was saved. It therefore
    grows with each change and never comes back, not even after the answer was removed; it is
    never 0.
    """

    question: str
    value: str
    because: str
    version: int
    saved_at: datetime


class Assessment(Struct, frozen=True):
    """One stored journey: which edition judges it, until when it is kept, and its answers.

    ``key_hash`` is the hash of the private link's secret. ``sequence`` counts the saves that
    changed answers. ``answers`` are in the order of their question ids. ``last_revision`` is the
    number of the newest revision, 0 if there is none.

    ``open_to`` says which answers may be changed: ``None`` all of them, always; "*" all of them
    until they are submitted; else the ids of questions, parted by blanks, and those without an
    answer; "" none. ``link_until`` is until when the private link works, if it ends before
    ``expires_at``. ``sealed_key`` is the key of the answers, encrypted under another that is not
    stored; None where they were written before there were keys.
    """

    id: str
    key_hash: bytes
    questionnaire: str
    edition: date
    digest: str
    language: str
    created_at: datetime
    touched_at: datetime
    expires_at: datetime
    sequence: int
    answers: tuple[StoredAnswer, ...]
    last_revision: int
    open_to: str | None = None
    link_until: datetime | None = None
    sealed_key: bytes | None = None


class Revision(Struct, frozen=True):
    """A submitted, frozen state: ``snapshot`` is JSON text, ``sha256`` its digest.

    ``number`` counts from 1; ``sequence`` is the assessment's at the time, so that a caller sees
    whether answers have changed since. ``by_code`` opens an encrypted snapshot to whoever has the
    code printed on its report.
    """

    assessment: str
    number: int
    submitted_at: datetime
    language: str
    snapshot: str
    sha256: str
    sequence: int
    by_code: bytes | None = None


class NewRevision(Struct, frozen=True):
    """What a submission freezes.

    ``levels`` holds the levels still possible on each scale, by the scales' ids.
    """

    snapshot: str
    sha256: str
    language: str
    levels: Mapping[str, Sequence[str]]
    by_code: bytes | None = None


class AnswerChange(Struct, frozen=True):
    """One answer to write; a ``value`` of None removes it.

    ``expected_version`` is the version that the change was made from; 0 means "not answered".
    """

    question: str
    value: str | None
    because: str
    expected_version: int
