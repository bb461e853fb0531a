"""A page that fails tells its log where, and neither address nor answer."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.web.browser import Browser


def test_a_failing_page_logs_where_and_nothing_that_was_typed(
    fresh: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    @fresh.get("/en/broken/<secret>", endpoint="broken")
    def break_down(secret: str) -> str:
        raise KeyError(f"The answer of {secret}")

    page = Browser(fresh).get("/en/broken/private-words?from=typed-words")
    assert page.status == 500
    assert "KeyError on GET broken" in caplog.text
    assert "in break_down" in caplog.text
    for words in ("private-words", "typed-words"):
        assert words not in caplog.text
        assert words not in page.text
