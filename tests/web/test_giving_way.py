"""Which requests let others by: those that wait for something that others do."""

from __future__ import annotations

import pytest
from flask import Flask

from riskq.serving import GIVE_WAY
from riskq.web.giving_way import PAGES_THAT_WAIT
from riskq.web.late_parts import LateFlask


@pytest.mark.parametrize(
    ("method", "path", "gives_way"),
    [
        ("GET", "/kk/", False),
        ("GET", "/kk/verify", False),
        ("POST", "/kk/verify/paper", False),
        ("POST", "/kk/verify", True),
        ("POST", "/kk/sign-in", True),
        ("GET", "/kk/sign-in", False),
        ("GET", "/kk/a/none/report-1.pdf", True),
    ],
)
def test_who_waits_for_others_gives_way(
    app: Flask, method: str, path: str, *, gives_way: bool
) -> None:
    given: list[None] = []
    app.test_client().open(path, method=method, environ_base={GIVE_WAY: lambda: given.append(None)})
    assert bool(given) is gives_way


def test_every_page_that_waits_is_one(app: LateFlask) -> None:
    app.load_late()
    assert not PAGES_THAT_WAIT - {str(rule.endpoint) for rule in app.url_map.iter_rules()}
