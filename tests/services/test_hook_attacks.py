"""Receivers that mean harm: whatever they answer, or do not, the messages to others go on."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from threading import Event, Thread

import pytest
from msgspec.structs import replace

from riskq.hook_reach import Reach
from riskq.services import Desk, hooks, workspaces
from riskq.services.hooks.calling import call
from riskq.store import DELIVERIES, HOOK_EVENTS, HOOKS, Delivery, Unit
from tests.hook_receiver import Receiver
from tests.web.conftest import Clock
from tests.web.members import SECRET, make_place
from tests.web.test_branding import seat_of


@contextmanager
def answering(start: bytes, *, drips: bytes = b"") -> Iterator[int]:
    """A machine that answers everybody with these bytes, and perhaps goes on with more for ever."""
    over = Event()

    def answer(line: socket.socket) -> None:
        with line, suppress(OSError):
            line.settimeout(20)
            line.recv(1 << 16)
            line.sendall(start)
            while drips and not over.wait(0.02):
                line.sendall(drips)

    def serve(server: socket.socket) -> None:
        with suppress(OSError):
            while True:
                answer(server.accept()[0])

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=serve, args=(server,))
        thread.start()
        yield int(server.getsockname()[1])
        over.set()
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def reason_of(port: int, scheme: str = "http", seconds: float = 5) -> str:
    """Why a message was not taken there; "" if it was."""
    try:
        call(f"{scheme}://127.0.0.1:{port}/", "{}", {}, Reach.ANY, seconds)
    except hooks.HookError as error:
        return error.reason
    return ""


@pytest.mark.parametrize(
    ("scheme", "start"),
    [("http", b"HTTP/1.1 2"), ("https", b"\x16\x03\x03\x40\x00")],
    ids=["answer", "handshake"],
)
def test_what_answers_byte_by_byte_is_cut(scheme: str, start: bytes) -> None:
    with answering(start, drips=b"x") as port:
        assert reason_of(port, scheme, 0.3) == "time"


def test_whoever_says_to_wait_for_ever_is_left() -> None:
    with answering(b"", drips=b"HTTP/1.1 100 Continue\r\n\r\n") as port:
        assert reason_of(port) == "connection"


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Type: multipart/x; boundary*=x; boundary*0=y",
        b'Content-Type: multipart/x; a="\r\n ' + b";" * 65_000 + b"\r\n " + b";" * 65_000,
        b"Content-Length: 99999999999999999999",
        b"Content-Length: -1\r\nTransfer-Encoding: chunked",
        b"\xff\x00",
    ],
    ids=["twice", "long", "length", "chunked", "bytes"],
)
def test_what_stands_after_the_status_is_not_read(head: bytes) -> None:
    with answering(b"HTTP/1.1 204 No Content\r\n" + head + b"\r\n\r\n") as port:
        assert reason_of(port) == ""


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        (b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", ""),
        (b"HTTP/1.0 201\r\n\r\n", ""),
        (b"HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n", "301"),
        (b"SSH-2.0-OpenSSH_9.2\r\nHTTP/1.1 200 OK\r\n\r\n", "connection"),
        (b"HTTP/1.1 2000 OK\r\n\r\n", "connection"),
        (b"HTTP/2 200\r\n\r\n", "connection"),
        (b"x" * 100_000, "connection"),
    ],
    ids=["hints", "short", "moved", "ssh", "2000", "http/2", "endless line"],
)
def test_only_a_status_counts(start: bytes, reason: str) -> None:
    with answering(start) as port:
        assert reason_of(port) == reason


class BusyClock(Clock):
    """A clock; with the next look at it, something is done."""

    def __init__(self) -> None:
        super().__init__()
        self.next_look: list[Callable[[], None]] = []

    def __call__(self) -> datetime:
        while self.next_look:
            self.next_look.pop()()
        return super().__call__()


@pytest.fixture
def clock() -> BusyClock:
    return BusyClock()


SeatAt = Callable[[str], workspaces.Seat]


@pytest.fixture
def seat_at(desk: Desk) -> SeatAt:
    """The seat of the owner in a new workspace of a name."""
    return lambda name: seat_of(desk, make_place(desk, name))


def add_hook(desk: Desk, workspace: str, url: str) -> str:
    """A workspace of its own with a hook that has a trial message to send; the hook's id."""
    seat = seat_of(desk, make_place(desk, workspace))
    made = hooks.add_hook(desk, seat, url, ["vendor.returned"], Reach.ANY).id
    hooks.send_trial(desk, seat, made)
    return made


def messages_to(desk: Desk, hook: str) -> list[Delivery]:
    return list(desk.store.read(lambda unit: DELIVERIES.find(unit, "where hook = ?", hook)))


def queue_more(desk: Desk, hook: str, number: int) -> None:
    """Let more messages wait for a hook."""
    (one,) = messages_to(desk, hook)
    told = [replace(one, id=f"0{each}", key=f"trial:{each}") for each in range(number)]

    def change(unit: Unit) -> None:
        for each in told:
            DELIVERIES.add(unit, each)

    desk.store.change(change)


def gone() -> str:
    """An address at which nobody listens any more."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}/"


def test_whoever_does_not_answer_holds_up_nobody_else(
    desk: Desk, clock: Clock, receiver: Receiver
) -> None:
    quiet = add_hook(desk, "silent", gone())
    queue_more(desk, quiet, 8)
    clock.moment += timedelta(seconds=1)
    add_hook(desk, "heard", receiver.url)
    assert hooks.Courier(desk, SECRET, Reach.ANY).carry() == 2
    assert len(receiver.came) == 1
    # One try told enough about the address: the others wait with it.
    later = clock.moment + timedelta(minutes=1)
    assert {one.next_at for one in messages_to(desk, quiet)} == {later}
    assert sum(one.tries for one in messages_to(desk, quiet)) == 1


def test_workspaces_come_in_turn_however_much_one_of_them_has_to_tell(
    desk: Desk, clock: Clock, receiver: Receiver
) -> None:
    """Whoever answers slowly is slow for itself: nobody waits for more than one of its messages."""
    busy = add_hook(desk, "busy", receiver.url)
    queue_more(desk, busy, 8)
    clock.moment += timedelta(seconds=1)
    quick = add_hook(desk, "quick", receiver.url)
    assert hooks.Courier(desk, SECRET, Reach.ANY).carry() == 10
    came = [headers["webhook-id"] for headers, _ in receiver.came]
    (one,) = messages_to(desk, quick)
    assert came.index(one.id) == 1


def test_what_waited_for_an_address_is_sent_once_it_answers(
    desk: Desk, seat_at: SeatAt, clock: Clock, receiver: Receiver
) -> None:
    seat = seat_at("back")
    hook = hooks.add_hook(desk, seat, gone(), ["vendor.returned"], Reach.ANY).id
    hooks.send_trial(desk, seat, hook)
    queue_more(desk, hook, 3)
    courier = hooks.Courier(desk, SECRET, Reach.ANY)
    for _ in range(4):
        courier.carry()
        clock.moment += timedelta(hours=7)
    # The address answers again, and somebody presses the button to see whether it does.
    url: dict[str, object] = {"url": receiver.url}
    desk.store.change(lambda unit: HOOKS.change(unit, url, "where id = ?", hook))
    courier.carry()
    clock.moment -= timedelta(hours=6, minutes=50)
    hooks.send_trial(desk, seat, hook)
    courier.carry()
    assert {one.state for one in messages_to(desk, hook)} == {"sent"}


def test_what_a_given_up_message_told_is_forgotten(
    desk: Desk, seat_at: SeatAt, clock: Clock, receiver: Receiver
) -> None:
    seat = seat_at("forgotten")
    hook = hooks.add_hook(desk, seat, receiver.url, ["vendor.returned"], Reach.ANY).id
    hooks.send_trial(desk, seat, hook)
    failed: dict[str, object] = {"state": "failed", "reason": "410", "done_at": clock.moment}
    desk.store.change(lambda unit: DELIVERIES.change(unit, failed, "where hook = ?", hook))
    courier = hooks.Courier(desk, SECRET, Reach.ANY)
    courier.carry()
    (one,) = messages_to(desk, hook)
    assert one.body
    clock.move(31)
    courier.carry()
    (one,) = messages_to(desk, hook)
    assert one.body == ""
    hooks.send_again(desk, seat, one.id)
    assert courier.carry() == 0


def test_what_waits_behind_others_in_vain_is_given_up_after_a_week(
    desk: Desk, clock: Clock
) -> None:
    hook = add_hook(desk, "gone", gone())
    queue_more(desk, hook, 3)
    courier = hooks.Courier(desk, SECRET, Reach.ANY, seconds=5)
    for _ in range(9):
        courier.carry()
        clock.move(1)
    found = messages_to(desk, hook)
    assert {(one.state, one.reason) for one in found} == {("failed", "connection")}
    assert courier.carry() == 0


def test_a_message_that_kills_its_sender_is_given_up(
    desk: Desk, clock: Clock, receiver: Receiver
) -> None:
    hook = add_hook(desk, "heard", receiver.url)
    died: dict[str, object] = {"tries": 6, "reason": "under-way"}
    desk.store.change(lambda unit: DELIVERIES.change(unit, died, "where hook = ?", hook))
    assert hooks.Courier(desk, SECRET, Reach.ANY).carry() == 0
    (one,) = messages_to(desk, hook)
    assert (one.state, one.reason, one.done_at) == ("failed", "under-way", clock.moment)
    assert receiver.came == []


def test_what_nobody_foresaw_is_an_attempt_in_vain(
    desk: Desk,
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fall(*_: object) -> None:
        raise RuntimeError("nobody foresaw it")

    hook = add_hook(desk, "odd", receiver.url)
    monkeypatch.setattr(socket, "create_connection", fall)
    assert hooks.Courier(desk, SECRET, Reach.ANY).carry() == 1
    (one,) = messages_to(desk, hook)
    assert (one.state, one.tries, one.reason) == ("queued", 1, "connection")
    assert "nobody foresaw it" in caplog.text


def test_a_hook_that_is_removed_meanwhile_stops_nothing(
    desk: Desk, clock: BusyClock, receiver: Receiver
) -> None:
    place = make_place(desk, "removing")
    seat = seat_of(desk, place)
    clock.moment += timedelta(minutes=-10)
    gone = hooks.add_hook(desk, seat, receiver.url, HOOK_EVENTS, Reach.ANY).id
    clock.moment += timedelta(minutes=10)
    add_hook(desk, "heard", receiver.url)
    # The courier has read all hooks by the time that it looks at the clock.
    clock.next_look.append(lambda: hooks.remove_hook(desk, seat, gone))
    assert hooks.Courier(desk, SECRET, Reach.ANY).carry() == 1
    assert [one["type"] for one in receiver.told] == ["trial"]
