"""Many reports of a workspace at once: the newest revisions of the assessments that were chosen."""

from __future__ import annotations

import json
from collections.abc import Iterable

from riskq.services.desk import Desk
from riskq.services.encryption import decrypt_snapshot, key_in
from riskq.services.workspaces.seats import Seat, record
from riskq.store import NewItem, Unit, newest_revisions

__all__ = ["note_reports", "report_item", "reports_of"]

_LONGEST_NAME = 120


def reports_of(desk: Desk, seat: Seat, assessments: Iterable[str]) -> tuple[NewItem, ...]:
    """What a bundle is to make of each assessment, by the titles; one that cannot be says why.

    What does not belong to the workspace is left out.
    """
    chosen = tuple(dict.fromkeys(assessments))

    def read(unit: Unit) -> tuple[NewItem, ...]:
        found = newest_revisions(unit, seat.workspace.id, chosen)
        return tuple(report_item(desk, unit, *one) for one in found)

    return desk.store.read(read)


def report_item(
    desk: Desk, unit: Unit, assessment: str, title: str, revision: int | None, stored: str | None
) -> NewItem:
    """What a bundle is to make of a revision, in a file with this title for its name."""
    name = title.replace("/", "-")[:_LONGEST_NAME] + ".pdf"
    if revision is None or stored is None:
        return NewItem(name, None, "not-submitted")
    snapshot = decrypt_snapshot(key_in(unit, desk.keys, assessment), revision, stored)
    number = f"{assessment.upper()}-{revision}"
    told = {"number": number, "revision": revision, "snapshot": snapshot}
    return NewItem(name, json.dumps(told, ensure_ascii=False))


def note_reports(desk: Desk, seat: Seat, total: int, language: str) -> None:
    """Write down that reports were taken."""

    def change(unit: Unit) -> None:
        record(unit, seat, desk.clock(), "reports-taken", language, new=str(total))

    desk.store.change(change)
