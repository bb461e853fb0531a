"""Vendors of a screening and their invitations: adding, showing the link, renewing, withdrawing.

The secret of a link follows from the service's own secret, so that it can be shown again to those
who invited, although only its hash is stored. Whoever has the database alone has no link.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from riskq.services.desk import Desk
from riskq.services.evidence import forget_files, ids_of
from riskq.services.screenings.errors import NoVendorError
from riskq.services.screenings.rounds import Round
from riskq.services.unguessable import hash_of, new_id, new_secret
from riskq.services.workspaces import book_of, record
from riskq.store import (
    VENDORS,
    Standing,
    Unit,
    Vendor,
    VendorLine,
    Wanted,
    count_found,
    count_standing,
    delete_assessment,
    drop_letters,
    find_vendors,
    history,
    move_link,
)

__all__ = [
    "MOST_VENDORS",
    "NewVendor",
    "add_vendors",
    "find_vendor",
    "link_secret",
    "list_vendors",
    "note_refused_list",
    "remind",
    "remove_vendor",
    "renew_link",
    "vendors_of",
    "withdraw_link",
    "working_secret",
]

_LONGEST_FILE = 200
_SUBMITTED = frozenset({"submitted", "asked", "accepted", "returned"})
MOST_VENDORS = 5_000
"""How many vendors a screening has at most."""

LINK_DAYS = 90
"""For how long a link works after it was made, or renewed."""


class NewVendor(Struct, frozen=True):
    """A vendor to invite."""

    name: str
    email: str = ""
    reference: str = ""


class VendorPage(Struct, frozen=True):
    """What is shown of a list of vendors: lines, how many in all, and how they stand.

    ``unassessed`` are those who have submitted, and for whose answers the scale means nothing.
    """

    lines: Sequence[VendorLine]
    total: int
    states: dict[str, int]
    levels: dict[str, int]
    unassessed: int


def link_secret(key: str, vendor: str, issue: int) -> str:
    """The secret of a vendor's invitation, 256 bits; ``key`` is the service's own secret."""
    said = f"invitation:{vendor}:{issue}".encode()
    mark = hmac.new(key.encode(), said, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mark).decode().rstrip("=")


def note_refused_list(desk: Desk, of: Round, name: str) -> None:
    """Write down that somebody gave a file that is no list of vendors."""
    told, now = name[:_LONGEST_FILE], desk.clock()
    desk.store.change(
        lambda unit: record(unit, of.seat, now, "list-refused", of.screening.id, title=told)
    )


def add_vendors(desk: Desk, of: Round, key: str, vendors: Sequence[NewVendor]) -> int:
    """Invite vendors, each with a link of its own; how many those were.

    Nobody is invited twice: who is there already, by name and e-mail, is left out.
    """
    now = desk.clock()
    until = now + timedelta(days=LINK_DAYS)

    def change(unit: Unit) -> int:
        there = VENDORS.find(unit, "where screening = ?", of.screening.id)
        known = {(vendor.sort_name, vendor.email.lower()) for vendor in there}
        added = 0
        for one in vendors:
            mark = (one.name.casefold(), one.email.lower())
            if mark in known or len(known) >= MOST_VENDORS:
                continue
            known.add(mark)
            made = _vendor(of, key, one, now, until)
            VENDORS.add(unit, made)
            said = {"title": one.name, "screening": of.screening.title}
            record(unit, of.seat, now, "vendor-invited", made.id, **said)
            added += 1
        return added

    return desk.store.change(change)


def _vendor(of: Round, key: str, one: NewVendor, now: datetime, until: datetime) -> Vendor:
    vendor = new_id()
    key_hash = hash_of(link_secret(key, vendor, 1))
    return Vendor(
        id=vendor,
        screening=of.screening.id,
        name=one.name,
        sort_name=one.name.casefold(),
        email=one.email,
        reference=one.reference,
        issue=1,
        key_hash=key_hash,
        link_until=until,
        invited_at=now,
    )


def list_vendors(desk: Desk, of: Round, wanted: Wanted) -> VendorPage:
    """The vendors that are wanted, and how all of them stand."""

    def read(unit: Unit) -> VendorPage:
        screening, today = of.screening.id, desk.today()
        lines = find_vendors(unit, screening, wanted, today)
        standing = count_standing(unit, screening, wanted.scale, today)
        if wanted.text:
            total = count_found(unit, screening, wanted, today)
        else:
            total = sum(each.count for each in standing if _is_wanted(each, wanted))
        states = Counter({"late": 0})
        levels: Counter[str] = Counter()
        for each in standing:
            states[each.state] += each.count
            states["late"] += each.is_late * each.count
            levels[each.levels] += each.count
        unassessed = sum(
            each.count for each in standing if each.state in _SUBMITTED and not each.levels
        )
        return VendorPage(lines, total, dict(states), dict(levels), unassessed)

    return desk.store.read(read)


def _is_wanted(standing: Standing, wanted: Wanted) -> bool:
    """Whether vendors that stand there are wanted, texts aside."""
    is_there = standing.is_late if wanted.state == "late" else standing.state == wanted.state
    return (is_there or not wanted.state) and (
        wanted.level in standing.levels.split() or not wanted.level
    )


def find_vendor(desk: Desk, of: Round, vendor: str) -> Vendor:
    """A vendor of the screening; raises ``NoVendorError``."""
    return desk.store.read(lambda unit: _find(unit, of, vendor))


def _find(unit: Unit, of: Round, vendor: str) -> Vendor:
    found = VENDORS.one(unit, "where id = ? and screening = ?", vendor, of.screening.id)
    if found is None:
        raise NoVendorError("The screening has no such vendor.")
    return found


def vendors_of(desk: Desk, of: Round) -> dict[str, Vendor]:
    """All vendors of the screening, by their ids."""
    where = "where screening = ? order by sort_name, id"
    found = desk.store.read(lambda unit: VENDORS.find(unit, where, of.screening.id))
    return {vendor.id: vendor for vendor in found}


def working_secret(desk: Desk, key: str, vendor: Vendor) -> str:
    """The secret of a vendor's link, if that link works; "" if it was withdrawn or is over.

    It is "", too, where the service's own secret was changed: the link works, and cannot be shown.
    """
    secret = link_secret(key, vendor.id, vendor.issue)
    is_this = hmac.compare_digest(hash_of(secret), vendor.key_hash)
    return secret if is_this and vendor.link_until > desk.clock() else ""


def renew_link(desk: Desk, of: Round, key: str, vendor: str) -> None:
    """Make a new link; the one before opens nothing any more. Raises ``NoVendorError``."""
    now = desk.clock()

    def change(unit: Unit) -> None:
        found = _find(unit, of, vendor)
        issue = found.issue + 1
        key_hash = hash_of(link_secret(key, vendor, issue))
        _move(unit, found, issue, key_hash, now + timedelta(days=LINK_DAYS))
        record(unit, of.seat, now, "link-renewed", vendor, title=found.name)

    desk.store.change(change)
    _forget(desk, of, vendor)


def withdraw_link(desk: Desk, of: Round, vendor: str) -> None:
    """Let the link open nothing any more; the answers stay. Raises ``NoVendorError``."""
    now = desk.clock()

    def change(unit: Unit) -> None:
        found = _find(unit, of, vendor)
        _move(unit, found, found.issue, hash_of(new_secret()), now)
        record(unit, of.seat, now, "link-withdrawn", vendor, title=found.name)

    desk.store.change(change)
    _forget(desk, of, vendor)


def _move(unit: Unit, vendor: Vendor, issue: int, key_hash: bytes, until: datetime) -> None:
    columns: dict[str, object] = {"issue": issue, "key_hash": key_hash, "link_until": until}
    VENDORS.change(unit, columns, "where id = ?", vendor.id)
    drop_letters(unit, vendor.id)  # They hold the link that opens nothing any more.
    if vendor.assessment is not None:
        move_link(unit, vendor.assessment, key_hash, until)


def _forget(desk: Desk, of: Round, vendor: str) -> None:
    assessment = find_vendor(desk, of, vendor).assessment
    if assessment is not None:
        desk.recent.forget(assessment)


def remind(desk: Desk, of: Round, vendors: Sequence[str]) -> None:
    """Note that these vendors were reminded."""
    now = desk.clock()

    def change(unit: Unit) -> None:
        for vendor in vendors:
            found = _find(unit, of, vendor)
            VENDORS.change(unit, {"reminded_at": now}, "where id = ?", vendor)
            record(unit, of.seat, now, "vendor-reminded", vendor, title=found.name)

    desk.store.change(change)


def remove_vendor(desk: Desk, of: Round, vendor: str) -> None:
    """Remove a vendor with its answers, for good; raises ``NoVendorError``.

    What reviewers said of answers goes with them, from the history too, which keeps who reviewed.
    """

    def change(unit: Unit) -> str | None:
        found = _find(unit, of, vendor)
        VENDORS.remove(unit, "where id = ?", vendor)
        drop_letters(unit, vendor, also_done=True)
        if found.assessment is not None:
            delete_assessment(unit, found.assessment)
        history.erase_about(unit, book_of(of.seat.workspace.id), vendor, "answer-reviewed")
        record(unit, of.seat, desk.clock(), "vendor-removed", vendor, title=found.name)
        return found.assessment

    there = find_vendor(desk, of, vendor).assessment
    files = () if there is None else ids_of(desk, there)
    assessment = desk.store.change(change, erases=True)
    if assessment is not None:
        desk.recent.forget(assessment)
        forget_files(desk, files)
