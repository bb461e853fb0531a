"""Webhooks: each occurrence is told once, signed, again where nobody took it, and not anywhere."""

from __future__ import annotations

import json
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from msgspec.structs import replace

from riskq.hook_reach import Reach
from riskq.services import Desk, hooks, resume, screenings, start, workspaces
from riskq.services.hooks.addresses import check_address, find_machines
from riskq.services.hooks.calling import call
from riskq.store import DELIVERIES, HOOK_EVENTS, Unit
from tests import hook_receiver
from tests.examples import names_of
from tests.hook_receiver import Receiver
from tests.mail_server import certificate
from tests.web.conftest import Clock
from tests.web.members import SECRET, Place, hand_in, make_place
from tests.web.test_branding import seat_of


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


@pytest.fixture
def seat(desk: Desk, place: Place) -> workspaces.Seat:
    return seat_of(desk, place)


@pytest.fixture
def hook(desk: Desk, seat: workspaces.Seat, receiver: Receiver, clock: Clock) -> str:
    """A hook that is told everything from now on, some time after all that is there."""
    clock.moment += timedelta(minutes=1)
    return hooks.add_hook(desk, seat, receiver.url, HOOK_EVENTS, Reach.ANY).id


@pytest.fixture
def courier(desk: Desk) -> hooks.Courier:
    return hooks.Courier(desk, SECRET, Reach.ANY, seconds=5)


@dataclass
class Scene:
    """A workspace with a screening, and who tells whom of what happens there."""

    desk: Desk
    seat: workspaces.Seat
    place: Place
    clock: Clock
    receiver: Receiver
    courier: hooks.Courier
    hook: str


@pytest.fixture
def scene(
    desk: Desk, seat: workspaces.Seat, place: Place, clock: Clock, receiver: Receiver, hook: str
) -> Scene:
    courier = hooks.Courier(desk, SECRET, Reach.ANY, seconds=5)
    return Scene(desk, seat, place, clock, receiver, courier, hook)


def add_vendor(desk: Desk, seat: workspaces.Seat, screening: str, name: str = "Ұшқын") -> str:
    """A vendor that has submitted; its id."""
    of = screenings.find_screening(desk, seat, screening)
    new = screenings.NewVendor(name, reference="T-7")
    screenings.add_vendors(desk, of, SECRET, [new])
    (vendor,) = [one for one in screenings.vendors_of(desk, of).values() if one.name == name]
    secret = screenings.link_secret(SECRET, vendor.id, 1)
    screenings.begin_answers(desk, secret, "en")
    hand_in(desk, secret)
    return vendor.id


def decide(desk: Desk, seat: workspaces.Seat, place: Place, decision: str) -> None:
    of = screenings.find_screening(desk, seat, place.screening)
    looked = screenings.look_at(desk, of, place.vendor)
    screenings.decide(desk, of, looked, decision, "Checked")


@pytest.mark.usefixtures("hook")
def test_what_was_before_is_not_told(courier: hooks.Courier, receiver: Receiver) -> None:
    assert courier.carry() == 0
    assert receiver.came == []


@pytest.mark.usefixtures("hook")
def test_a_submission_is_told_once_and_without_an_answer(scene: Scene) -> None:
    vendor = add_vendor(scene.desk, scene.seat, scene.place.screening)
    assert [scene.courier.carry(), scene.courier.carry()] == [1, 0]
    (told,) = scene.receiver.told
    assert told["type"] == "vendor.submitted"
    data = told["data"]
    assert (data["vendor"], data["name"], data["reference"]) == (vendor, "Ұшқын", "T-7")
    assert (data["screening"], data["revision"]) == (scene.place.screening, 1)
    assert set(data) == {
        *("workspace", "name", "assessment", "revision", "screening", "vendor", "reference"),
    }


@pytest.mark.usefixtures("hook")
@pytest.mark.parametrize("decision", ["accepted", "returned"])
def test_a_decision_is_told_with_its_reason(scene: Scene, decision: str) -> None:
    decide(scene.desk, scene.seat, scene.place, decision)
    scene.courier.carry()
    assert [one["type"] for one in scene.receiver.told] == [f"vendor.{decision}"]
    assert scene.receiver.told[0]["data"]["reason"] == "Checked"


@pytest.mark.usefixtures("hook")
def test_a_vendor_that_is_late_is_told_the_day_after(scene: Scene) -> None:
    today = scene.desk.today()
    terms = screenings.Terms("Late", "", today, "en")
    made = screenings.begin_screening(scene.desk, scene.seat, "kz-ai-law", terms)
    of = screenings.find_screening(scene.desk, scene.seat, made.id)
    screenings.add_vendors(scene.desk, of, SECRET, [screenings.NewVendor("Slow")])
    assert scene.courier.carry() == 0
    scene.clock.move(1)
    assert [scene.courier.carry(), scene.courier.carry()] == [1, 0]
    assert (scene.receiver.told[0]["type"], scene.receiver.told[0]["data"]["name"]) == (
        "vendor.overdue",
        "Slow",
    )
    later = screenings.Terms("Late", "", today + timedelta(days=3), "en")
    screenings.change_terms(
        scene.desk, screenings.find_screening(scene.desk, scene.seat, made.id), later
    )
    assert scene.courier.carry() == 0
    scene.clock.move(4)
    assert scene.courier.carry() == 1
    assert scene.place.vendor not in scene.receiver.came[-1][1]


@pytest.mark.usefixtures("hook")
def test_an_assessment_of_the_workspace_is_told(
    desk: Desk, seat: workspaces.Seat, courier: hooks.Courier, receiver: Receiver
) -> None:
    started = start(desk, "kz-ai-law", "en")
    hand_in(desk, started.secret)
    workspaces.claim(desk, seat, resume(desk, started.secret), "Scoring", None)
    courier.carry()
    assert [one["type"] for one in receiver.told] == ["assessment.submitted"]
    assert receiver.told[0]["data"]["name"] == "Scoring"
    assert "vendor" not in receiver.told[0]["data"]


def test_a_message_is_signed_so_that_the_document_knows_a_forged_one(scene: Scene) -> None:
    is_genuine = names_of("api.md", 1)["is_genuine"]
    scene.clock.moment = datetime.now(UTC)
    decide(scene.desk, scene.seat, scene.place, "accepted")
    scene.courier.carry()
    ((headers, body),) = scene.receiver.came
    (hook,) = hooks.list_hooks(scene.desk, scene.seat)
    secret = hooks.hook_secret(SECRET, hook)
    assert headers["Content-Type"] == "application/json"
    assert is_genuine(secret, headers, body)
    assert not is_genuine(secret, headers, body.replace("accepted", "returned"))
    second = str(int(headers["webhook-timestamp"]) - 1)
    assert not is_genuine(secret, {**headers, "webhook-timestamp": second}, body)
    other = hooks.hook_secret("another secret of the service", hook)
    assert not is_genuine(other, headers, body)


def test_an_old_message_is_not_taken_for_a_new_one(scene: Scene) -> None:
    is_genuine = names_of("api.md", 1)["is_genuine"]
    decide(scene.desk, scene.seat, scene.place, "accepted")
    scene.courier.carry()
    ((headers, body),) = scene.receiver.came
    (hook,) = hooks.list_hooks(scene.desk, scene.seat)
    assert not is_genuine(hooks.hook_secret(SECRET, hook), headers, body)


def test_what_is_not_taken_is_sent_again_with_the_same_id_and_then_given_up(scene: Scene) -> None:
    scene.receiver.status = 503
    decide(scene.desk, scene.seat, scene.place, "accepted")
    for _ in range(9):
        scene.courier.carry()
        scene.clock.moment += timedelta(days=1)
    assert len(scene.receiver.came) == 6
    assert len({headers["webhook-id"] for headers, _ in scene.receiver.came}) == 1
    (failed,) = hooks.newest_deliveries(scene.desk, scene.seat)[scene.hook]
    assert (failed.state, failed.reason) == ("failed", "503")
    scene.receiver.status = 200
    hooks.send_again(scene.desk, scene.seat, failed.id)
    scene.courier.carry()
    (sent,) = hooks.newest_deliveries(scene.desk, scene.seat)[scene.hook]
    assert (sent.state, sent.body) == ("sent", "")


def test_a_worker_that_died_leaves_its_message_to_the_next(scene: Scene) -> None:
    decide(scene.desk, scene.seat, scene.place, "accepted")
    hooks.send_trial(scene.desk, scene.seat, scene.hook)

    def take(unit: Unit) -> None:
        later = scene.clock.moment + timedelta(minutes=5)
        DELIVERIES.change(unit, {"tries": 1, "next_at": later}, "where event = 'trial'")

    scene.desk.store.change(take)
    assert scene.courier.carry() == 1
    scene.clock.moment += timedelta(minutes=6)
    assert scene.courier.carry() == 1
    assert [one["type"] for one in scene.receiver.told] == ["vendor.accepted", "trial"]


def test_one_trial_waits_at_a_time(scene: Scene) -> None:
    for _ in range(5):
        hooks.send_trial(scene.desk, scene.seat, scene.hook)
    assert scene.courier.carry() == 1
    hooks.send_trial(scene.desk, scene.seat, scene.hook)
    assert scene.courier.carry() == 1
    assert len(scene.receiver.came) == 2


def test_a_receiver_that_hangs_holds_up_one_thread_alone(scene: Scene) -> None:
    held, inside = Event(), Event()
    counts: list[int] = []
    hooks.send_trial(scene.desk, scene.seat, scene.hook)

    def clock() -> datetime:
        inside.set()
        held.wait(20)
        return scene.clock.moment

    desk = replace(scene.desk, clock=clock)
    courier = hooks.Courier(desk, SECRET, Reach.ANY, seconds=5)
    thread = Thread(target=lambda: counts.append(courier.carry()))
    thread.start()
    assert inside.wait(20)
    assert courier.carry() == 0
    held.set()
    thread.join()
    assert counts == [1]


def test_a_hook_that_was_removed_is_told_nothing(scene: Scene) -> None:
    decide(scene.desk, scene.seat, scene.place, "accepted")
    hooks.remove_hook(scene.desk, scene.seat, scene.hook)
    assert scene.courier.carry() == 0
    assert scene.receiver.came == []


def test_a_hook_is_told_what_it_wants_and_nothing_of_others(scene: Scene) -> None:
    hooks.remove_hook(scene.desk, scene.seat, scene.hook)
    foreign = make_place(scene.desk, "zhaiyk")
    hooks.add_hook(
        scene.desk, seat_of(scene.desk, foreign), scene.receiver.url, HOOK_EVENTS, Reach.ANY
    )
    hooks.add_hook(scene.desk, scene.seat, scene.receiver.url, ["vendor.returned"], Reach.ANY)
    scene.courier.carry()
    before = len(scene.receiver.came)
    decide(scene.desk, scene.seat, scene.place, "accepted")
    scene.courier.carry()
    assert len(scene.receiver.came) == before
    assert all(one["data"]["workspace"] == foreign.workspace for one in scene.receiver.told)


def test_a_redirect_is_no_answer(receiver: Receiver) -> None:
    receiver.status, receiver.location = 307, receiver.url.replace("told", "elsewhere")
    with pytest.raises(hooks.HookError, match="307"):
        call(receiver.url, "{}", {}, Reach.ANY, 5)
    assert len(receiver.came) == 1


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://127.0.0.1/", "private"),
        ("https://localhost:8080/", "private"),
        ("https://169.254.169.254/latest/meta-data", "private"),
        ("https://10.1.2.3/", "private"),
        ("https://[::1]/", "private"),
        ("https://[::ffff:10.0.0.1]/", "private"),
        ("https://0.0.0.0/", "private"),
        ("https://[64:ff9b::10.1.2.3]/", "private"),
        ("https://[2002:a01:203::1]/", "private"),
        ("https://[fe80::1]/", "private"),
        ("https://[64:ff9b:1::a9fe:a9fe]/", "private"),
        ("https://[fec0::1]/", "private"),
        ("https://[::127.0.0.1]/", "private"),
        ("https://[::ffff:0:a00:1]/", "private"),
        ("https://2130706433/", "private"),
        ("http://example.kz/", "scheme"),
        ("ftp://example.kz/", "scheme"),
        ("https://user@example.kz/", "address"),
        ("https://example.kz/#part", "address"),
        ("https://example.kz:99999/", "address"),
        ("https:///nothing", "address"),
        ("https://exa mple.kz/", "address"),
        ("https://мысал.kz/", "address"),
        ("https://example.kz/\r\nX: y", "address"),
        ("https://" + "x" * 1000, "address"),
    ],
)
def test_only_addresses_of_the_internet_are_told(url: str, reason: str) -> None:
    with pytest.raises(hooks.HookError) as caught:
        find_machines(check_address(url, Reach.PUBLIC), Reach.PUBLIC)
    assert caught.value.reason == reason


def test_what_does_not_answer_is_told_in_a_word() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(hooks.HookError, match="time"):
            call(url, "{}", {}, Reach.ANY, 0.2)
        with pytest.raises(hooks.HookError, match="t"):
            call(url.replace("http:", "https:"), "{}", {}, Reach.ANY, 0.2)
    with pytest.raises(hooks.HookError, match="connection"):
        call(url, "{}", {}, Reach.ANY, 0.2)


@pytest.mark.parametrize("is_known", [True, False])
def test_https_is_spoken_with_whom_a_certificate_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    files = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    if is_known:
        monkeypatch.setenv("SSL_CERT_FILE", str(files[0]))
    with hook_receiver.running(context) as receiver:
        url = f"https://localhost:{receiver.port}/told"
        if is_known:
            call(url, "{}", {"webhook-id": "1"}, Reach.ANY, 5)
            ((headers, body),) = receiver.came
            assert (headers["Host"], body) == (f"localhost:{receiver.port}", "{}")
            with pytest.raises(hooks.HookError, match="tls"):
                call(url.replace("localhost", "127.0.0.1"), "{}", {}, Reach.ANY, 5)
        else:
            with pytest.raises(hooks.HookError, match="tls"):
                call(url, "{}", {}, Reach.ANY, 5)
            assert receiver.came == []


def test_a_screening_that_was_over_before_is_no_news_though_it_is_night_in_london(
    scene: Scene,
) -> None:
    scene.clock.moment = datetime(2026, 11, 10, 20, 30, tzinfo=UTC)  # The 11th in Kazakhstan.
    today = scene.desk.today()
    assert today == date(2026, 11, 11)
    terms = screenings.Terms("Over", "", today - timedelta(days=1), "en")
    made = screenings.begin_screening(scene.desk, scene.seat, "kz-ai-law", terms)
    of = screenings.find_screening(scene.desk, scene.seat, made.id)
    screenings.add_vendors(scene.desk, of, SECRET, [screenings.NewVendor("Slow")])
    hooks.remove_hook(scene.desk, scene.seat, scene.hook)
    hooks.add_hook(scene.desk, scene.seat, scene.receiver.url, HOOK_EVENTS, Reach.ANY)
    assert scene.courier.carry() == 0


def test_a_workspace_has_few_hooks(desk: Desk, seat: workspaces.Seat) -> None:
    for number in range(hooks.MOST_HOOKS):
        hooks.add_hook(desk, seat, f"https://example.kz/{number}", HOOK_EVENTS, Reach.PUBLIC)
    with pytest.raises(hooks.HookError, match="many"):
        hooks.add_hook(desk, seat, "https://example.kz/", HOOK_EVENTS, Reach.PUBLIC)
    told = [json.dumps([one.id, one.url]) for one in hooks.list_hooks(desk, seat)]
    assert len(set(told)) == hooks.MOST_HOOKS
