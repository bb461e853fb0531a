"""What is remembered of bundles, in a file of its own beside that of the assessments.

Reports are large and written while others answer questions: a file of their own holds nobody up,
and what is lost with it can be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import date, datetime
from pathlib import Path
from sqlite3 import Connection
from typing import Protocol, TypeVar

from riskq.store.bundle_records import Bundle, BundleItem, NewItem, Work
from riskq.store.connections import EMPTY_LOG, Place, Schema, begin, connect_writer, make_ready
from riskq.store.faults import FAULTS, unavailable
from riskq.store.readers import Readers
from riskq.store.rows import to_milliseconds, to_time

__all__ = ["BundleStore", "open_bundles"]

T = TypeVar("T")

_PATIENCE = 5.0
_STEPS = 3
_MOST_BYTES = 4_000_000_000
"""What the file may grow to: some 30,000 reports."""

_BUNDLE = (
    "id, key_hash, questionnaire, edition, digest, language, judged_on, created_at, expires_at,"
    " turn, kind, origin, brand"
)


class BundleStore(Protocol):
    """Remembers bundles. Any thread and any number of processes may call it.

    Every method may raise ``StoreUnavailable``. One that writes returns when the change is on the
    disk.
    """

    def create(self, bundle: Bundle, items: Sequence[NewItem], most: int) -> bool:
        """Store a bundle with its items, numbered from 1; those without answers have failed.

        False if ``most`` bundles are waiting already; nothing is stored then.
        """
        ...

    def find(self, bundle: str) -> Bundle | None:
        """Read a bundle; None if there is none."""
        ...

    def items(self, bundle: str) -> tuple[BundleItem, ...]:
        """Read the items of a bundle in the order of their numbers."""
        ...

    def report(self, bundle: str, number: int) -> bytes | None:
        """Read the PDF of an item; None while there is none."""
        ...

    def take(self, bundle: str, now: datetime, until: datetime) -> Work | None:
        """Take the next item that waits, or whose maker has not finished in time; None if none."""
        ...

    def finish(self, work: Work, report: bytes) -> bool:
        """Keep a report, and forget its answers; False if the item is not this maker's any more."""
        ...

    def fail(self, work: Work, detail: str) -> bool:
        """Note why there is no report; False if the item is not this maker's any more."""
        ...

    def cancel(self, bundle: str) -> None:
        """Let nothing more be made; what is done stays."""
        ...

    def retry(self, bundle: str, most: int) -> bool:
        """Let everything that failed or was cancelled wait again, in another turn.

        False if there is nothing, or if ``most`` bundles are waiting already.
        """
        ...

    def unfinished(self, now: datetime) -> tuple[tuple[str, int], ...]:
        """The bundles of which an item waits, or was taken and not finished in time.

        Each with its turn; those whose time has passed are left out.
        """
        ...

    def delete(self, bundle: str) -> bool:
        """Remove a bundle with everything; False if there was none."""
        ...

    def purge(self, now: datetime) -> int:
        """Delete all bundles whose time has passed; return how many."""
        ...

    def count_expired(self, now: datetime) -> int:
        """How many bundles ``purge`` would delete."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


def open_bundles(path: Path) -> BundleStore:
    """Open the bundles at a path; a file that is missing is made. Raises ``StoreUnavailable``."""
    return _SqliteBundles(Place(path.absolute(), _PATIENCE, _MOST_BYTES))


def _migrate(connection: Connection) -> None:
    from riskq.store.bundle_migrations import migrate

    migrate(connection)


class _SqliteBundles:
    """``BundleStore`` over one SQLite file; the protocol documents the methods."""

    def __init__(self, place: Place) -> None:
        make_ready(place, Schema(_STEPS, _migrate))
        self._place = place
        self._readers = Readers(place)

    def _write(self, change: Callable[[Connection], T], *, erases: bool = False) -> T:
        try:
            with closing(connect_writer(self._place)) as connection:
                begin(connection, self._place.patience)
                result = change(connection)
                connection.execute("commit")
                if erases:
                    # Others may hold the log; it is then emptied by whoever comes next.
                    with suppress(*FAULTS):
                        connection.execute(EMPTY_LOG)
                return result
        except FAULTS as error:
            raise unavailable(self._place.path, error) from error

    def create(self, bundle: Bundle, items: Sequence[NewItem], most: int) -> bool:
        """Store a bundle with its items."""
        row = (
            *(bundle.id, bundle.key_hash, bundle.questionnaire, bundle.edition.isoformat()),
            *(bundle.digest, bundle.language, bundle.on.isoformat()),
            *(to_milliseconds(bundle.created_at), to_milliseconds(bundle.expires_at)),
            *(bundle.turn, bundle.kind, bundle.origin, bundle.brand),
        )

        def create(db: Connection) -> bool:
            if _waiting(db) >= most:
                return False
            db.execute(f"insert into bundles ({_BUNDLE}) values ({', '.join('?' * 13)})", row)  # noqa: S608 - The names of the columns are ours.
            db.executemany(
                "insert into items (bundle, number, name, answers, state, detail, lease)"
                " values (?, ?, ?, ?, ?, ?, 0)",
                [
                    (bundle.id, number, item.name, item.answers, _begins(item), item.detail)
                    for number, item in enumerate(items, 1)
                ],
            )
            return True

        return self._write(create)

    def find(self, bundle: str) -> Bundle | None:
        """Read a bundle."""
        sql = f"select {_BUNDLE} from bundles where id = ?"  # noqa: S608 - The names of the columns are ours.
        row = self._readers.run(lambda db: db.execute(sql, (bundle,)).fetchone())
        if row is None:
            return None
        name, key, questionnaire, edition, digest, language, on, created, expires, *rest = row
        return Bundle(
            *(name, key, questionnaire, date.fromisoformat(edition), digest, language),
            *(date.fromisoformat(on), to_time(created), to_time(expires), *rest),
        )

    def items(self, bundle: str) -> tuple[BundleItem, ...]:
        """Read the items of a bundle."""
        sql = (
            "select number, name, state, detail, coalesce(length(report), 0),"
            " answers is not null and state in ('failed', 'cancelled')"
            " from items where bundle = ? order by number"
        )
        rows = self._readers.run(lambda db: db.execute(sql, (bundle,)).fetchall())
        return tuple(
            BundleItem(number, name, state, detail, size, bool(can_retry))
            for number, name, state, detail, size, can_retry in rows
        )

    def report(self, bundle: str, number: int) -> bytes | None:
        """Read the PDF of an item."""
        sql = "select report from items where bundle = ? and number = ?"
        row = self._readers.run(lambda db: db.execute(sql, (bundle, number)).fetchone())
        return None if row is None else row[0]

    def take(self, bundle: str, now: datetime, until: datetime) -> Work | None:
        """Take the next item that nobody makes."""
        sql = (
            "update items set state = 'working', lease = :until"
            " where bundle = :bundle and number ="
            " (select min(number) from items where bundle = :bundle and (state = 'waiting'"
            " or state = 'working' and lease <= :now))"
            " returning number, answers"
        )
        values = {
            "bundle": bundle,
            "now": to_milliseconds(now),
            "until": to_milliseconds(until),
        }
        rows = self._write(lambda db: db.execute(sql, values).fetchall())
        return next((Work(bundle, number, answers, until) for number, answers in rows), None)

    def finish(self, work: Work, report: bytes) -> bool:
        """Keep a report."""
        sql = "state = 'done', answers = null, detail = '', report = :told"
        return self._settle(work, sql, report)

    def fail(self, work: Work, detail: str) -> bool:
        """Note why there is no report."""
        return self._settle(work, "state = 'failed', detail = :told", detail)

    def _settle(self, work: Work, change: str, told: object) -> bool:
        sql = (
            f"update items set {change} where bundle = :bundle and number = :number"  # noqa: S608 - Both callers give a fixed text.
            " and state = 'working' and lease = :lease"
        )
        values = {
            "bundle": work.bundle,
            "number": work.number,
            "lease": to_milliseconds(work.lease),
            "told": told,
        }
        return self._write(lambda db: db.execute(sql, values).rowcount) == 1

    def cancel(self, bundle: str) -> None:
        """Let nothing more be made."""
        sql = (
            "update items set state = 'cancelled'"
            " where bundle = ? and state in ('waiting', 'working')"
        )
        self._write(lambda db: db.execute(sql, (bundle,)))

    def retry(self, bundle: str, most: int) -> bool:
        """Let everything that failed or was cancelled wait again."""
        items = (
            "update items set state = 'waiting', detail = '' where bundle = ?"
            " and state in ('failed', 'cancelled') and answers is not null"
        )
        turn = "update bundles set turn = turn + 1 where id = ?"

        def retry(db: Connection) -> bool:
            if _waiting(db) >= most or not db.execute(items, (bundle,)).rowcount:
                return False
            db.execute(turn, (bundle,))
            return True

        return self._write(retry)

    def unfinished(self, now: datetime) -> tuple[tuple[str, int], ...]:
        """The bundles of which something is to be made."""
        sql = (
            "select id, turn from bundles where expires_at > :now and exists"
            " (select 1 from items where bundle = id and (state = 'waiting'"
            " or state = 'working' and lease <= :now)) order by created_at"
        )
        at = to_milliseconds(now)
        return tuple(self._readers.run(lambda db: db.execute(sql, {"now": at}).fetchall()))

    def delete(self, bundle: str) -> bool:
        """Remove a bundle with everything."""
        sql = "delete from bundles where id = ?"
        return self._write(lambda db: db.execute(sql, (bundle,)).rowcount, erases=True) == 1

    def purge(self, now: datetime) -> int:
        """Delete all bundles whose time has passed."""
        sql, at = "delete from bundles where expires_at <= ?", to_milliseconds(now)
        return self._write(lambda db: db.execute(sql, (at,)).rowcount, erases=True)

    def count_expired(self, now: datetime) -> int:
        """How many bundles' time has passed."""
        sql, at = "select count(*) from bundles where expires_at <= ?", to_milliseconds(now)
        return int(self._readers.run(lambda db: db.execute(sql, (at,)).fetchone()[0]))

    def close(self) -> None:
        """Let go of the file."""
        self._readers.close()


def _waiting(db: Connection) -> int:
    """How many bundles are not finished."""
    sql = "select count(distinct bundle) from items where state in ('waiting', 'working')"
    (count,) = db.execute(sql).fetchone()
    return int(count)


def _begins(item: NewItem) -> str:
    return "failed" if item.answers is None else "waiting"
