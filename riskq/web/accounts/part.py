"""The part of the pages that is about accounts, for the modules whose views belong to it."""

from __future__ import annotations

from riskq.web.locale import in_language

__all__ = ["accounts"]

accounts = in_language("accounts")
