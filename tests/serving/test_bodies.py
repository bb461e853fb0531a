"""Reading what requests send: to its end, in time, and not more than there is room for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskq.serving import bodies
from riskq.serving.bodies import Bodies, BodyFaultError, Receive
from tests.serving.loops import finish

LARGEST = 1000


def sending(*pieces: bytes, ends: bool = True) -> Receive:
    """A client that sends these, and then ends the request, or leaves."""
    events: list[dict[str, Any]] = [
        {"type": "http.request", "body": piece, "more_body": True} for piece in pieces
    ]
    events.append({"type": "http.request"} if ends else {"type": "http.disconnect"})

    async def receive() -> dict[str, Any]:
        return events.pop(0)

    return receive


def never() -> Awaitable[dict[str, Any]]:
    """A client that goes on sending nothing."""
    return asyncio.get_running_loop().create_future()


def told(pieces: Sequence[bytes]) -> dict[str, str]:
    return {"CONTENT_LENGTH": str(sum(map(len, pieces)))}


@given(st.lists(st.binary(max_size=200), max_size=8))
def test_a_body_is_read_to_its_end(pieces: list[bytes]) -> None:
    here, sent = Bodies(2 * LARGEST), b"".join(pieces)
    for environ in (told(pieces), {"HTTP_TRANSFER_ENCODING": "chunked"}):
        body = finish(here.read(environ, sending(*pieces)))
        assert body.read() == sent


def test_who_sends_nothing_is_not_waited_for() -> None:
    for environ in ({}, {"CONTENT_LENGTH": "0"}, {"CONTENT_LENGTH": ""}):
        assert finish(Bodies(LARGEST).read(environ, never)).read() == b""


@pytest.mark.parametrize("environ", [told([b"abc", b"de"]), {"HTTP_TRANSFER_ENCODING": "chunked"}])
def test_half_a_body_is_none(environ: dict[str, str]) -> None:
    with pytest.raises(BodyFaultError) as found:
        finish(Bodies(LARGEST).read(environ, sending(b"abc", ends=False)))
    assert found.value.status == 400


def test_a_length_that_is_too_large_is_not_read() -> None:
    with pytest.raises(BodyFaultError) as found:
        finish(Bodies(LARGEST).read({"CONTENT_LENGTH": str(LARGEST + 1)}, never))
    assert found.value.status == 413


def test_a_body_without_a_length_is_read_until_it_is_too_large() -> None:
    receive = sending(*[b"x" * 100] * 20)
    with pytest.raises(BodyFaultError) as found:
        finish(Bodies(LARGEST).read({"HTTP_TRANSFER_ENCODING": "chunked"}, receive))
    assert found.value.status == 413


def test_who_sends_too_slowly_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.01)
    with pytest.raises(BodyFaultError) as found:
        finish(Bodies(LARGEST).read({"CONTENT_LENGTH": "5"}, never))
    assert found.value.status == 408


def test_no_more_is_held_than_there_is_room_for() -> None:
    """What was answered, and what was broken off, makes room again."""
    here, large = Bodies(LARGEST), [b"x" * LARGEST]

    async def fill() -> None:
        held = [await here.read(told(large), sending(*large)) for _ in range(bodies.AT_ONCE)]
        with pytest.raises(BodyFaultError) as found:
            await here.read(told([b"x"]), sending(b"x"))
        assert found.value.status == 503
        for body in held:
            here.let_go(body)
        for _ in range(2 * bodies.AT_ONCE):
            with pytest.raises(BodyFaultError):
                await here.read(told(large), sending(*large, ends=False))
        assert (await here.read(told(large), sending(*large))).read() == large[0]

    finish(fill())
