"""The vendor's side: coming in by the link of an invitation, without an account."""

from __future__ import annotations

import json
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from riskq.services.assessments import Started, new_record
from riskq.services.desk import NEVER, Desk
from riskq.services.encryption import decrypt_review, key_for_workspace, workspace_key
from riskq.services.opening import Opened
from riskq.services.screenings.errors import LinkOverError
from riskq.services.screenings.rounds import load_edition
from riskq.services.unguessable import hash_of, new_id
from riskq.services.workspaces import book_of
from riskq.store import (
    HOLDER,
    REVIEWS,
    SCREENINGS,
    VENDORS,
    WORKSPACES,
    Happened,
    Review,
    Screening,
    Unit,
    Vendor,
    Workspace,
    create_assessment,
    history,
)

__all__ = ["Invitation", "begin_answers", "begin_vendor", "find_by_assessment", "find_by_link"]


class Invitation(Struct, frozen=True):
    """What a vendor sees of a screening; ``reviews`` are what the buyer said of answers.

    Without its assessment open, there are none.
    """

    workspace: Workspace
    screening: Screening
    vendor: Vendor
    reviews: tuple[Review, ...]

    def asked(self, opened: Opened) -> tuple[Review, ...]:
        """What the buyer asks to clarify, of the questions that are open for that."""
        open_to = (opened.record.open_to or "").split()
        return tuple(review for review in self.reviews if review.question in open_to)


def find_by_link(desk: Desk, secret: str) -> Invitation:
    """The invitation behind a link; raises ``LinkOverError``."""

    def read(unit: Unit) -> Invitation:
        vendor = VENDORS.one(unit, "where key_hash = ?", hash_of(secret))
        if vendor is None or vendor.link_until <= desk.clock():
            raise LinkOverError("The link has expired, was replaced or withdrawn.")
        return _invitation(unit, vendor)

    return desk.store.read(read)


def find_by_assessment(desk: Desk, opened: Opened) -> Invitation | None:
    """The invitation by which an assessment was begun, if it was, with what the buyer said."""

    def read(unit: Unit) -> Invitation | None:
        vendor = VENDORS.one(unit, "where assessment = ?", opened.record.id)
        if vendor is None:
            return None
        stored = REVIEWS.find(unit, "where vendor = ? order by question", vendor.id)
        reviews = tuple(decrypt_review(opened.key, one) for one in stored)
        return replace(_invitation(unit, vendor), reviews=reviews)

    return desk.store.read(read)


def _invitation(unit: Unit, vendor: Vendor) -> Invitation:
    screening = SCREENINGS.one(unit, "where id = ?", vendor.screening)
    workspace = None
    if screening is not None:
        workspace = WORKSPACES.one(unit, "where id = ?", screening.workspace)
    if screening is None or workspace is None:
        raise LinkOverError("The screening is gone.")
    return Invitation(workspace, screening, vendor, ())


def begin_answers(desk: Desk, secret: str, language: str) -> Started:
    """Begin the vendor's assessment, or go on with it; the link's secret opens it from then on.

    Raises ``LinkOverError``, also for a screening that is closed.
    """
    found = find_by_link(desk, secret)
    vendor = found.vendor
    if vendor.assessment is not None:
        return Started(vendor.assessment, secret)
    if found.screening.closed_at is not None:
        raise LinkOverError("The screening is closed.")
    begin = begin_vendor(desk, found, language, HOLDER)
    return Started(desk.store.change(begin), secret)


def begin_vendor(desk: Desk, found: Invitation, language: str, by: str) -> Callable[[Unit], str]:
    """What begins a vendor's assessment in a unit of work, by whomever.

    It gives the id, which is that of another if one was begun meanwhile, and raises
    ``LinkOverError`` if the vendor was removed, or the link that it came by replaced, and
    ``KeyMissingError`` without a master key: the workspace's key opens the answers.
    """
    vendor, now = found.vendor, desk.clock()
    # The vendor's link opens it, whose secret is not known here: its hash is.
    started = Started(new_id(), "")
    plain = new_record(desk, load_edition(desk, found.screening), started, language, {})

    def begin(unit: Unit) -> str:
        present = VENDORS.one(unit, "where id = ?", vendor.id)
        if present is None or (by == HOLDER and present.key_hash != vendor.key_hash):
            raise LinkOverError("The link was replaced or withdrawn at this moment.")
        if present.assessment is not None:
            return present.assessment  # Another window was first.
        lasting = {"link_until": present.link_until, "expires_at": NEVER}
        workspace = workspace_key(unit, desk.keys, found.workspace.id, now)
        sealed = key_for_workspace(plain.id, workspace).sealed
        told_first = {"open_to": "*", "sealed_key": sealed}
        made = replace(plain, key_hash=present.key_hash, **told_first, **lasting)
        create_assessment(unit, made)
        opened: dict[str, object] = {"assessment": made.id, "opened_at": now}
        VENDORS.change(unit, opened, "where id = ?", vendor.id)
        told = json.dumps({"title": vendor.name}, ensure_ascii=False)
        happened = Happened(now, by, "vendor-opened", vendor.id, told)
        history.append(unit, book_of(found.workspace.id), happened)
        return made.id

    return begin
