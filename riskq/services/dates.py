"""Dates: the deadlines of duties as a calendar file, for whatever calendar a person uses."""

from __future__ import annotations

from datetime import datetime, timedelta

from riskq.report import Report

__all__ = ["write_calendar"]

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
    calendar.add("prodid", "-//riskq//riskq//EN")
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
