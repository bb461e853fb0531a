"""Sends what is in the outbox, as a worker does: each letter once, and again where it is worth it.

A letter is taken for some minutes. A worker that is killed meanwhile leaves it to the next one, so
that none is lost; in that one case it may arrive twice.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from riskq.mail_settings import MailSettings
from riskq.services.desk import Desk
from riskq.services.letters.line import Line, SendError
from riskq.services.letters.outbox import tell_letter
from riskq.services.letters.sealing import UnreadableError, open_letter
from riskq.store import OUTBOX, VENDORS, Happened, QueuedLetter, Unit

__all__ = ["Postman"]

log = logging.getLogger("riskq.services.letters")

_LEASE = timedelta(minutes=5)
_PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
_SERVICE = "service"
_NOT_THERE = frozenset({"connection", "tls", "login"})


class Postman:
    """Sends letters by one mail server; ``secret`` is the service's own."""

    def __init__(self, desk: Desk, settings: MailSettings, secret: str) -> None:
        self._desk = desk
        self._settings = settings
        self._secret = secret

    def send_due(self) -> int:
        """Send every letter whose time has come; how many were tried.

        When the server cannot be reached, the others wait for the next time. Raises
        ``StoreUnavailable``.
        """
        count = 0
        with Line(self._settings) as line:
            while (row := self._desk.store.change(self._take)) is not None:
                count += 1
                if not self._send(line, row):
                    break
        return count

    def _send(self, line: Line, row: QueuedLetter) -> bool:
        """Send a letter, and note what became of it; False if no other could be sent either."""
        try:
            line.send(open_letter(self._secret, row.id, row.sealed), self._desk.clock())
        except UnreadableError:
            self._finish(row, "failed", "unreadable")
        except SendError as error:
            self._put_back(row, error)
            return error.reason not in _NOT_THERE
        else:
            self._finish(row, "sent", "")
        return True

    def _take(self, unit: Unit) -> QueuedLetter | None:
        """Take the letter that has waited longest, for a while."""
        now = self._desk.clock()
        where = "where state = 'queued' and next_at <= ? order by next_at, id"
        while (row := OUTBOX.one(unit, where, now)) is not None:
            if row.tries <= len(_PAUSES):
                taken: dict[str, object] = {"tries": row.tries + 1, "next_at": now + _LEASE}
                OUTBOX.change(unit, taken, "where id = ?", row.id)
                return OUTBOX.one(unit, "where id = ?", row.id)
            # Whoever took it died of it, or at the same time, once too often.
            self._note(unit, row, "failed", "crashed")
        return None

    def _put_back(self, row: QueuedLetter, error: SendError) -> None:
        """Try again after a pause, longer each time, or give it up."""
        log.warning("A letter was not sent at try %d: %s", row.tries, error.reason)
        if error.is_final or row.tries > len(_PAUSES):
            self._finish(row, "failed", error.reason)
            return
        after: dict[str, object] = {
            "next_at": self._desk.clock() + _PAUSES[row.tries - 1],
            "reason": error.reason,
        }
        self._desk.store.change(
            lambda unit: OUTBOX.change(unit, after, "where id = ?", row.id),
        )

    def _finish(self, row: QueuedLetter, state: str, reason: str) -> None:
        self._desk.store.change(lambda unit: self._note(unit, row, state, reason), erases=True)

    def _note(self, unit: Unit, row: QueuedLetter, state: str, reason: str) -> None:
        """Note what became of a letter, and forget what stood in it."""
        now = self._desk.clock()
        done: dict[str, object] = {"state": state, "reason": reason, "done_at": now, "sealed": b""}
        if not OUTBOX.change(unit, done, "where id = ? and state = 'queued'", row.id):
            return  # It was dropped meanwhile, with what it was about.
        tell_letter(unit, row, Happened(now, _SERVICE, f"letter-{state}"))
        if state == "sent" and row.kind == "reminder":
            VENDORS.change(unit, {"reminded_at": now}, "where id = ?", row.about)
