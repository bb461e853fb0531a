"""Tokens by which programs act in a workspace, and the answers that are given again."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from riskq.store.table import Table

__all__ = ["GIVEN", "TOKENS", "Given", "Token"]


class Token(Struct, frozen=True):
    """A token: its rights, parted by blanks, who made it, until when; its secret is a hash here.

    ``refused_at`` is when the history was last told that it was used and is over.
    """

    id: str
    workspace: str
    name: str
    rights: str
    key_hash: bytes
    created_by: str
    created_at: datetime
    expires_at: datetime
    refused_at: datetime | None = None


class Given(Struct, frozen=True):
    """What was answered to a request with a key of its own, to be given again.

    ``status`` is 0 while the request is being worked on. ``digest`` is that of the request.
    """

    token: str
    name: str
    digest: bytes
    status: int
    body: bytes
    at: datetime


TOKENS = Table("api_tokens", Token)
GIVEN = Table("given_answers", Given)
