"""A member's calendar of what is due: an address that nobody can guess, for a calendar program.

Such a program cannot sign in. Whoever has the address therefore reads the calendar; it names no
system unless the member wants that, and the member can end it at any time.
"""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct

from riskq.services.desk import Desk
from riskq.services.unguessable import hash_of, new_secret
from riskq.services.workspaces.errors import NoFeedError
from riskq.services.workspaces.reviews import Due, due_in
from riskq.services.workspaces.seats import Seat, record
from riskq.store import FEEDS, WORKSPACES, Feed, Unit, Workspace

__all__ = ["Calendar", "end_feed", "feed_of", "make_feed", "open_feed"]

_AHEAD = timedelta(days=730)
_OF_MEMBER = "where workspace = ? and user = ?"


class Calendar(Struct, frozen=True):
    """What a calendar holds."""

    workspace: Workspace
    due: tuple[Due, ...]
    has_titles: bool


def feed_of(desk: Desk, seat: Seat) -> Feed | None:
    """The calendar that the member has; its address is known to nobody any more."""
    named = (seat.workspace.id, seat.user.id)
    return desk.store.read(lambda unit: FEEDS.one(unit, _OF_MEMBER, *named))


def make_feed(desk: Desk, seat: Seat, *, has_titles: bool) -> str:
    """Make a calendar, and give the secret of its address; one made before ends."""
    secret, now = new_secret(), desk.clock()
    workspace, user = seat.workspace.id, seat.user.id

    def change(unit: Unit) -> None:
        record(unit, seat, now, "calendar-made")
        FEEDS.remove(unit, _OF_MEMBER, workspace, user)
        FEEDS.add(unit, Feed(workspace, user, hash_of(secret), has_titles, now))

    desk.store.change(change)
    return secret


def end_feed(desk: Desk, seat: Seat) -> None:
    """Let the member's calendar end; nothing happens if there is none."""

    def change(unit: Unit) -> None:
        if FEEDS.remove(unit, _OF_MEMBER, seat.workspace.id, seat.user.id):
            record(unit, seat, desk.clock(), "calendar-ended")

    desk.store.change(change)


def open_feed(desk: Desk, secret: str) -> Calendar:
    """What a calendar holds, by the secret of its address; raises ``NoFeedError``."""

    def find(unit: Unit) -> Calendar:
        feed = FEEDS.one(unit, "where key_hash = ?", hash_of(secret))
        workspace = None if feed is None else WORKSPACES.one(unit, "where id = ?", feed.workspace)
        if feed is None or workspace is None:
            raise NoFeedError("There is no such calendar, or not any more.")
        due = due_in(unit, workspace.id, desk.today() + _AHEAD)
        return Calendar(workspace, due, feed.has_titles)

    return desk.store.read(find)
