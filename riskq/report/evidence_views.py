"""The files that were attached as evidence, as they are told and as a reader sees them."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["AttachedFile", "EvidenceView", "FileView"]


class AttachedFile(Struct, frozen=True):
    """A file attached to the answer to ``question``, as an assessment's data tell of it."""

    question: str
    name: str
    type: str
    bytes: int
    sha256: str


class FileView(Struct, frozen=True):
    """A file as a reader sees it."""

    name: str
    size: str
    sha256: str


class EvidenceView(Struct, frozen=True):
    """The files of one answer; ``ask`` is its question in words."""

    id: str
    ask: str
    files: tuple[FileView, ...]
