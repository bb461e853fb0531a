"""What waits to be sent, as the operator's figures tell it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from riskq.hook_reach import Reach
from riskq.services import Desk, Waiting, hooks, letters, waiting_messages
from tests import mail_server
from tests.hook_receiver import Receiver
from tests.web.conftest import Clock
from tests.web.members import SECRET, Place, make_place
from tests.web.test_branding import seat_of

NONE = Waiting(0, 0, 0.0)


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


def put(desk: Desk, place: Place, about: str) -> None:
    """Put a letter into the outbox."""
    letter = letters.Letter("info@vendor.example", "", "Сұрақтар", "Сәлем!")
    new = letters.NewLetter(f"workspace:{place.workspace}", about, "invitation", "Ұшқын", letter)
    assert letters.queue_letters(desk, SECRET, [new], "aida") == 1


def test_where_nothing_is_to_be_sent_nothing_waits(desk: Desk, place: Place) -> None:
    assert place.workspace
    assert waiting_messages(desk) == {"letter": NONE, "webhook": NONE}


def test_letters_wait_until_they_are_sent_or_given_up(
    desk: Desk, place: Place, clock: Clock
) -> None:
    put(desk, place, "one")
    clock.moment += timedelta(minutes=10)
    put(desk, place, "two")
    clock.moment += timedelta(minutes=5)
    assert waiting_messages(desk) == {"letter": Waiting(2, 0, 900.0), "webhook": NONE}
    with mail_server.running() as mail:
        assert letters.Postman(desk, mail.settings(), SECRET).send_due() == 2
    assert waiting_messages(desk)["letter"] == NONE
    put(desk, place, "three")
    # Nobody listens there any more.
    for _ in range(20):
        letters.Postman(desk, mail.settings(), SECRET).send_due()
        clock.moment += timedelta(days=1)
    assert waiting_messages(desk)["letter"] == Waiting(0, 1, 0.0)


def test_a_message_to_a_webhook_waits(
    desk: Desk, place: Place, clock: Clock, receiver: Receiver
) -> None:
    seat = seat_of(desk, place)
    hook = hooks.add_hook(desk, seat, receiver.url, ["vendor.overdue"], Reach.ANY)
    hooks.send_trial(desk, seat, hook.id)
    clock.moment += timedelta(seconds=30)
    assert waiting_messages(desk) == {"letter": NONE, "webhook": Waiting(1, 0, 30.0)}
    assert hooks.Courier(desk, SECRET, Reach.ANY, seconds=5).carry() == 1
    assert waiting_messages(desk)["webhook"] == NONE


def test_a_clock_that_was_set_back_makes_nothing_younger_than_new(
    desk: Desk, place: Place, clock: Clock
) -> None:
    put(desk, place, "one")
    clock.moment -= timedelta(days=1)
    assert waiting_messages(desk)["letter"] == Waiting(1, 0, 0.0)
