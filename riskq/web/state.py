"""What one application holds while it runs: its settings, its desk, its files for browsers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, cast

from flask import current_app
from msgspec import Struct

from riskq import report, services
from riskq.services import Desk, Documents, Keeper
from riskq.services import provider as providers
from riskq.settings import Settings
from riskq.store import BundleStore
from riskq.web.asset_files import AssetFiles

if TYPE_CHECKING:
    from riskq.services import BlankForms, BundleDesk, Verifier

__all__ = ["State", "state"]

KEY = "riskq"


class State(Struct, frozen=True, dict=True):
    """The parts that requests share; each may be used by many threads at once.

    What few pages work with is made for the first of them. Should two threads be the first, one of
    the two is used from then on; neither has yet done anything that the other would have to know.
    """

    settings: Settings
    desk: Desk
    documents: Documents
    keeper: Keeper
    bundle_store: BundleStore
    enqueue: Callable[[str, int], None]
    announce_letters: Callable[[], None]
    assets: AssetFiles

    @cached_property
    def allowances(self) -> services.Allowances:
        """What is counted of costly pages and calls."""
        return services.Allowances(self.desk, self.settings.crowd.times)

    @cached_property
    def forms(self) -> BlankForms:
        """The blank forms."""
        return services.BlankForms(self.documents.renderer, self.settings.brand)

    @cached_property
    def verifier(self) -> Verifier:
        """What verifies documents that somebody received."""
        inspector = report.Inspector(self.settings.seal)
        return services.Verifier(self.desk.catalogue, inspector, self.documents.renderer)

    @cached_property
    def provider(self) -> providers.Provider | None:
        """By whom people may sign in, if anybody is set."""
        set_up = self.settings.provider
        return None if set_up is None else providers.Provider(set_up, self.desk.clock)

    @cached_property
    def bundles(self) -> BundleDesk:
        """What bundles are worked with."""
        desk, most = self.desk, self.settings.most_reports
        return services.BundleDesk(
            self.bundle_store, desk.catalogue, self.enqueue, desk.clock, most, desk.keys
        )


def state() -> State:
    """The state of the application that answers the present request."""
    return cast("State", current_app.extensions[KEY])
