"""Screenings as such: beginning one under the edition in force, changing and closing it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from riskq.questionnaire import Questionnaire
from riskq.services.desk import Desk
from riskq.services.opening import EditionChangedError
from riskq.services.screenings.errors import NoScreeningError
from riskq.services.unguessable import new_id
from riskq.services.workspaces import Seat, record
from riskq.store import (
    SCREENINGS,
    Screening,
    Unit,
    count_done,
    drop_letters_of_screening,
)

__all__ = [
    "Round",
    "Terms",
    "begin_screening",
    "change_terms",
    "close_screening",
    "find_screening",
    "list_screenings",
]


class Terms(Struct, frozen=True):
    """What a buyer says of a screening: title, message to the vendors, last day, language."""

    title: str
    message: str
    deadline: date | None
    language: str


class Round(Struct, frozen=True):
    """A screening of a workspace, with the edition that judges it."""

    seat: Seat
    screening: Screening
    questionnaire: Questionnaire

    @property
    def is_closed(self) -> bool:
        """Whether nothing is answered any more."""
        return self.screening.closed_at is not None


def begin_screening(desk: Desk, seat: Seat, questionnaire: str, terms: Terms) -> Screening:
    """Begin a screening by the edition in force today; raises ``UnknownQuestionnaireError``."""
    edition = desk.catalogue.in_force(questionnaire, desk.today())
    loaded = desk.catalogue.load(questionnaire, edition)
    made = Screening(
        id=new_id(),
        workspace=seat.workspace.id,
        title=terms.title,
        message=terms.message,
        questionnaire=loaded.id,
        edition=loaded.edition,
        digest=loaded.digest,
        language=terms.language,
        deadline=terms.deadline,
        created_at=desk.clock(),
    )

    def change(unit: Unit) -> None:
        record(unit, seat, desk.clock(), "screening-begun", made.id, title=made.title)
        SCREENINGS.add(unit, made)

    desk.store.change(change)
    return made


def find_screening(desk: Desk, seat: Seat, screening: str) -> Round:
    """A screening of the workspace; raises ``NoScreeningError`` and ``EditionChangedError``."""
    where = "where id = ? and workspace = ?"
    found = desk.store.read(lambda unit: SCREENINGS.one(unit, where, screening, seat.workspace.id))
    if found is None:
        raise NoScreeningError("The workspace has no such screening.")
    return Round(seat, found, load_edition(desk, found))


def load_edition(desk: Desk, screening: Screening) -> Questionnaire:
    """The edition of a screening; raises ``EditionChangedError``."""
    questionnaire = desk.catalogue.load(screening.questionnaire, screening.edition)
    if questionnaire.digest != screening.digest:
        raise EditionChangedError("The edition is not the one that the screening began with.")
    return questionnaire


def list_screenings(desk: Desk, seat: Seat) -> tuple[tuple[Screening, int, int], ...]:
    """The screenings of a workspace, the newest first, each with all vendors and those done."""

    def read(unit: Unit) -> tuple[tuple[Screening, int, int], ...]:
        where = "where workspace = ? order by created_at desc, id limit 200"
        found = SCREENINGS.find(unit, where, seat.workspace.id)
        counts = count_done(unit, seat.workspace.id, desk.today())
        return tuple((one, *counts.get(one.id, (0, 0))) for one in found)

    return desk.store.read(read)


def change_terms(desk: Desk, of: Round, terms: Terms) -> None:
    """Change what the screening says; the edition stays."""
    old = of.screening
    columns: dict[str, object] = {
        "title": terms.title,
        "message": terms.message,
        "deadline": terms.deadline,
        "language": terms.language,
    }

    def change(unit: Unit) -> None:
        SCREENINGS.change(unit, columns, "where id = ?", old.id)
        day = terms.deadline.isoformat() if terms.deadline else ""
        before = old.deadline.isoformat() if old.deadline else ""
        said = {"title": terms.title, "old": before, "new": day}
        record(unit, of.seat, desk.clock(), "screening-changed", old.id, **said)

    desk.store.change(change)


def close_screening(desk: Desk, of: Round, *, closes: bool) -> None:
    """Take no more answers from now on, or take them again."""
    now = desk.clock()
    action = "screening-closed" if closes else "screening-opened"

    def change(unit: Unit) -> None:
        closed: dict[str, object] = {"closed_at": now if closes else None}
        SCREENINGS.change(unit, closed, "where id = ?", of.screening.id)
        if closes:
            drop_letters_of_screening(unit, of.screening.id)
        record(unit, of.seat, now, action, of.screening.id, title=of.screening.title)

    desk.store.change(change)
