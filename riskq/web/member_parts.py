"""The parts for people who work in a workspace, and for whoever comes from one: loaded late."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock

from flask import Blueprint

from riskq.web.late_parts import LateParts

__all__ = ["member_parts"]

_FIRST_WORDS = frozenset(
    {
        *("account", "calendar", "i", "join", "password", "sign-in", "sign-out", "tables", "w"),
        "workspaces",
    }
)
_LAST_WORDS = frozenset({"back", "claim"})


def member_parts() -> LateParts:
    """What is loaded with the first request for it."""
    return LateParts(_FIRST_WORDS, _LAST_WORDS, _load, Lock())


def _load() -> Iterable[Blueprint]:
    from riskq.web.accounts import accounts, provider_door
    from riskq.web.screenings import PARTS as SCREENING_PARTS
    from riskq.web.tables import tables
    from riskq.web.workspaces import PARTS as WORKSPACE_PARTS

    return (accounts, provider_door, tables, *WORKSPACE_PARTS, *SCREENING_PARTS)
