"""The renderer gives the same bytes for the same job, and a reason when a process dies or hangs."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import psutil
import pytest
from msgspec.structs import replace

from riskq.report import Renderer, RenderError
from tests.report.documents import make_job, sample_job, wrap

ENDLESS = make_job(wrap(f"<p>{'сөз ' * 120_000}</p>"))
LONG = sample_job("kk", answers=300)


def press_of(renderer: Renderer) -> psutil.Process:
    """The warm process of the renderer."""
    press = renderer._press
    assert press is not None
    return psutil.Process(press.process.pid)


def wait_for_child(press: psutil.Process, but: int = 0) -> psutil.Process:
    """The next child of the process that does a job and is not the one named."""
    while press.is_running():
        for child in press.children():
            if child.pid != but:
                return child
    raise AssertionError("The process ended before it had a child.")


def wait_until_childless(press: psutil.Process) -> bool:
    """True once the process has no child; its children end by themselves."""
    while press.children():
        os.sched_yield()
    return True


@contextmanager
def in_background(work: Callable[[], bytes]) -> Iterator[Future[bytes]]:
    """The result to come of work done by another thread."""
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(work)


@pytest.fixture
def own() -> Iterator[Renderer]:
    """A renderer to break, ready."""
    with Renderer(children=1, queue=0) as made:
        made.render(make_job(wrap("<p>Ә</p>")))
        assert wait_until_childless(press_of(made))
        yield made


def reason_of(work: Callable[[], object]) -> str:
    """Why the work gave no PDF."""
    with pytest.raises(RenderError) as caught:
        work()
    assert caught.value.text
    return caught.value.reason


@pytest.mark.slow
def test_the_same_job_gives_the_same_bytes_in_every_process(renderer: Renderer) -> None:
    job = sample_job("kk")
    first = renderer.render(job)
    renderer.render(sample_job("ru"))
    assert renderer.render(job) == first
    with Renderer() as another:
        assert another.render(job) == first


def test_another_date_or_identifier_gives_other_bytes(renderer: Renderer) -> None:
    job = make_job(wrap("<p>Ә</p>"))
    later = replace(job, created=job.created.replace(year=2027))
    named = replace(job, identifier=bytes(16))
    assert len({renderer.render(each) for each in (job, later, named)}) == 3


def test_many_threads_share_a_renderer(renderer: Renderer) -> None:
    jobs = [make_job(wrap(f"<p>{number}</p>")) for number in range(8)]
    alone = [renderer.render(job) for job in jobs]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(renderer.render, jobs)) == alone


def test_a_page_worker_never_imports_the_typesetter() -> None:
    code = "import sys, riskq.report; sys.exit('weasyprint' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_starting_twice_starts_one_process() -> None:
    with Renderer() as made:
        press = press_of(made)
        made.start()
        assert press_of(made) == press


def test_the_warm_process_has_one_thread_and_ends_with_the_renderer(own: Renderer) -> None:
    press = press_of(own)
    assert press.num_threads() == 1
    own.close()
    assert not press.is_running()
    assert reason_of(lambda: own.render(LONG)) == "crashed"


def test_the_warm_process_knows_no_secret_of_the_service(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RISKQ_SECRET_KEY", "x")
    with Renderer() as made:
        made.render(make_job(wrap("<p>Ә</p>")))
        assert "RISKQ_SECRET_KEY" not in press_of(made).environ()


@pytest.mark.slow
def test_a_job_survives_the_death_of_the_warm_process(own: Renderer) -> None:
    press = press_of(own)
    with in_background(lambda: own.render(LONG)) as result:
        child = wait_for_child(press)
        press.kill()
        assert result.result().startswith(b"%PDF")
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE
    assert press_of(own) != press


@pytest.mark.slow
def test_a_job_survives_the_death_of_its_child(own: Renderer) -> None:
    with in_background(lambda: own.render(LONG)) as result:
        wait_for_child(press_of(own)).kill()
        assert result.result().startswith(b"%PDF")


@pytest.mark.slow
def test_a_job_whose_child_dies_twice_is_given_up(own: Renderer) -> None:
    press = press_of(own)
    with in_background(lambda: own.render(LONG)) as result:
        first = wait_for_child(press)
        first.kill()
        wait_for_child(press, but=first.pid).kill()
        assert reason_of(result.result) == "crashed"
    assert own.render(make_job(wrap("<p>Ә</p>")))


@pytest.mark.slow
def test_a_job_survives_a_warm_process_that_hangs(own: Renderer) -> None:
    press = press_of(own)
    press.suspend()
    assert own.render(make_job(wrap("<p>Ә</p>"))).startswith(b"%PDF")
    assert not press.is_running()


@pytest.mark.slow
def test_a_document_that_takes_too_long_is_stopped_and_others_wait_or_are_told(
    own: Renderer,
) -> None:
    with in_background(lambda: own.render(ENDLESS)) as result:
        wait_for_child(press_of(own))
        assert reason_of(lambda: own.render(LONG)) == "busy"
        assert reason_of(result.result) == "too-long"
    assert own.render(make_job(wrap("<p>Ә</p>"))).startswith(b"%PDF")


@pytest.mark.slow
def test_waiting_has_an_end() -> None:
    with Renderer(children=1, queue=1, patience=0.01) as made:
        made.render(make_job(wrap("<p>Ә</p>")))
        assert wait_until_childless(press_of(made))
        with in_background(lambda: made.render(LONG)) as result:
            wait_for_child(press_of(made))
            assert reason_of(lambda: made.render(LONG)) == "busy"
            assert result.result()


@pytest.mark.slow
def test_no_child_and_no_thread_is_left_behind(own: Renderer) -> None:
    threads = threading.active_count()
    own.render(LONG)
    assert threading.active_count() == threads
    assert wait_until_childless(press_of(own))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "т" * 501),
        ("language", ""),
        ("identifier", b"short"),
        ("created", datetime(2026, 1, 1)),  # noqa: DTZ001  # The missing zone is the fault.
    ],
)
def test_a_job_that_could_not_be_valid_is_refused_at_once(field: str, value: object) -> None:
    faulty: dict[str, Any] = {field: value}
    assert reason_of(lambda: replace(LONG, **faulty)) == "invalid"


def test_a_document_of_more_than_a_megabyte_is_refused_at_once() -> None:
    assert reason_of(lambda: make_job("x" * 1_000_001)) == "too-big"


@pytest.mark.slow
def test_an_interrupt_of_the_terminal_leaves_the_press_to_its_owner(own: Renderer) -> None:
    press = press_of(own)
    press.send_signal(signal.SIGINT)
    assert isinstance(own.render(replace(LONG)), bytes)
    assert press_of(own) == press
