"""The page of figures: for whoever holds the token, with nothing in it that anybody sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from flask import Flask

from riskq import metrics
from riskq.questionnaire import Catalogue
from riskq.services import Desk, letters
from riskq.store import open_store
from riskq.watch_settings import WatchSettings
from tests.figures import Samples, samples_of, total
from tests.web.browser import Browser
from tests.web.conftest import Clock, MakeApp
from tests.web.members import SECRET

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "a-token-of-the-operator"
SENT = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def watched(make_app: MakeApp) -> Iterator[Flask]:
    """An application that counts."""
    yield make_app(watch=WatchSettings(TOKEN))
    metrics.stop_figures()


def told(app: Flask) -> Samples:
    response = app.test_client().get("/metrics", headers=SENT)
    assert response.status_code == 200
    assert response.content_type == "text/plain; version=0.0.4; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    return samples_of(response.text)


def test_there_is_no_such_page_until_a_token_is_set(browser: Browser) -> None:
    assert browser.get("/metrics").status == 404
    assert browser.get("/metrics", headers={"Authorization": "Bearer "}).status == 404


@pytest.mark.parametrize(
    "given",
    ["", TOKEN, "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", "Bearer \xfc"],
)
def test_nobody_without_the_token_reads_the_figures(watched: Flask, given: str) -> None:
    response = watched.test_client().get("/metrics", headers={"Authorization": given})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert "riskq_" not in response.text


def test_a_scraper_may_ask_by_an_address(watched: Flask) -> None:
    client = watched.test_client()
    assert client.get("/metrics", headers=SENT, base_url="http://10.0.0.7:8000").status_code == 200


def test_requests_are_counted_by_route_and_told_nothing_that_was_sent(watched: Flask) -> None:
    browser = Browser(watched)
    browser.start()
    browser.answer("Marker-answer")
    browser.get("/en/marker-path?marker-query=1")
    watched.test_client().open("/en/", method="MARKER-METHOD")
    figures = told(watched)
    name, route = "riskq_http_requests_total", "/<language>/a/<assessment>/q/<name>"
    assert total(figures, name, route=route, method="POST", status="3xx") == 1
    assert total(figures, name, route="none", method="GET", status="4xx") == 1
    assert total(figures, name, method="other", status="4xx") == 1
    assert total(figures, "riskq_http_request_seconds_count", part="walk") > 0
    assert "arker" not in str(figures)
    assert browser.id not in str(figures)


def test_reads_and_writes_of_the_store_are_timed(
    make_app: MakeApp, database: Path, catalogue: Catalogue, clock: Clock
) -> None:
    store = open_store(database)
    app = make_app(at=Desk(store, catalogue, clock), watch=WatchSettings(TOKEN))
    try:
        Browser(app).start()
        figures = told(app)
        for operation in ("read", "write"):
            assert total(figures, "riskq_store_seconds_count", operation=operation) > 0
        store.close()
        assert Browser(app).get("/readyz").status == 503
        # Once when it was asked whether it is ready, and once for what waits to be sent.
        assert total(told(app), "riskq_store_unavailable_total", reason="closed") == 2
    finally:
        metrics.stop_figures()


def test_the_items_of_bundles_are_told_by_state(watched: Flask) -> None:
    figures = told(watched)
    states = {dict(labels)["state"] for name, labels in figures if name == "riskq_bundle_items"}
    assert states == {"waiting", "working", "done", "failed", "cancelled"}


def test_what_waits_to_be_sent_is_told_by_kind(watched: Flask, desk: Desk, clock: Clock) -> None:
    letter = letters.Letter("info@vendor.example", "", "Marker-subject", "Marker-text")
    new = letters.NewLetter("user:aida", "aida", "password", "Marker-title", letter)
    assert letters.queue_letters(desk, SECRET, [new], "aida") == 1
    clock.move(days=1)
    figures = told(watched)
    found = {
        (dict(labels)["kind"], dict(labels)["state"]): value
        for (name, labels), value in figures.items()
        if name == "riskq_messages"
    }
    assert found == {
        ("letter", "queued"): 1,
        ("letter", "failed"): 0,
        ("webhook", "queued"): 0,
        ("webhook", "failed"): 0,
    }
    assert total(figures, "riskq_oldest_message_seconds", kind="letter") == 24 * 60 * 60
    assert total(figures, "riskq_oldest_message_seconds", kind="webhook") == 0
    assert "arker" not in str(figures)


def test_the_document_for_operators_lists_the_figures_that_are_served(watched: Flask) -> None:
    text = (ROOT / "docs" / "observability.md").read_text("utf-8")
    rows = re.findall(r"^\| `(riskq_\w+)` \| (\w+) \|([^|]*)\|", text, re.MULTILINE)
    listed = [(name, kind, re.findall(r"`(\w+)`", labels)) for name, kind, labels in rows]
    served = watched.test_client().get("/metrics", headers=SENT).text
    assert re.findall(r"^# TYPE (\w+) (\w+)$", served, re.MULTILINE) == [
        (name, kind) for name, kind, _ in listed
    ]
    assert [(one.name, one.kind, [*one.labels]) for one in metrics.FAMILIES] == [
        (name, kind, [label for label in labels if label != "number"])
        for name, kind, labels in listed
    ]


def test_every_figure_of_the_sample_alerts_is_there() -> None:
    text = (ROOT / "docs" / "observability.md").read_text("utf-8")
    alerts = yaml.safe_load(re.findall(r"```yaml\n(groups.*?)```", text, re.DOTALL)[0])
    rules = alerts["groups"][0]["rules"]
    used = {
        name.removesuffix("_bucket")
        for rule in rules
        for name in re.findall(r"riskq_\w+", rule["expr"])
    }
    assert len(rules) == 4
    assert used <= {family.name for family in metrics.FAMILIES}
