"""What a reviewer says is about the submission that was looked at, and about no other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from riskq.services import screenings
from riskq.services.screenings import Round
from tests.services.conftest import Service
from tests.services.test_screenings import (
    come_in,
    hand_in,
    invite,
    lines,
    looked,
    of,
    resume_again,
    say,
    states,
)

__all__ = ["of"]


@pytest.fixture
def vendor(service: Service, of: Round) -> str:
    """A vendor that has submitted."""
    made = invite(service, of, "Alatau")["Alatau"]
    hand_in(service, come_in(service, of, made))
    return made


def decide(service: Service, of: Round, seen: screenings.Looked, decision: str) -> None:
    screenings.decide(service.desk, of, seen, decision, "Because")


def test_nothing_said_of_an_older_submission_is_taken(
    service: Service, of: Round, vendor: str
) -> None:
    old = looked(service, of, vendor)
    decide(service, of, old, "returned")
    opened = resume_again(service, old.opened)  # type: ignore[arg-type]  # It was submitted.
    hand_in(service, opened, users=7)
    with pytest.raises(screenings.MovedOnError):
        decide(service, of, old, "accepted")
    said = screenings.Said("Sound", asks=True, value=None)
    with pytest.raises(screenings.MovedOnError):
        screenings.review_answer(service.desk, of, old, "users", said)
    assert states(service, of) == {"Alatau": "submitted"}
    assert not looked(service, of, vendor).reviews


def test_of_two_decisions_at_once_one_is_taken(service: Service, of: Round, vendor: str) -> None:
    seen, start = looked(service, of, vendor), Barrier(2)

    def attempt(decision: str) -> bool:
        start.wait()
        try:
            decide(service, of, seen, decision)
        except screenings.MovedOnError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(attempt, ("accepted", "returned")))
    assert sorted(taken) == [False, True]
    assert states(service, of) == {"Alatau": "accepted" if taken[0] else "returned"}


def test_asking_again_takes_an_acceptance_back(service: Service, of: Round, vendor: str) -> None:
    decide(service, of, looked(service, of, vendor), "accepted")
    say(service, of, vendor, "users", asks=True)
    screenings.ask_again(service.desk, of, looked(service, of, vendor))
    assert states(service, of) == {"Alatau": "asked"}
    assert not looked(service, of, vendor).is_decided
    service.wait(days=30)
    assert [line.is_late for line in lines(service, of)] == [True]
    hand_in(service, come_in(service, of, vendor))
    assert states(service, of) == {"Alatau": "submitted"}


def test_returned_answers_that_come_back_unchanged_are_to_be_reviewed(
    service: Service, of: Round, vendor: str
) -> None:
    decide(service, of, looked(service, of, vendor), "returned")
    assert looked(service, of, vendor).is_decided
    hand_in(service, come_in(service, of, vendor))
    assert states(service, of) == {"Alatau": "submitted"}
    assert not looked(service, of, vendor).is_decided


def test_nothing_is_said_while_the_vendor_answers(service: Service, of: Round, vendor: str) -> None:
    say(service, of, vendor, "users", comment="How many?", asks=True)
    screenings.ask_again(service.desk, of, looked(service, of, vendor))
    with pytest.raises(screenings.NotSubmittedError):
        say(service, of, vendor, "users", comment="For us alone: they lie")
