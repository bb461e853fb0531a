"""What two reports on the same system tell differently, in the words that each of them uses."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from riskq.report.duty_views import DutyView
from riskq.report.views import Report

__all__ = ["ChangeOfReport", "report_changes"]


class ChangeOfReport(Struct, frozen=True):
    """One thing that is told differently; a side where it is not told at all is empty.

    ``sort`` is "scale", "duty", "notice" or "requirement".
    """

    title: str
    old: str
    new: str
    sort: str


def report_changes(old: Report, new: Report) -> tuple[ChangeOfReport, ...]:
    """Scales, duties, warnings and conditions that differ, in the order of the newer report."""
    before, after = dict(_told(old)), dict(_told(new))
    changes = []
    for key in dict.fromkeys((*after, *before)):
        title, now = after.get(key, ("", ""))
        old_title, was = before.get(key, ("", ""))
        if was != now:
            changes.append(ChangeOfReport(title or old_title, was, now, key[0]))
    return tuple(changes)


def _told(report: Report) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Each thing by its sort and id: its title, and what is told of it."""
    say = report.words
    for scale in report.scales:
        yield ("scale", scale.id), (scale.title, scale.state_text)
    for duty in report.duties:
        yield ("duty", duty.id), (duty.title, _state(report, duty))
    for notice in report.notices:
        told = say("May apply") if notice.is_open else say("Applies")
        # To a reader a warning is its title: under another id it is the same one.
        yield ("notice", notice.title), (notice.title, told)
    for item in report.listing.requirements:
        yield ("requirement", item.id), (item.title, item.state_text)


def _state(report: Report, duty: DutyView) -> str:
    """The state of a duty, and that it only may apply where that is so."""
    if not duty.is_open:
        return duty.state_text
    return report.words("%(state)s (may apply)", state=duty.state_text)
