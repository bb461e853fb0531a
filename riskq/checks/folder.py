"""Is the folder one of an edition?"""

from __future__ import annotations

from collections.abc import Iterator

from riskq.checks.finding import Finding, found
from riskq.questionnaire import Edition, is_day

__all__ = ["no_edition"]


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
