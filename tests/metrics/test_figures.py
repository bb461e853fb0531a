"""What a service counts: right with many processes and threads, and with some that were killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from riskq import metrics
from riskq.metrics.families import MEMORY, STARTED
from riskq.metrics.figures import FileOfFigures, records_of
from tests.figures import Samples, samples_of, total

ROOT = Path(__file__).resolve().parents[2]
READS = ("assessments", "read")

COUNTING = """
import sys
from pathlib import Path
from riskq import metrics

metrics.keep_figures(Path(sys.argv[1]), "pages")
metrics.note_process()
for _ in range(int(sys.argv[2])):
    metrics.count(metrics.REQUESTS, "/", "GET", "2xx")
    metrics.observe(metrics.STORE_SECONDS, 0.02, "assessments", "read")
print("counted", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where this process keeps its figures, and others too."""
    place = tmp_path / "figures"
    metrics.keep_figures(place, "pages")
    yield place
    metrics.stop_figures()


def told(folder: Path) -> Samples:
    return samples_of(metrics.written_figures(folder, {}))


def requests(folder: Path) -> float:
    return total(told(folder), "riskq_http_requests_total", route="/")


def begin(folder: Path, times: int) -> subprocess.Popen[bytes]:
    """Another process, which has counted so often, and lives on."""
    process = subprocess.Popen(
        [sys.executable, "-c", COUNTING, str(folder), str(times)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"counted\n"
    return process


def end(process: subprocess.Popen[bytes], by: int) -> None:
    process.send_signal(by)
    process.communicate()


def test_nothing_is_counted_until_somebody_says_where(tmp_path: Path) -> None:
    metrics.count(metrics.REQUESTS, "/", "GET", "2xx")
    metrics.observe(metrics.STORE_SECONDS, 1, *READS)
    metrics.note_process()
    assert list(tmp_path.iterdir()) == []
    assert total(told(tmp_path / "none"), "riskq_http_requests_total") == 0


def test_the_figures_of_all_processes_are_summed(folder: Path) -> None:
    metrics.count(metrics.REQUESTS, "/", "GET", "2xx")
    others = [begin(folder, 3), begin(folder, 4)]
    assert requests(folder) == 8
    living = told(folder)
    assert total(living, "riskq_store_seconds_count", operation="read") == 7
    assert total(living, "riskq_store_seconds_bucket", operation="read", le="0.01") == 0
    assert total(living, "riskq_store_seconds_bucket", operation="read", le="0.025") == 7
    assert total(living, "riskq_store_seconds_bucket", operation="read", le="+Inf") == 7
    assert total(living, "riskq_store_seconds_sum") == pytest.approx(0.14)
    for other in others:
        end(other, signal.SIGTERM)


def test_what_a_killed_process_counted_stays_and_its_successor_goes_on(folder: Path) -> None:
    metrics.note_process()
    end(begin(folder, 5), signal.SIGKILL)
    assert requests(folder) == 5
    assert len(list(folder.iterdir())) == 2
    successor = begin(folder, 2)
    assert requests(folder) == 7
    assert len(list(folder.iterdir())) == 2
    end(successor, signal.SIGKILL)


def test_only_processes_that_live_tell_their_memory_and_start(folder: Path) -> None:
    metrics.note_process()
    other = begin(folder, 1)
    names = (MEMORY.name, STARTED.name)
    assert [len([key for key in told(folder) if key[0] == name]) for name in names] == [2, 2]
    end(other, signal.SIGKILL)
    assert [len([key for key in told(folder) if key[0] == name]) for name in names] == [1, 1]
    own = total(told(folder), MEMORY.name, process="pages", number="0")
    assert 1_000_000 < own < 10_000_000_000


def test_a_forked_child_counts_into_a_file_of_its_own(folder: Path) -> None:
    metrics.count(metrics.REQUESTS, "/", "GET", "2xx")
    child = os.fork()
    if child == 0:
        metrics.count(metrics.REQUESTS, "/", "GET", "2xx")
        os._exit(0)
    os.waitpid(child, 0)
    metrics.count(metrics.REQUESTS, "/", "GET", "2xx")
    assert requests(folder) == 3
    assert sorted(path.name for path in folder.iterdir()) == ["0", "1"]


def test_threads_lose_no_count(folder: Path) -> None:
    def count_often(_: int) -> None:
        for _ in range(2000):
            metrics.count(metrics.REQUESTS, "/", "GET", "2xx")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count_often, range(8)))
    assert requests(folder) == 16_000


def test_a_process_without_room_counts_what_it_drops(folder: Path) -> None:
    for number in range(5000):
        metrics.count(metrics.REQUESTS, f"/{number}", "GET", "2xx")
    metrics.count(metrics.REQUESTS, "/0", "GET", "2xx")
    figures = told(folder)
    dropped = total(figures, "riskq_metrics_dropped_total")
    assert dropped > 0
    assert total(figures, "riskq_http_requests_total") + dropped == 5001
    assert total(figures, "riskq_http_requests_total", route="/0") == 2


def test_files_of_another_release_are_passed_over_and_begun_anew(folder: Path) -> None:
    folder.mkdir()
    for number, content in enumerate((b"", b"short", b"another".ljust(128 * 1024, b"\xff"))):
        (folder / str(number)).write_bytes(content)
    assert requests(folder) == 0
    metrics.count(metrics.REQUESTS, "/", "GET", "2xx")
    assert requests(folder) == 1
    assert sorted(path.name for path in folder.iterdir()) == ["0", "1", "2"]


def test_a_killed_process_leaves_no_half_of_a_figure(tmp_path: Path) -> None:
    """Whatever is written before the count of used bytes moves, no reader takes it for a figure."""
    figures = FileOfFigures(tmp_path)
    figures.add(metrics.REQUESTS, ("/", "GET", "2xx"), 1)
    used = int.from_bytes(figures.memory[8:16], "little")
    before = list(records_of(tmp_path / "0"))
    figures.memory[used : used + 64] = b"\xff" * 64
    assert list(records_of(tmp_path / "0")) == before
    figures.add(metrics.REQUESTS, ("/x", "GET", "2xx"), 1)
    assert dict(records_of(tmp_path / "0"))[("riskq_http_requests_total", "/x", "GET", "2xx")] == (
        1.0,
    )
    figures.let_go()


def test_where_nothing_can_be_kept_the_service_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "in-the-way").write_text("")
    metrics.keep_figures(tmp_path / "in-the-way", "pages")
    try:
        for _ in range(3):
            metrics.count(metrics.REQUESTS, "/", "GET", "2xx")
    finally:
        metrics.stop_figures()
    assert len(caplog.records) == 1


def test_labels_are_written_so_that_none_can_forge_a_line(folder: Path) -> None:
    metrics.count(metrics.REQUESTS, 'a"} 7\nriskq_forged 1 \\', "GET", "2xx")
    figures = told(folder)
    assert not [name for name, _ in figures if "forged" in name]
