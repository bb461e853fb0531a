"""The list of a screening's vendors, with what is known of each, and how all of them stand.

A vendor's state follows from its row, its assessment and the day, so that nothing has to be kept up
to date beside them. Which vendors a page shows is found first, and everything about them after
that; how all stand is one statement, which looks at nothing that it does not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from riskq.store.rows import to_time
from riskq.store.screenings import VendorLine, Wanted
from riskq.store.unit import Row, Unit, ask_named

__all__ = [
    "ORDERS",
    "Standing",
    "count_done",
    "count_found",
    "count_standing",
    "count_submitted",
    "find_vendors",
    "newest_of_vendors",
]


class Standing(Struct, frozen=True):
    """How many vendors are in a state, at these levels as accepted, and late or not."""

    state: str
    levels: str
    is_late: bool
    count: int


# A decision stands as long as no other revision was submitted after it, and the answers lie where
# it put them: what was returned and handed in again unchanged is to be reviewed once more.
_LINES = """
select v.id, v.screening, v.name, v.email, v.reference,
    case
        when a.open_to <> '' and a.open_to <> '*' then 'asked'
        when v.decided_revision > 0 and v.decided_revision = a.last_revision
            and v.decision = case a.open_to when '' then 'accepted' else 'returned' end
            then v.decision
        when a.last_revision > 0 then 'submitted'
        when a.sequence > 0 then 'answering'
        when a.id is not null then 'opened'
        else 'invited'
    end as state,
    case when s.deadline < :today and coalesce(a.open_to, '*') <> '' then 1 else 0 end as late,
    v.assessment, coalesce(a.last_revision, 0) as revision,
    (select submitted_at from revisions
        where assessment = a.id and number = a.last_revision) as submitted,
    coalesce(l.levels, '') as claimed, coalesce(b.levels, l.levels, '') as accepted, v.sort_name
from vendors v join screenings s on s.id = v.screening
    left join assessments a on a.id = v.assessment
    left join revision_levels l
        on l.assessment = a.id and l.revision = a.last_revision and l.scale = :scale
    left join accepted_levels b
        on b.vendor = v.id and b.revision = a.last_revision and b.scale = :scale"""
_OF_SCREENING = f"{_LINES} where v.screening = :screening"
_OF_WORKSPACE = f"{_LINES} where s.workspace = :workspace"
_ORDERS = {
    "name": "sort_name, id",
    "-name": "sort_name desc, id",
    "state": "state, sort_name, id",
    "-state": "state desc, sort_name, id",
    # What is open, or not submitted, stands before the lightest level.
    "level": "instr(:ranks, '|' || accepted || '|'), sort_name, id",
    "-level": "instr(:ranks, '|' || accepted || '|') desc, sort_name, id",
    "submitted": "submitted is null, submitted, sort_name, id",
    "-submitted": "submitted is null, submitted desc, sort_name, id",
}
ORDERS = tuple(_ORDERS)
"""By what the list can be sorted; with a minus the other way round."""


def find_vendors(unit: Unit, screening: str, wanted: Wanted, today: date) -> Sequence[VendorLine]:
    """The lines of the list that are wanted."""
    named = _named(screening, wanted, today)
    order = _ORDERS.get(wanted.order, _ORDERS["name"])
    shown = f"select id from ({_OF_SCREENING}) t {_where(wanted)} order by {order}"  # noqa: S608 - Values are marks.
    answers = "(select count(*) from answers where assessment = t.assessment)"
    sql = (
        f"select t.*, {answers} from ({_OF_SCREENING}) t"  # noqa: S608 - As above.
        f" where id in ({shown} limit :most offset :first) order by {order}"
    )
    return [_line(row) for row in ask_named(unit, sql, named)]


def _line(row: Row) -> VendorLine:
    name, _, title, email, reference, state, late, assessment, revision, submitted, *rest = row
    return VendorLine(
        *(name, title, email, reference, state, bool(late), rest[3], assessment, revision),
        *(None if submitted is None else to_time(submitted), rest[0], rest[1]),
    )


def _named(screening: str, wanted: Wanted, today: date) -> dict[str, object]:
    return {
        "today": today.isoformat(),
        "scale": wanted.scale,
        "screening": screening,
        "state": wanted.state,
        "level": wanted.level,
        "text": wanted.text.casefold(),
        "ranks": f"|{'|'.join(wanted.levels)}|",
        "most": wanted.most,
        "first": wanted.first,
    }


def _where(wanted: Wanted) -> str:
    parts = []
    if wanted.state:
        parts.append("late = 1" if wanted.state == "late" else "state = :state")
    if wanted.level:
        parts.append("' ' || accepted || ' ' like '% ' || :level || ' %'")
    if wanted.text:
        parts.append(
            "instr(sort_name || ' ' || lower(email) || ' ' || lower(reference), :text) > 0"
        )
    return f"where {' and '.join(parts)}" if parts else ""


def count_submitted(unit: Unit, screening: str, wanted: Wanted, today: date) -> int:
    """How many of the wanted vendors have submitted, without a first and a most."""
    found = f"select * from ({_OF_SCREENING}) t {_where(wanted)}"  # noqa: S608 - As above.
    sql = f"select count(*) from ({found}) v where v.revision > 0"  # noqa: S608 - As above.
    return int(ask_named(unit, sql, _named(screening, wanted, today))[0][0])


def newest_of_vendors(
    unit: Unit, screening: str, wanted: Wanted, today: date
) -> Sequence[tuple[str, str, int, str]]:
    """Assessment, name, number and snapshot of the newest submission of each wanted vendor."""
    found = f"select * from ({_OF_SCREENING}) t {_where(wanted)}"  # noqa: S608 - As above.
    sql = (
        f"select v.assessment, v.name, r.number, r.snapshot from ({found}) v"  # noqa: S608 - As above.
        " join revisions r on r.assessment = v.assessment and r.number = v.revision"
        " order by v.sort_name, v.id limit :most"
    )
    return [(*row,) for row in ask_named(unit, sql, _named(screening, wanted, today))]


def count_found(unit: Unit, screening: str, wanted: Wanted, today: date) -> int:
    """How many vendors are wanted, without a first and a most."""
    sql = f"select count(*) from ({_OF_SCREENING}) t {_where(wanted)}"  # noqa: S608 - As above.
    return int(ask_named(unit, sql, _named(screening, wanted, today))[0][0])


def count_standing(unit: Unit, screening: str, scale: str, today: date) -> Sequence[Standing]:
    """How all vendors of a screening stand; levels are those of the scale."""
    sql = f"select state, accepted, late, count(*) from ({_OF_SCREENING}) t group by 1, 2, 3"  # noqa: S608 - As above.
    rows = ask_named(unit, sql, _named(screening, Wanted(scale), today))
    return [Standing(state, levels, bool(late), count) for state, levels, late, count in rows]


def count_done(unit: Unit, workspace: str, today: date) -> dict[str, tuple[int, int]]:
    """How many vendors each screening of a workspace has, and how many of them have submitted."""
    done = "sum(case when state in ('submitted', 'accepted', 'returned') then 1 else 0 end)"
    sql = f"select screening, count(*), {done} from ({_OF_WORKSPACE}) t group by 1"  # noqa: S608 - As above.
    rows = ask_named(unit, sql, {"today": today.isoformat(), "scale": "", "workspace": workspace})
    return {row[0]: (row[1], row[2]) for row in rows}
