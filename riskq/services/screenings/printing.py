"""The reports of many vendors at once: of what each of them submitted last."""

from __future__ import annotations

from riskq.services.desk import Desk
from riskq.services.screenings.rounds import Round
from riskq.services.workspaces import report_item
from riskq.store import NewItem, Unit, Wanted, count_submitted, newest_of_vendors

__all__ = ["count_reports", "reports_of_vendors"]


def count_reports(desk: Desk, of: Round, wanted: Wanted) -> int:
    """How many of the wanted vendors have submitted."""
    return desk.store.read(
        lambda unit: count_submitted(unit, of.screening.id, wanted, desk.today())
    )


def reports_of_vendors(desk: Desk, of: Round, wanted: Wanted) -> tuple[NewItem, ...]:
    """What a bundle is to make of the wanted vendors that have submitted, by their names.

    What a vendor has changed since then is its own, and in none of them.
    """

    def read(unit: Unit) -> tuple[NewItem, ...]:
        found = newest_of_vendors(unit, of.screening.id, wanted, desk.today())
        return tuple(report_item(desk, unit, *one) for one in found)

    return desk.store.read(read)
