"""Is the folder one of an edition, and do its rules say from when and until when it is in force?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from riskq.checks.finding import Finding, found
from riskq.questionnaire import Edition, Questionnaire, is_day

__all__ = ["no_edition", "wrong_days"]


def no_edition(edition: Edition) -> Iterator[Finding]:
    """What keeps a folder from being an edition, which nobody would otherwise notice."""
    where = edition.name_of(edition.folder)
    if not is_day(edition.folder.name):
        what = "has files of an edition, and its name is no day: nothing finds it"
        mend = "Name the folder by the day from which the edition holds, such as 2026-08-25."
        yield found("no-edition", where, what, mend)
    if not (edition.folder / "questions.yml").is_file():
        what = "has files of an edition, and no questions.yml: nothing finds it"
        mend = "Add questions.yml, or rename the file that has the questions."
        yield found("no-edition", where, what, mend)


def wrong_days(edition: Edition, questionnaire: Questionnaire) -> Iterator[Finding]:
    """Where ``in_force`` says something else than the folders, by which editions are chosen."""
    day, span = questionnaire.edition, questionnaire.rulebook.in_force
    where = f"{edition.name_of(edition.folder / 'rules.yml')}:1"
    if span.start != day:
        what = f"in_force is from {span.start}, and the edition holds from {day}"
        yield found("wrong-in-force", where, what, f"Write from: {day}.")
    following = min((other for other in _days(edition) if other > day), default=None)
    last = following - timedelta(days=1) if following is not None else None
    if span.end is not None and span.end != last:
        if following is None:
            what = f"in_force is until {span.end}, and no edition follows"
            mend = "Add the edition that holds from the next day, or leave until out."
        else:
            what = f"in_force is until {span.end}, and the next edition holds from {following}"
            mend = f"Write until: {last}."
        yield found("wrong-in-force", where, what, mend)


def _days(edition: Edition) -> Iterator[date]:
    """The days of all editions of the questionnaire."""
    for path in edition.folder.parent.glob("*/questions.yml"):
        if is_day(path.parent.name):
            yield date.fromisoformat(path.parent.name)
