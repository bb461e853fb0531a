"""What can be seen of a file and its seal."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

__all__ = [
    "Inspection",
    "Refusal",
    "Role",
    "Seal",
    "Trust",
]

Refusal = Literal["no-pdf", "too-large", "encrypted", "damaged", "too-heavy"]
"""Why a file was not looked into."""

Trust = Literal["own", "known", "unknown"]
"""Whose seal it is: one that this service trusts as its own, another that it knows, or neither."""

Role = Literal["own", "known", "stampers"]
"""What a certificate is trusted for: seals of one's own, seals of others, or time stamps."""


class Seal(Struct, frozen=True):
    """One signature in a document.

    ``is_intact`` tells that the signed bytes are those that were signed; ``covers_file`` that they
    are all bytes of the file; ``allows_nothing`` that it certifies the document and allows no
    change. ``added`` is the number of bytes after the signed ones. ``fingerprint`` is the SHA-256
    of the certificate. ``claimed_at`` is the time by the signer's own clock, ``stamped_at`` that of
    a time-stamp authority whose stamp is sound.
    """

    is_intact: bool
    covers_file: bool
    allows_nothing: bool
    added: int
    signer: str
    fingerprint: str
    is_self_made: bool
    trust: Trust
    claimed_at: datetime | None
    stamped_at: datetime | None
    stamped_by: str = ""

    @property
    def is_unaltered(self) -> bool:
        """Whether the file is, to the last byte, what was sealed."""
        return self.is_intact and self.covers_file and self.added == 0


class Inspection(Struct, frozen=True):
    """What was seen of a file; with a ``refusal`` nothing else was.

    ``data`` is the text of ``assessment.json``, ``files`` the names of all files inside, and
    ``language`` that of the document. ``only_sealed`` tells that all updates after the first state
    of the document add nothing but a seal.
    """

    refusal: Refusal | None = None
    seals: tuple[Seal, ...] = ()
    data: str | None = None
    files: tuple[str, ...] = ()
    language: str = ""
    only_sealed: bool = False
