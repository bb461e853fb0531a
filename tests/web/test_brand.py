"""Pages of a brand show its name, logo, colour and footer, and still name the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from riskq.brand import Brand
from riskq.i18n import LANGUAGES
from riskq.report import Inspector
from riskq.services import Desk
from riskq.services.received import read_issue
from riskq.settings import SealSettings, Settings
from riskq.web import create_app
from riskq.web.asset_files import read_assets
from tests.brand.brands import FULL, HOSTILE, NAME, PAINTED
from tests.papers import pages_of
from tests.web.answered import answered
from tests.web.browser import Browser
from tests.web.conftest import MakeApp
from tests.web.members import SECRET

PATHS = ("", "law", "verify", "nowhere")
PROGRAM = {
    "kk": "Бұл сервис riskq бағдарламасымен жұмыс істейді.",
    "ru": "Сервис работает на программе riskq.",
    "en": "This service runs on the program riskq.",
}


def address(html: str, name: str) -> str:
    """The address of a file that a page asks for."""
    found = re.search(rf'"(/static/[0-9a-f]+/{re.escape(name)})"', html)
    assert found is not None, name
    return found[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_who_offers_the_service(make_app: MakeApp, language: str) -> None:
    browser = Browser(make_app(brand=FULL))
    for path in PATHS:
        page = browser.get(f"/{language}/{path}")
        assert re.search(rf"<title>[^<]+ – {NAME}</title>", page.html)
        assert f"<span>{NAME}</span></a>" in page.html
        assert FULL.footer in page.text
        assert PROGRAM[language] in page.text
        assert 'content="#7a1f3d"' in page.html
        assert "style=" not in page.html
        assert "<style" not in page.html
        assert address(page.html, "brand/logo.svg")
        assert 'alt="" width="108" height="36"' in page.html


def test_the_logo_and_the_colour_are_kept_by_browsers_until_they_change(make_app: MakeApp) -> None:
    browser = Browser(make_app(brand=FULL))
    html = browser.get("/kk/").html
    logo = browser.client.get(address(html, "brand/logo.svg"))
    assert FULL.logo is not None
    assert (logo.data, logo.content_type) == (FULL.logo.body, "image/svg+xml")
    assert "immutable" in logo.headers["Cache-Control"]
    assert logo.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert logo.headers["X-Content-Type-Options"] == "nosniff"
    sheet = browser.client.get(address(html, "pages.css")).text
    assert "--teal: #7a1f3d;" in sheet.rpartition(":root")[2]
    digests = {read_assets(brand=brand).digest for brand in (FULL, PAINTED, Brand())}
    assert len(digests) == 3


def test_a_painted_logo_is_served_as_what_it_is(make_app: MakeApp) -> None:
    browser = Browser(make_app(brand=PAINTED))
    page = browser.get("/ru/")
    assert PAINTED.logo is not None
    logo = browser.client.get(address(page.html, "brand/logo.png"))
    assert (logo.data, logo.content_type) == (PAINTED.logo.body, "image/png")
    assert "Кеңес &amp; Консалт" in page.html


def test_a_colour_alone_leaves_the_name_of_the_program(make_app: MakeApp) -> None:
    page = Browser(make_app(brand=Brand(colour="#7a1f3d"))).get("/en/")
    assert " riskq</a>" in page.html
    assert "– riskq</title>" in page.html
    assert PROGRAM["en"] not in page.text


def test_texts_of_a_brand_stay_text(make_app: MakeApp) -> None:
    page = Browser(make_app(brand=HOSTILE)).get("/en/")
    assert "<script>" not in page.html
    assert "<img src=x" not in page.html
    assert HOSTILE.name in page.text
    assert HOSTILE.footer in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_brand_pages_are_those_of_riskq(app: Flask, language: str) -> None:
    page = Browser(app).get(f"/{language}/")
    assert " riskq</a>" in page.html
    assert "brand" not in page.html
    assert PROGRAM[language] not in page.text
    assert read_assets().files["pages.css"][0].count(b":root {") == 1


@pytest.mark.slow
def test_the_blank_form_shows_it_too(make_app: MakeApp) -> None:
    app = make_app(brand=FULL)
    pdf = Browser(app).client.get("/kk/form/kz-ai-law/2026-08-25.pdf").data
    assert NAME in pages_of(pdf)[0]


@pytest.mark.slow
def test_a_submitted_report_is_handed_over_in_its_name(
    desk: Desk, database: Path, seal_folder: Path
) -> None:
    seal = SealSettings(seal_folder)
    browser = Browser(create_app(Settings(str(database), SECRET, seal=seal, brand=FULL), desk=desk))
    answered(browser).send()
    seen = Inspector(seal).inspect(browser.client.get(browser.address("report-1.pdf")).data)
    assert seen.data is not None
    assert read_issue(seen.data).brand == FULL


def test_no_colour_of_ours_stays_in_drawings_on_pages() -> None:
    """Whatever names our colours as an attribute is what the brand's rules are for."""
    folder = Path(__file__).parents[2] / "riskq"
    named = {
        found
        for path in folder.rglob("templates/**/*.*")
        if "__pycache__" not in path.parts
        for found in re.findall(r'([a-z-]+)="(?:#0b5563|#e7eff0)"', path.read_text("utf-8"))
    }
    assert named <= {"fill", "stroke", "accent"}


def test_a_page_loads_its_styles_without_the_notes_of_those_who_wrote_them() -> None:
    sheet = read_assets().files["pages.css"][0]
    assert b"/*" not in sheet
    assert b".choice label::after" in sheet
