"""What goes wrong with webhooks."""

from __future__ import annotations

from riskq.errors import RiskqError

__all__ = ["HookError"]


class HookError(RiskqError):
    """An address cannot be told; ``reason`` is a word of ours, or the status that it answered.

    "address": it is none; "scheme": it is not https; "name": nobody knows it; "private": it is not
    of the internet; "many": the workspace has as many as it may; "connection", "tls", "time".
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The address cannot be told ({reason}).")
