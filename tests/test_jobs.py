"""The queue of jobs: what it carries along, so that a line of a worker leads back to a request."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from riskq import logs
from riskq.jobs import Jobs
from riskq.questionnaire import Catalogue
from riskq.report import Sealer
from riskq.services import BundleMaker, Documents
from riskq.settings import Settings
from riskq.store import open_bundles


@pytest.fixture
def documents(sealer: Sealer) -> Iterator[Documents]:
    made = Documents(sealer)
    yield made
    made.close()


def test_a_line_of_a_worker_has_the_id_of_the_request_that_asked(
    tmp_path: Path, sealer: Sealer, documents: Documents, capfd: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(str(tmp_path / "riskq.db"), "k" * 40)
    jobs, store = Jobs(settings), open_bundles(settings.bundles)
    logs.request_id.set("of-the-request")
    jobs.enqueue("a-bundle", 1)
    logs.request_id.set("of-another")
    # With a store that is closed, the worker has something to tell.
    store.close()
    jobs._maker = BundleMaker(store, Catalogue(), documents.renderer, sealer)
    logs.set_up_log("json")
    try:
        for _ in range(2):
            jobs._queue.execute(jobs._queue.dequeue())
        jobs.take_up()
    finally:
        logs.stop_log()
        logs.request_id.set("")
    kept, again, looked_after = map(json.loads, capfd.readouterr().err.splitlines())
    assert kept["message"] == "A report could not be kept (closed)."
    assert kept["request"] == again["request"] == "of-the-request"
    assert "request" not in looked_after
