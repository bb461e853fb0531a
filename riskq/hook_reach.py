"""How far webhooks reach: to addresses of the internet, to any, or to none."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Reach"]


class Reach(StrEnum):
    """Which addresses may be told of what happens.

    PUBLIC: https addresses of the internet. ANY: those of one's own network too, also without
    encryption, which whoever runs the service must want. NONE: no webhooks.
    """

    NONE = "none"
    PUBLIC = "public"
    ANY = "any"
