"""A newer edition for an assessment: is there one, what would it change, and moving to it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from riskq.services.desk import Desk
from riskq.services.opening import NoAssessmentError, Opened, open_again, opened_by
from riskq.services.revisions import ChangedMeanwhileError
from riskq.store import HOLDER, Act, NoSuchAssessment, StaleSequence

__all__ = ["Newer", "find_newer", "move", "newer_edition"]


class Newer(Struct, frozen=True):
    """An assessment as the edition in force would judge it.

    ``asked`` are the questions that would then be without an answer; ``not_taken`` the answers that
    the edition does not take.
    """

    opened: Opened

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions that would be asked and have no answer."""
        journey = self.opened.journey
        return tuple(name for name in journey.asked if name not in journey.counted)

    @property
    def not_taken(self) -> tuple[str, ...]:
        """The answers that the edition does not take; they are kept."""
        return self.opened.not_taken


def newer_edition(desk: Desk, opened: Opened) -> date | None:
    """The day of the edition in force, if it is newer; that of a screening is fixed."""
    if opened.record.open_to is not None:
        return None
    day = desk.catalogue.in_force(opened.record.questionnaire, desk.today())
    return day if day > opened.record.edition else None


def find_newer(desk: Desk, opened: Opened) -> Newer | None:
    """The assessment under the edition in force today; ``None`` if that is its own."""
    day = newer_edition(desk, opened)
    if day is None:
        return None
    questionnaire = desk.catalogue.load(opened.record.questionnaire, day)
    return Newer(opened_by(opened.record, questionnaire, desk.today(), opened.key))


def move(desk: Desk, opened: Opened, *, seen: int, by: str = HOLDER) -> Opened:
    """Let the edition in force judge the assessment; revisions stay with their own.

    ``seen`` is the sequence that the person looked at. Gives the assessment back where there is
    nothing to move to. Raises ``ChangedMeanwhileError`` and ``NoAssessmentError``.
    """
    newer = find_newer(desk, opened)
    if newer is None:
        return opened
    if opened.record.sequence != seen:
        raise ChangedMeanwhileError("The answers have changed.")
    edition = newer.opened.questionnaire
    try:
        act = Act(desk.clock(), by)
        desk.store.move(opened.record.id, seen, edition.edition, edition.digest, act)
    except StaleSequence as error:
        raise ChangedMeanwhileError("The answers have changed.") from error
    except NoSuchAssessment as error:
        raise NoAssessmentError("The assessment was deleted.") from error
    return open_again(desk, opened)
