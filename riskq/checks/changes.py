"""Editions of which nobody is told what they changed."""

from __future__ import annotations

from collections.abc import Iterator

from riskq.checks.finding import Finding, found, from_problem
from riskq.errors import QuestionnaireError
from riskq.questionnaire import Edition, load_changes

__all__ = ["changes_untold"]


def changes_untold(edition: Edition) -> Iterator[Finding]:
    """What is wrong with the file of changes, or that it does not tell of the edition."""
    try:
        log = load_changes(edition)
    except QuestionnaireError as fault:
        yield from map(from_problem, fault.problems)
        return
    day = edition.folder.name
    if log is not None and day not in {str(one.edition) for one in log.editions}:
        what = f"does not tell what the edition {day} changed"
        mend = "Say what changed and whose conclusion may differ."
        where = f"{edition.name_of(edition.changes_file)}:1"
        yield found("changes-untold", where, what, mend)
