"""Who may open an assessment: who came by its private link, and the members of its workspace.

The cookie holds the secrets of at most twenty assessments. A member needs the right to see for
looking, and the right to edit for everything else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import abort, g, request, url_for
from werkzeug.exceptions import NotFound

from riskq.brand import NO_BRAND, Brand
from riskq.services import (
    Desk,
    NoAssessmentError,
    Opened,
    open_assessment,
    own_record,
    workspaces,
)
from riskq.store import Assessment
from riskq.web.keys import Keys
from riskq.web.signed_in import has_session, who_is_here
from riskq.web.state import state

__all__ = [
    "MAX_KEPT",
    "actor_here",
    "brand_here",
    "brand_of",
    "forget",
    "held_here",
    "open_as_holder",
    "open_here",
    "own_here",
    "private_link",
    "remember",
    "secret_of",
]

T = TypeVar("T")

MAX_KEPT = 20
"""How many assessments one browser can have open; the oldest is forgotten first."""

_KEYS = Keys("keys", MAX_KEPT)
_LONGEST_ID = 40

_OF_DRAFTS = frozenset({"past.of_assessment", "private.data"})
_OF_REVISIONS = frozenset({"result.newest", "result.numbered", "result.pdf", "result.dates"})

remember, forget, secret_of = _KEYS.remember, _KEYS.forget, _KEYS.secret_of
"""Let this browser open an assessment, or no longer; the secret that it came with."""


def private_link(assessment: str) -> str:
    """The whole private link of an assessment that this browser has opened."""
    origin = state().settings.origin or request.host_url.rstrip("/")
    return origin + url_for("start.come_back", secret=secret_of(assessment) or "")


def open_as_holder(assessment: str) -> Opened:
    """Open it for what only its private link is about; for members that is nothing of theirs."""
    opened = open_here(assessment)
    if held_here() is not None:
        raise NotFound
    return opened


def open_here(assessment: str) -> Opened:
    """Open the assessment of the present address.

    Raises ``NoAssessmentError`` alike for one that is not there and one that is not this
    browser's, and else as ``services.open_assessment`` does.
    """
    if len(assessment) > _LONGEST_ID:
        raise NoAssessmentError("This browser has not opened such an assessment.")
    opened = _by_link(assessment, open_assessment) or _open_as_member(assessment)
    g.opened = opened
    return opened


def own_here(assessment: str) -> Assessment | None:
    """What is stored of the assessment, unopened, if this browser came with its private link."""
    return _by_link(assessment, own_record)


def _by_link(assessment: str, find: Callable[[Desk, str, str], T]) -> T | None:
    """What is found by the private link that this browser came with, if that is still the link."""
    secret = secret_of(assessment)
    if secret is None:
        return None
    try:
        return find(state().desk, assessment, secret)
    except NoAssessmentError:
        return None


def _open_as_member(assessment: str) -> Opened:
    """Open it for a member of its workspace; raises ``NoAssessmentError`` for everybody else."""
    here = who_is_here() if has_session() else None
    held = None if here is None else workspaces.find_held(state().desk, here.user, assessment)
    if held is None:
        raise NoAssessmentError("Nobody here may open such an assessment.")
    right = workspaces.Right
    is_looking = request.method in ("GET", "HEAD")
    if not held.seat.may(right.SEE) or not (is_looking or held.may_edit):
        abort(403, "role")
    opened = workspaces.open_held(state().desk, held)
    if held.vendor and not _is_handed_over(opened):
        raise NoAssessmentError("The vendor has not handed over what this page shows.")
    g.held = held
    return opened


def _is_handed_over(opened: Opened) -> bool:
    """Whether the present page shows a buyer only what the vendor has submitted.

    What a vendor writes meanwhile, and what it wrote and took back before, is the vendor's.
    """
    if request.endpoint in _OF_DRAFTS:
        return False
    return opened.is_locked or (
        request.endpoint in _OF_REVISIONS and bool(opened.record.last_revision)
    )


def held_here() -> workspaces.Held | None:
    """Where the assessment of the present page is held, if it was opened by a member."""
    found: workspaces.Held | None = g.get("held")
    return found


def brand_here() -> Brand | None:
    """In whose name the assessment of the present page is reported; None for the service's own.

    What a vendor answers is not the buyer's, and is not handed over in the buyer's name.
    """
    held = held_here()
    return None if held is None or held.vendor else brand_of(held.seat)


def brand_of(seat: workspaces.Seat) -> Brand | None:
    """In whose name a workspace hands over reports; None for the service's own."""
    brand = workspaces.brand_in(state().desk, seat.workspace.id)
    return None if brand == NO_BRAND else brand


def actor_here() -> str:
    """Who acts on the assessment of the present page, for its history: a member, or its holder."""
    held = held_here()
    return "holder" if held is None else held.seat.user.id
