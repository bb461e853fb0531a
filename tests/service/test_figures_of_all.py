"""The figures of a whole service: of all its processes at once, and of those that were killed."""

from __future__ import annotations

import http.client
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.people import Person
from tests.figures import Samples, samples_of, total
from tests.service.served import Served, running, walk

TOKEN = "a-token-of-the-operator"
LANGUAGES = ("kk", "ru", "en")


def told(served: Served) -> Samples:
    """What a scrape gives, whichever process answers it."""
    sent = {"Authorization": f"Bearer {TOKEN}"}
    host = served.origin.removeprefix("http://")
    with closing(http.client.HTTPConnection(host, timeout=5)) as connection:
        connection.request("GET", "/metrics", headers=sent)
        return samples_of(connection.getresponse().read().decode())


def pages(figures: Samples) -> float:
    return total(figures, "riskq_http_requests_total", route="/<language>/", status="2xx")


def kept_by(figures: Samples, process: str) -> set[str]:
    """Which files of figures processes of a kind keep."""
    name = "riskq_process_start_time_seconds"
    kept = [dict(labels) for of, labels in figures if of == name]
    return {labels["number"] for labels in kept if labels["process"] == process}


def ask(served: Served, times: int) -> None:
    for number in range(times):
        assert served.answers(f"/{LANGUAGES[number % 3]}/")


@pytest.mark.slow
def test_one_scrape_tells_the_figures_of_all_processes(tmp_path: Path) -> None:
    folder = tmp_path / "riskq-metrics"
    with running(tmp_path / "riskq.db", "--workers", "3", RISKQ_METRICS=TOKEN) as served:
        served.until(lambda: len(kept_by(told(served), "pages")) == 3, seconds=20)
        ask(served, 30)
        assert [pages(told(served)) for _ in range(6)] == [30] * 6
        served.until(lambda: len(kept_by(told(served), "worker")) == 1, seconds=20)

        served.kill_page_worker()
        served.until(lambda: len(kept_by(told(served), "pages")) == 3, seconds=20)
        assert pages(told(served)) == 30
        ask(served, 30)
        assert [pages(told(served)) for _ in range(6)] == [60] * 6
        assert len(list(folder.iterdir())) == 4


@pytest.mark.slow
def test_a_report_is_made_before_anybody_asks_and_counted_once(tmp_path: Path) -> None:
    def made() -> float:
        return total(told(served), "riskq_reports_total", asked_by="page", outcome="made")

    with running(tmp_path / "riskq.db", RISKQ_METRICS=TOKEN) as served:
        person = Person(served.origin)
        with closing(person.connection):
            walk(person)
            served.until(lambda: made() == 1, seconds=30)
            place = person.path.removesuffix("/result")
            assert [person.get(f"{place}/report-1.pdf") for _ in range(2)] == [200, 200]
        assert made() == 1
        assert total(told(served), "riskq_report_seconds_count", asked_by="page") == 1
