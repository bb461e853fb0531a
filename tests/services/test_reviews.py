"""What is due: a year after the newest submission, or on the day that members have set."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskq.engine import read_answers
from riskq.services import Saving, resume, save_answer, start, submit, workspaces
from riskq.services.workspaces import Due, Held, Seat
from tests.services.conftest import FIRST, Service
from tests.services.test_clients import a_seat
from tests.users import add_user

ANSWERS = {"name": "Sorter", "in-scope": "no"}


def a_submitted(service: Service, seat: Seat, title: str = "Sorting") -> Held:
    """An assessment submitted now."""
    desk = service.desk
    loaded = desk.catalogue.load("small", FIRST)
    started = start(desk, "small", "kk", read_answers(loaded, ANSWERS, FIRST.max))
    opened = resume(desk, started.secret)
    submit(desk, opened, seen=opened.record.sequence, language="kk")
    workspaces.claim(desk, seat, resume(desk, started.secret), title)
    return workspaces.held_in(desk, seat, started.id)


def set_day(service: Service, held: Held, day: date | None) -> None:
    said = workspaces.describe(service.desk, held)
    new = workspaces.Description(said.title, said.client, said.tags, said.note, day)
    workspaces.redescribe(service.desk, held, new, said.digest)


def due(service: Service, seat: Seat, days: int = 90) -> list[tuple[str, date, bool]]:
    found: tuple[Due, ...] = workspaces.due_within(service.desk, seat, days)
    return [(one.title, one.on, one.is_set) for one in found]


def test_a_submission_is_due_a_year_later(service: Service) -> None:
    seat = a_seat(service)
    a_submitted(service, seat)
    assert due(service, seat) == []
    service.go_to(date(2027, 3, 2))
    assert due(service, seat) == []
    service.go_to(date(2027, 3, 3))
    assert due(service, seat) == [("Sorting", date(2027, 6, 1), False)]
    service.go_to(date(2028, 1, 1))
    assert due(service, seat, 0) == [("Sorting", date(2027, 6, 1), False)]


def test_days_are_those_of_kazakhstan(service: Service) -> None:
    seat = a_seat(service)
    service.wait(hours=11.5)  # It is half past midnight there.
    a_submitted(service, seat)
    service.go_to(date(2027, 6, 2))
    assert due(service, seat, 0) == [("Sorting", date(2027, 6, 2), False)]


def test_a_day_that_is_set_stands_until_the_next_submission(service: Service) -> None:
    desk, seat = service.desk, a_seat(service)
    held = a_submitted(service, seat)
    set_day(service, held, date(2026, 6, 20))
    assert due(service, seat) == [("Sorting", date(2026, 6, 20), True)]
    service.go_to(date(2026, 7, 1))
    opened = workspaces.open_held(desk, held)
    submit(desk, opened, seen=opened.record.sequence, language="kk")
    assert due(service, seat) == [("Sorting", date(2026, 6, 20), True)]
    loaded = desk.catalogue.load("small", FIRST)
    answer = read_answers(loaded, {"name": "Other"}, FIRST.max)["name"]
    opened = save_answer(desk, opened, "name", answer, Saving(1))
    submit(desk, opened, seen=opened.record.sequence, language="kk")
    assert due(service, seat) == []
    found = workspaces.due_of(desk, held)
    assert found is not None
    assert (found.on, found.is_set) == (date(2027, 7, 1), False)
    assert workspaces.describe(desk, held).review_on is None


def test_what_was_never_submitted_is_due_on_a_set_day_alone(service: Service) -> None:
    desk, seat = service.desk, a_seat(service)
    started = start(desk, "small", "kk")
    workspaces.claim(desk, seat, resume(desk, started.secret), "Begun")
    held = workspaces.held_in(desk, seat, started.id)
    assert workspaces.due_of(desk, held) is None
    set_day(service, held, date(2026, 6, 2))
    assert due(service, seat) == [("Begun", date(2026, 6, 2), True)]
    set_day(service, held, None)
    service.go_to(date(2030, 1, 1))
    assert due(service, seat) == []


def test_only_ones_own_workspace_is_looked_at(service: Service) -> None:
    seat, other = a_seat(service), a_seat(service, "bota@steppe.example")
    a_submitted(service, seat)
    service.go_to(date(2029, 1, 1))
    assert due(service, other) == []


@given(st.dates(date(2020, 1, 1), date(2100, 1, 1)))
def test_a_year_later_is_the_same_day_or_the_last_of_february(day: date) -> None:
    later = workspaces.year_after(day)
    assert later.year == day.year + 1
    assert (later.month, later.day) in {(day.month, day.day), (2, 28)}
    assert timedelta(365) <= later - day <= timedelta(366)


def test_a_calendar_opens_by_its_newest_address_until_it_ends(service: Service) -> None:
    desk, seat = service.desk, a_seat(service)
    a_submitted(service, seat)
    first = workspaces.make_feed(desk, seat, has_titles=False)
    second = workspaces.make_feed(desk, seat, has_titles=True)
    with pytest.raises(workspaces.NoFeedError):
        workspaces.open_feed(desk, first)
    calendar = workspaces.open_feed(desk, second)
    assert ([one.title for one in calendar.due], calendar.has_titles) == (["Sorting"], True)
    kept = workspaces.feed_of(desk, seat)
    assert kept is not None
    assert second.encode() not in kept.key_hash
    workspaces.end_feed(desk, seat)
    workspaces.end_feed(desk, seat)
    for secret in (second, "", "x"):
        with pytest.raises(workspaces.NoFeedError):
            workspaces.open_feed(desk, secret)


def test_a_calendar_ends_when_its_member_leaves(service: Service) -> None:
    desk, seat = service.desk, a_seat(service)
    other = add_user(desk, "bota@alatau.example")
    invited = workspaces.invite(desk, seat, other.email, workspaces.Role.READER)
    workspaces.accept(desk, invited, other)
    theirs = workspaces.take_seat(desk, other, seat.workspace.id)
    secret = workspaces.make_feed(desk, theirs, has_titles=True)
    workspaces.remove_member(desk, seat, other.id)
    with pytest.raises(workspaces.NoFeedError):
        workspaces.open_feed(desk, secret)
