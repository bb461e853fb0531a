"""The one list of steps of the schema, into which each part puts its own. None is ever edited."""

from __future__ import annotations

from sqlite_utils import Migrations

__all__ = ["STEPS"]

STEPS = Migrations("riskq")
"""All steps. Their names are stored, so they must not change; they run in the order of imports."""
