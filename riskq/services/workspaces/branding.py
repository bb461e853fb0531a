"""The brand of a workspace: in whose name the reports of its assessments are handed over.

It is read by the same code as an operator's settings, with the same limits, and travels with each
report (ADR 0010). A workspace without one has that of the deployment.
"""

from __future__ import annotations

import json

from msgspec import Struct

from riskq.brand import (
    NO_BRAND,
    Brand,
    BrandError,
    Logo,
    brand_form,
    read_brand,
    read_colour,
    read_footer,
    read_logo,
    read_name,
)
from riskq.services.desk import Desk
from riskq.services.workspaces.seats import Seat, record
from riskq.store import BRANDS, StoredBrand, Unit

__all__ = ["BrandFault", "GivenBrand", "brand_in", "read_given", "set_brand"]


class GivenBrand(Struct, frozen=True):
    """What somebody typed and sent: ``logo`` is a file, empty for none; ``old_logo`` is kept."""

    name: str
    colour: str
    footer: str
    logo: bytes = b""
    old_logo: Logo | None = None


class BrandFault(Struct, frozen=True):
    """A part that cannot be used: "name", "colour", "footer" or "logo", and why, in English."""

    part: str
    what: str


def brand_in(desk: Desk, workspace: str) -> Brand:
    """The brand of a workspace; ``NO_BRAND`` if it has none."""
    kept = desk.store.read(lambda unit: BRANDS.one(unit, "where workspace = ?", workspace))
    return NO_BRAND if kept is None else read_brand(json.loads(kept.form))


def read_given(given: GivenBrand) -> Brand | tuple[BrandFault, ...]:
    """The brand, or everything that is wrong with it."""
    found: dict[str, str] = {}
    faults: list[BrandFault] = []
    for part, read in (("name", read_name), ("colour", read_colour), ("footer", read_footer)):
        text = str(getattr(given, part)).strip()
        try:
            found[part] = read(text, part) if text else ""
        except BrandError as error:
            faults += (BrandFault(part, problem.what) for problem in error.problems)
    logo = given.old_logo
    if given.logo:
        try:
            logo = read_logo(given.logo, "logo")
        except BrandError as error:
            faults += (BrandFault("logo", problem.what) for problem in error.problems)
    if logo is not None and not found.get("name") and not faults:
        faults.append(BrandFault("name", "a logo alone names nobody"))
    if faults:
        return tuple(faults)
    return Brand(found["name"], found["footer"], found["colour"], logo)


def set_brand(desk: Desk, seat: Seat, brand: Brand) -> None:
    """Let the reports of the workspace be handed over in another name, from now on."""
    workspace = seat.workspace.id
    form = json.dumps(brand_form(brand), ensure_ascii=False, sort_keys=True)

    def change(unit: Unit) -> None:
        old = BRANDS.one(unit, "where workspace = ?", workspace)
        if (old is None and brand == NO_BRAND) or (old is not None and old.form == form):
            return
        before = "" if old is None else str(json.loads(old.form).get("name", ""))
        record(unit, seat, desk.clock(), "brand-changed", old=before, new=brand.name)
        BRANDS.remove(unit, "where workspace = ?", workspace)
        if brand != NO_BRAND:
            BRANDS.add(unit, StoredBrand(workspace, form))

    desk.store.change(change)
