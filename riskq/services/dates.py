"""Dates: deadlines of duties and days of reviews, for whatever calendar a person uses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from riskq.report import Report
from riskq.services.workspaces.feeds import Calendar as Awaited

__all__ = ["write_calendar", "write_reviews"]

_MADE_BY = "-//riskq//riskq//EN"
_WARN_BEFORE = timedelta(days=14)


def write_calendar(report: Report, assessment: str, written_at: datetime) -> bytes | None:
    """The deadlines of a report as an iCalendar file; ``None`` when there is none.

    Each deadline is a whole day with a reminder two weeks before it. The same duty of the same
    assessment keeps its identity, so that a calendar moves it instead of showing it twice.
    """
    dated = [(duty, duty.deadline) for duty in report.duties if duty.deadline is not None]
    if not dated:
        return None
    # The library is loaded by whoever asks for a calendar.
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", _MADE_BY)
    calendar.add("version", "2.0")
    for duty, deadline in dated:
        event, alarm = Event(), Alarm()
        event.add("uid", f"{duty.id}-{assessment}@riskq")
        event.add("dtstamp", written_at)
        event.add("dtstart", deadline.day)
        event.add("summary", f"{duty.title} ({report.system.name})".removesuffix(" ()"))
        event.add("description", duty.what)
        alarm.add("action", "DISPLAY")
        alarm.add("description", duty.title)
        alarm.add("trigger", -_WARN_BEFORE)
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def write_reviews(awaited: Awaited, title: str, address: Callable[[str], str]) -> bytes:
    """What is due in a workspace as an iCalendar file, which may be empty.

    ``title`` is what each day is called, before the name of the assessment if the calendar has
    names; ``address`` gives the page of an assessment, which opens for members alone.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", _MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", awaited.workspace.name)
    for due in awaited.due:
        event = Event()
        event.add("uid", f"review-{due.assessment}@riskq")
        event.add("dtstamp", due.since)
        event.add("dtstart", due.on)
        event.add("summary", f"{title}: {due.title}" if awaited.has_titles else title)
        event.add("url", address(due.assessment))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
