"""The records of bundles: many reports that are made one after the other and handed over as one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

__all__ = ["Bundle", "BundleItem", "ItemState", "NewItem", "Work"]

ItemState = Literal["waiting", "working", "done", "failed", "cancelled"]
"""How far the report of an item is."""


class Bundle(Struct, frozen=True):
    """Many reports in one language, by one edition, as of one day.

    ``key_hash`` is the hash of the secret that opens it; ``edition`` and ``digest`` tell by what
    the answers are judged, ``on`` as of which day. ``turn`` counts how often it was taken up again.
    Of kind "revisions", the items are submitted states, each with its own edition; ``origin`` is
    where the service can be asked about them, ``brand`` (JSON text) in whose name they are made.
    """

    id: str
    key_hash: bytes
    questionnaire: str
    edition: date
    digest: str
    language: str
    on: date
    created_at: datetime
    expires_at: datetime
    turn: int = 0
    kind: str = "answers"
    origin: str = ""
    brand: str = ""


class NewItem(Struct, frozen=True):
    """A file that came in: what it is called, and its answers (JSON text) or what is wrong."""

    name: str
    answers: str | None
    detail: str = ""


class BundleItem(Struct, frozen=True):
    """One report of a bundle.

    ``detail`` says why it failed, ``size`` how many bytes its PDF has; ``can_retry`` that it failed
    or was cancelled and its answers are there.
    """

    number: int
    name: str
    state: ItemState
    detail: str
    size: int
    can_retry: bool


class Work(Struct, frozen=True):
    """An item that was taken to be made: until ``lease`` nobody else takes it."""

    bundle: str
    number: int
    answers: str
    lease: datetime
