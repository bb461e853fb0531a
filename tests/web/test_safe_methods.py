"""To look changes nothing: every address that there is, opened by a member and by a program."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from riskq.services import Desk
from riskq.web.api import CALLS
from riskq.web.late_parts import LateFlask
from tests.stores import contents_of
from tests.web.browser import Browser
from tests.web.members import Place, enter, make_place
from tests.web.test_api import Program, path_of, token_of
from tests.web.test_rights import address

WRITES_FOR_TRIAL = {"health.ready"}


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


def pages_of(app: Flask, place: Place) -> list[tuple[str, str]]:
    """The endpoint and the address of every page that is looked at."""
    assert isinstance(app, LateFlask)
    app.load_late()
    return [
        (rule.endpoint, address(app, rule, place))
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set()) and not rule.endpoint.startswith("api.")
    ]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_no_page_changes_anything_for_whoever_looks(
    app: Flask, place: Place, database: Path, method: str
) -> None:
    browser = enter(app, place.email("owner"))
    before, seen = contents_of(database, counts=False), 0
    for endpoint, path in pages_of(app, place):
        if endpoint in WRITES_FOR_TRIAL:
            continue
        status = browser.client.open(path, method=method).status_code
        assert status < 500, endpoint
        seen += status == 200
        assert contents_of(database, counts=False) == before, endpoint
    assert seen > 60


def test_no_page_changes_anything_for_whoever_is_not_signed_in(
    app: Flask, place: Place, database: Path
) -> None:
    browser, before = Browser(app), contents_of(database)
    for endpoint, path in pages_of(app, place):
        if endpoint not in WRITES_FOR_TRIAL:
            assert browser.client.get(path).status_code < 500
            assert contents_of(database) == before, endpoint


def test_no_call_that_reads_changes_anything(
    app: Flask, desk: Desk, place: Place, database: Path
) -> None:
    program = Program(app, token_of(desk, place))
    before, seen = contents_of(database, counts=False), 0
    for one in CALLS:
        if one.method == "GET":
            status = program.ask("GET", path_of(one, place)).status_code
            assert status in (200, 404), one.path
            seen += status == 200
            assert contents_of(database, counts=False) == before, one.path
    assert seen > 15
