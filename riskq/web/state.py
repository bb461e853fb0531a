"""What one application holds while it runs: its settings, its desk, its files for browsers."""

from __future__ import annotations

from typing import cast

from flask import current_app
from msgspec import Struct

from riskq.services import BlankForms, BundleDesk, Desk, Documents, Keeper, Verifier
from riskq.settings import Settings
from riskq.web.asset_files import AssetFiles

__all__ = ["State", "state"]

KEY = "riskq"


class State(Struct, frozen=True):
    """The parts that requests share; each may be used by many threads at once."""

    settings: Settings
    desk: Desk
    documents: Documents
    forms: BlankForms
    keeper: Keeper
    verifier: Verifier
    bundles: BundleDesk
    assets: AssetFiles


def state() -> State:
    """The state of the application that answers the present request."""
    return cast("State", current_app.extensions[KEY])
