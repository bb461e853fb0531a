"""The typesetting process, spoken to directly."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from riskq.report.job import (
    Kind,
    RenderJob,
    decode_job,
    decode_refusal,
    encode_job,
    receive_frame,
    send_frame,
)
from tests.report.documents import make_job, wrap

PLAIN = "from riskq.report import press; press.main()"
# Some versions of Pango keep a thread; then children must not use the fonts of their parent.
THREADED = "from riskq.report import press; press.count_threads = lambda: 2; press.main()"


@contextmanager
def run_press(code: str) -> Iterator[socket.socket]:
    """The socket over which a press of its own takes jobs."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        number = theirs.fileno()
        with subprocess.Popen(
            [sys.executable, "-c", code, str(number)], pass_fds=[number]
        ) as press:
            theirs.close()
            yield ours
            ours.close()
            assert press.wait(10) == 0


def ask(press: socket.socket, data: bytes) -> tuple[Kind, bytes]:
    """What a child of the press answers to the data."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        socket.send_fds(press, [b"x"], [theirs.fileno()])
        theirs.close()
        assert receive_frame(ours) == (Kind.STARTED, b"")
        send_frame(ours, Kind.JOB, data)
        return receive_frame(ours)


@pytest.mark.parametrize(
    "code",
    [PLAIN, pytest.param(THREADED, marks=pytest.mark.slow)],
    ids=["one thread", "threads"],
)
def test_a_press_answers_one_job_after_another_and_ends_with_its_owner(code: str) -> None:
    with run_press(code) as press:
        answers = [ask(press, encode_job(make_job(wrap("<p>Ә</p>")))) for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0][0] is Kind.PDF
    assert answers[0][1].startswith(b"%PDF")


@pytest.mark.slow
def test_nonsense_over_the_wire_is_refused_and_the_press_goes_on() -> None:
    with run_press(PLAIN) as press:
        kind, payload = ask(press, b"not a job")
        assert kind is Kind.REFUSED
        assert decode_refusal(payload).reason == "invalid"
        assert ask(press, encode_job(make_job(wrap("<p>Ә</p>"))))[0] is Kind.PDF


def test_a_job_survives_the_way_to_another_process() -> None:
    job = make_job("Ә\u202e\n中", title="«»", language="ru")
    assert decode_job(encode_job(job)) == job
    assert isinstance(decode_job(encode_job(make_job("\ud800"))), RenderJob)
