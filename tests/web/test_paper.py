"""The questions of an edition on paper: for everybody, from the start page and from the map."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader

from riskq.report import Sealer
from riskq.services import Desk, Documents, form_of
from riskq.settings import Settings
from riskq.web import create_app
from tests.ai_law import questionnaire
from tests.marks import ONE_QUICKLY
from tests.papers import pages_of
from tests.web.answered import answered
from tests.web.browser import Browser
from tests.web.conftest import MakeApp
from tests.web.members import SECRET

FORM = "form/kz-ai-law/2026-08-25.pdf"
ORIGIN = "https://riskq.example.kz"


@pytest.mark.slow
@pytest.mark.parametrize("language", ONE_QUICKLY)
def test_the_form_comes_in_the_language_of_its_address(app: Flask, language: str) -> None:
    response = Browser(app).client.get(f"/{language}/{FORM}")
    assert (response.status_code, response.content_type) == (200, "application/pdf")
    name = f"riskq-kz-ai-law-2026-08-25-{language}.pdf"
    assert response.headers["Content-Disposition"] == f'inline; filename="{name}"'
    reader = PdfReader(io.BytesIO(response.data))
    assert reader.metadata is not None
    title = questionnaire().prose[language].title
    assert str(reader.metadata.title).endswith(f": {title}")


@pytest.mark.slow
def test_the_form_leads_back_to_the_screen_where_the_origin_is_known(make_app: MakeApp) -> None:
    browser = Browser(make_app(ORIGIN), base_url=ORIGIN)
    with_code = browser.client.get(f"/kk/{FORM}", base_url=ORIGIN).data
    start = f"{ORIGIN}/kk/start/kz-ai-law"
    first = pages_of(with_code)[0]
    assert start in re.sub(r"\s", "", first)
    assert browser.get("/kk/start/kz-ai-law").heading == form_of(questionnaire(), "kk").title


@pytest.mark.slow
def test_no_name_that_a_request_gives_is_printed(app: Flask) -> None:
    page = Browser(app).client.get(f"/en/{FORM}", base_url="http://localhost:9999")
    assert page.status_code == 200
    text = "".join(pages_of(page.data))
    assert "localhost" not in text
    assert "://" not in text


@pytest.mark.parametrize(
    "path",
    [
        "form/kz-law/2026-08-25.pdf",
        "form/kz-ai-law/2026-08-24.pdf",
        "form/kz-ai-law/newest.pdf",
        "form/kz-ai-law/.pdf",
        "form/kz-ai-law/2026-08-25",
        "form/kz-ai-law/..%2f..%2flaw.pdf",
    ],
)
def test_a_form_of_nothing_is_not_found(browser: Browser, path: str) -> None:
    assert browser.get(f"/en/{path}").status == 404


def test_the_start_page_and_the_maps_lead_to_the_form(browser: Browser) -> None:
    assert f"/en/{FORM}" in browser.get("/en/").links
    assert f"/en/{FORM}" in browser.get("/en/map/kz-ai-law").links
    earlier = "/en/form/kz-ai-law/2026-01-18.pdf"
    assert earlier in browser.get("/en/map/kz-ai-law/2026-01-18").links
    answered(browser)
    assert f"/en/{FORM}" in browser.open("map").links


def test_a_form_that_cannot_be_made_now_gives_the_usual_page(
    desk: Desk, database: Path, sealer: Sealer
) -> None:
    closed = Documents(sealer)
    closed.close()
    app = create_app(Settings(str(database), SECRET), desk=desk, documents=closed)
    page = Browser(app).get(f"/ru/{FORM}")
    assert (page.status, page.language) == (503, "ru")
    assert page.headers["Retry-After"] == "30"
