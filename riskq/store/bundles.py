"""What is remembered of bundles, apart from the assessments, by units of work.

Reports are large and written while others answer questions. In SQLite they lie in a file of their
own beside that of the assessments: it holds nobody up, and what is lost with it can be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TypeVar

from riskq.store.bundle_records import Bundle, BundleItem, NewItem, Work
from riskq.store.measuring import measured
from riskq.store.rows import to_milliseconds, to_time
from riskq.store.unit import Row, Unit, Units, ask_named

__all__ = ["UnitBundles"]

T = TypeVar("T")

_BUNDLE = (
    "id, key_hash, questionnaire, edition, digest, language, judged_on, created_at, expires_at,"
    " turn, kind, origin, brand"
)


class UnitBundles:
    """``BundleStore`` by units of a database; the protocol documents the methods."""

    def __init__(self, units: Units) -> None:
        self._units = units

    def create(self, bundle: Bundle, items: Sequence[NewItem], most: int) -> bool:
        """Store a bundle with its items."""
        row = (
            *(bundle.id, bundle.key_hash, bundle.questionnaire, bundle.edition.isoformat()),
            *(bundle.digest, bundle.language, bundle.on.isoformat()),
            *(to_milliseconds(bundle.created_at), to_milliseconds(bundle.expires_at)),
            *(bundle.turn, bundle.kind, bundle.origin, bundle.brand),
        )

        def create(unit: Unit) -> bool:
            if _waiting(unit) >= most:
                return False
            unit.run(f"insert into bundles ({_BUNDLE}) values ({', '.join('?' * 13)})", row)  # noqa: S608 - The names of the columns are ours.
            for number, item in enumerate(items, 1):
                told = (bundle.id, number, item.name, item.answers, _begins(item), item.detail)
                unit.run(
                    "insert into items (bundle, number, name, answers, state, detail, lease)"
                    " values (?, ?, ?, ?, ?, ?, 0)",
                    told,
                )
            return True

        return self._change(create)

    def find(self, bundle: str) -> Bundle | None:
        """Read a bundle."""
        rows = self._rows(f"select {_BUNDLE} from bundles where id = ?", bundle)  # noqa: S608 - The names of the columns are ours.
        if not rows:
            return None
        name, key, questionnaire, edition, digest, language, on, created, expires, *rest = rows[0]
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
        return tuple(
            BundleItem(number, name, state, detail, size, bool(can_retry))
            for number, name, state, detail, size, can_retry in self._rows(sql, bundle)
        )

    def report(self, bundle: str, number: int) -> bytes | None:
        """Read the PDF of an item."""
        sql = "select report from items where bundle = ? and number = ?"
        rows = self._rows(sql, bundle, number)
        return rows[0][0] if rows else None

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
        rows = self._change(lambda unit: ask_named(unit, sql, values))
        return next((Work(bundle, number, answers, until) for number, answers in rows), None)

    def finish(self, work: Work, report: bytes) -> bool:
        """Keep a report."""
        return self._settle(work, "state = 'done', answers = null, detail = '', report = ?", report)

    def fail(self, work: Work, detail: str) -> bool:
        """Note why there is no report."""
        return self._settle(work, "state = 'failed', detail = ?", detail)

    def _settle(self, work: Work, change: str, told: object) -> bool:
        sql = (
            f"update items set {change} where bundle = ? and number = ?"  # noqa: S608 - Both callers give a fixed text.
            " and state = 'working' and lease = ?"
        )
        values = (told, work.bundle, work.number, to_milliseconds(work.lease))
        return self._change(lambda unit: unit.run(sql, values)) == 1

    def cancel(self, bundle: str) -> None:
        """Let nothing more be made."""
        sql = (
            "update items set state = 'cancelled'"
            " where bundle = ? and state in ('waiting', 'working')"
        )
        self._change(lambda unit: unit.run(sql, (bundle,)))

    def retry(self, bundle: str, most: int) -> bool:
        """Let everything that failed or was cancelled wait again."""
        items = (
            "update items set state = 'waiting', detail = '' where bundle = ?"
            " and state in ('failed', 'cancelled') and answers is not null"
        )
        turn = "update bundles set turn = turn + 1 where id = ?"

        def retry(unit: Unit) -> bool:
            if _waiting(unit) >= most or not unit.run(items, (bundle,)):
                return False
            unit.run(turn, (bundle,))
            return True

        return self._change(retry)

    def unfinished(self, now: datetime) -> tuple[tuple[str, int], ...]:
        """The bundles of which something is to be made."""
        sql = (
            "select id, turn from bundles where expires_at > ? and exists"
            " (select 1 from items where bundle = id and (state = 'waiting'"
            " or state = 'working' and lease <= ?)) order by created_at"
        )
        at = to_milliseconds(now)
        return tuple((row[0], row[1]) for row in self._rows(sql, at, at))

    def delete(self, bundle: str) -> bool:
        """Remove a bundle with everything."""
        return (
            self._erase(lambda unit: unit.run("delete from bundles where id = ?", (bundle,))) == 1
        )

    def count_items(self) -> dict[str, int]:
        """How many items there are in each state."""
        rows = self._rows("select state, count(*) from items group by state")
        return {state: int(number) for state, number in rows}

    def purge(self, now: datetime) -> int:
        """Delete all bundles whose time has passed."""
        sql, at = "delete from bundles where expires_at <= ?", to_milliseconds(now)
        return self._erase(lambda unit: unit.run(sql, (at,)))

    def count_expired(self, now: datetime) -> int:
        """How many bundles' time has passed."""
        sql = "select count(*) from bundles where expires_at <= ?"
        return int(self._rows(sql, to_milliseconds(now))[0][0])

    def close(self) -> None:
        """Let go of the database."""
        self._units.close()

    def _rows(self, sql: str, *values: object) -> list[Row]:
        return self._look(lambda unit: unit.rows(sql, values))

    def _look(self, query: Callable[[Unit], T]) -> T:
        return measured("bundles", "read", lambda: self._units.look(query))

    def _change(self, change: Callable[[Unit], T], *, erases: bool = False) -> T:
        return measured("bundles", "write", lambda: self._units.change(change, erases=erases))

    def _erase(self, change: Callable[[Unit], T]) -> T:
        return self._change(change, erases=True)


def _waiting(unit: Unit) -> int:
    """How many bundles are not finished."""
    sql = "select count(distinct bundle) from items where state in ('waiting', 'working')"
    return int(unit.rows(sql)[0][0])


def _begins(item: NewItem) -> str:
    return "failed" if item.answers is None else "waiting"
