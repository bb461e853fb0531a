"""What a browser that was sent to the provider keeps until it is back."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Attempt"]


class Attempt(Struct, frozen=True):
    """What the browser has to bring back, or what the token for it has to say.

    ``anew``: the provider was asked to let nobody in whom it only remembers.
    """

    state: str
    nonce: str
    verifier: str
    anew: bool = False
