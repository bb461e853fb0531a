"""Addresses that are put together are those that the framework finds."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, url_for

from riskq.i18n import LANGUAGES
from riskq.questionnaire import Catalogue
from riskq.services.unguessable import new_id
from riskq.web.addresses import (
    ORIGINS,
    check_address,
    files_address,
    overview_address,
    question_address,
)
from tests.ai_law import EDITION
from tests.web.browser import Browser


@pytest.mark.parametrize("language", LANGUAGES)
def test_addresses_are_those_of_the_routes(app: Flask, language: str) -> None:
    names = Catalogue().load("kz-ai-law", EDITION).by_id
    with app.test_request_context(f"/{language}/"):
        for here, name in zip([new_id() for _ in names], names, strict=True):
            of: dict[str, Any] = {"assessment": here, "name": name}
            assert question_address(**of) == url_for("walk.question", **of)
            assert files_address(**of) == url_for("evidence.files", **of)
            assert overview_address(here) == url_for("walk.overview", assessment=here)
            assert check_address(here) == url_for("walk.check", assessment=here)
            for origin, address in ORIGINS.items():
                back: dict[str, Any] = {**of, "from": origin}
                assert address(here) == url_for(f"walk.{origin}", assessment=here)
                assert question_address(**of, came_from=origin) == url_for("walk.question", **back)
                assert files_address(**of, came_from=origin) == url_for("evidence.files", **back)


@pytest.mark.parametrize(
    "given", ["a%0D%0AX-Other%3A%20b", "%3Cscript%3E", "%22", "..%5C", "%E2%80%A8"]
)
def test_what_somebody_made_up_is_quoted(browser: Browser, given: str) -> None:
    answer = browser.client.get(f"/kk/a/{given}/submit")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/kk/a/{given}/check"
