"""Clients of a workspace, and what its members write about its assessments."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskq.engine import read_answers
from riskq.services import NoAssessmentError, resume, start, workspaces
from riskq.services.workspaces import ClientFacts, Description, Held, Seat
from riskq.store import history
from tests.services.conftest import FIRST, SECOND, Service
from tests.users import add_user

ANSWERS = {"name": "Sorter", "in-scope": "yes", "users": "unknown"}


def a_seat(service: Service, email: str = "aida@alatau.example") -> Seat:
    user = add_user(service.desk, email)
    founded = workspaces.found(service.desk, user, "Alatau")
    return workspaces.take_seat(service.desk, user, founded.id)


def an_assessment(
    service: Service,
    seat: Seat,
    client: str | None = None,
    answers: Mapping[str, object] = MappingProxyType({}),
) -> Held:
    loaded = service.desk.catalogue.load("small", FIRST)
    typed = read_answers(loaded, answers, FIRST.max)
    started = start(service.desk, "small", "kk", typed)
    opened = resume(service.desk, started.secret)
    workspaces.claim(service.desk, seat, opened, "Sorting", client)
    return workspaces.held_in(service.desk, seat, started.id)


def told(service: Service, seat: Seat) -> list[tuple[str, object]]:
    book = workspaces.book_of(seat.workspace.id)
    events = service.desk.store.read(lambda unit: history.events(unit, book, most=99))
    return [(event.action, json.loads(event.detail or "null")) for event in reversed(events)][1:]


def test_a_client_is_added_renamed_and_removed(service: Service) -> None:
    desk, seat = service.desk, a_seat(service)
    client = workspaces.add_client(desk, seat, " Bank ")
    facts = workspaces.facts_of(client)
    workspaces.change_client(desk, seat, client.id, ClientFacts("Большой банк", ""), facts.digest)
    assert [one.name for one in workspaces.clients_of(desk, seat)] == ["Большой банк"]
    workspaces.remove_client(desk, seat, client.id)
    assert list(workspaces.clients_of(desk, seat)) == []
    assert told(service, seat) == [
        ("client-added", {"title": "Bank"}),
        ("client-renamed", {"old": "Bank", "new": "Большой банк"}),
        ("client-removed", {"title": "Большой банк"}),
    ]


def test_no_two_clients_have_one_name(service: Service) -> None:
    desk, seat = service.desk, a_seat(service)
    workspaces.add_client(desk, seat, "ӘКІМДІК")
    other = workspaces.add_client(desk, seat, "Bank")
    with pytest.raises(workspaces.ClientExistsError):
        workspaces.add_client(desk, seat, "Әкімдік")
    seen = workspaces.facts_of(other).digest
    with pytest.raises(workspaces.ClientExistsError):
        workspaces.change_client(desk, seat, other.id, ClientFacts("әкімдік", ""), seen)
    elsewhere = a_seat(service, "bota@steppe.example")
    workspaces.add_client(desk, elsewhere, "Әкімдік")
    assert len(told(service, seat)) == 2


def test_a_client_of_elsewhere_is_none_here(service: Service) -> None:
    desk, seat = service.desk, a_seat(service)
    elsewhere = a_seat(service, "bota@steppe.example")
    theirs = workspaces.add_client(desk, elsewhere, "Bank").id
    held = an_assessment(service, seat)
    seen = workspaces.describe(desk, held).digest
    for attempt in (
        lambda: workspaces.find_client(desk, seat, theirs),
        lambda: workspaces.remove_client(desk, seat, theirs),
        lambda: workspaces.change_client(desk, seat, theirs, ClientFacts("x", ""), ""),
        lambda: workspaces.redescribe(desk, held, Description("x", theirs), seen),
        lambda: an_assessment(service, seat, theirs),
    ):
        with pytest.raises(workspaces.NoClientError):
            attempt()
    with pytest.raises(NoAssessmentError):
        workspaces.held_in(desk, elsewhere, held.holding.assessment)
    assert workspaces.describe(desk, held) == Description("Sorting")


def test_what_is_written_about_an_assessment_is_told_change_by_change(service: Service) -> None:
    desk, seat = service.desk, a_seat(service)
    held, bank = an_assessment(service, seat), workspaces.add_client(desk, seat, "Bank")
    said = Description("Reading", bank.id, ("chat", "pilot"))
    workspaces.redescribe(desk, held, said, workspaces.describe(desk, held).digest)
    assert workspaces.describe(desk, held) == said
    workspaces.redescribe(desk, held, said, said.digest)
    assert told(service, seat)[2:] == [
        ("assessment-retitled", {"old": "Sorting", "new": "Reading"}),
        ("assessment-assigned", {"title": "Reading", "old": "", "new": "Bank"}),
        ("assessment-tagged", {"title": "Reading", "old": "", "new": "chat, pilot"}),
    ]


def test_nothing_is_written_over_what_was_not_seen(service: Service) -> None:
    desk, seat = service.desk, a_seat(service)
    held, client = an_assessment(service, seat), workspaces.add_client(desk, seat, "Bank")
    seen = workspaces.describe(desk, held).digest
    workspaces.redescribe(desk, held, Description("Mine"), seen)
    with pytest.raises(workspaces.ChangedElsewhereError):
        workspaces.redescribe(desk, held, Description("Theirs"), seen)
    # Whoever sends the same once more has saved it.
    workspaces.redescribe(desk, held, Description("Mine"), seen)
    facts = workspaces.facts_of(client)
    workspaces.change_client(desk, seat, client.id, ClientFacts("Bank", "mine"), facts.digest)
    with pytest.raises(workspaces.ChangedElsewhereError):
        workspaces.change_client(desk, seat, client.id, ClientFacts("Bank", "yours"), facts.digest)
    assert workspaces.find_client(desk, seat, client.id).note == "mine"


def test_a_copy_takes_the_answers_and_nothing_else(service: Service) -> None:
    desk, seat = service.desk, a_seat(service)
    bank = workspaces.add_client(desk, seat, "Bank").id
    held = an_assessment(service, seat, answers=ANSWERS)
    source = workspaces.open_held(desk, held)
    service.go_to(SECOND)
    planned = workspaces.plan_copy(desk, held)
    copied = workspaces.copy(desk, held, " Next ", bank)
    found = workspaces.held_in(desk, seat, copied)
    opened = workspaces.open_held(desk, found)
    assert opened.record.edition == SECOND
    assert planned.not_taken == ("users",)
    assert opened.answers == {name: source.answers[name] for name in ("in-scope", "name")}
    assert (opened.record.last_revision, found.holding.client) == (0, bank)
    assert workspaces.describe(desk, found) == Description("Next", bank)
    assert workspaces.open_held(desk, held).record == source.record
    assert told(service, seat)[-1] == ("assessment-copied", {"title": "Next", "old": "Sorting"})
    events = desk.store.read(lambda unit: history.events(unit, f"assessment:{copied}", most=9))
    assert [(event.action, event.actor) for event in events] == [
        ("assessment-started", seat.user.id)
    ]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("", ()),
        (" , ;", ()),
        ("Chat, #chat ,  CHAT", ("chat",)),
        ("үлкен   жүйе; Пилот", ("пилот", "үлкен жүйе")),
    ],
)
def test_tags_are_brought_into_one_form(text: str, tags: tuple[str, ...]) -> None:
    assert workspaces.read_tags(text) == tags


@pytest.mark.parametrize(
    ("text", "reason"),
    [(",".join("abcdefghijklm"), "many"), ("a" * 31, "long"), ("a\x00b", "sign")],
)
def test_tags_that_are_not_taken_say_why(text: str, reason: str) -> None:
    with pytest.raises(workspaces.TagsError) as told:
        workspaces.read_tags(text)
    assert told.value.reason == reason


def test_a_tag_of_very_many_marks_is_too_long() -> None:
    # To bring that many marks into order would take minutes.
    with pytest.raises(workspaces.TagsError) as told:
        workspaces.read_tags("a" + "\u0316\u0301" * 200_000)
    assert told.value.reason == "long"
    assert len(told.value.tag) <= 500


@given(st.text(max_size=60))
def test_tags_that_were_read_are_read_again_as_they_are(text: str) -> None:
    try:
        tags = workspaces.read_tags(text)
    except workspaces.TagsError:
        return
    assert workspaces.read_tags(", ".join(tags)) == tags
