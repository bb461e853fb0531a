"""A report and a blank form of a brand show it, and stay valid; those without one are as ever."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import page
import pikepdf
import pytest

from riskq.brand import NO_BRAND, Brand
from riskq.engine import read_answers
from riskq.i18n import LANGUAGES
from riskq.report import Renderer, RenderJob, form_html, form_job, report_html
from riskq.report.assets import AssetFetcher, RefusedAssetError, make_assets, read_sheets
from riskq.report.job import decode_job, document_identifier, encode_job
from riskq.services import form_of
from riskq.services.issue import Issue, issue_of_answers
from tests.ai_law import answers_of, cases, questionnaire
from tests.brand.brands import FULL, HOSTILE, NAME, PAINTED
from tests.marks import ONE_QUICKLY, some_quickly
from tests.papers import pages_of

CASE = "hospital-triage-ready"
SHEETS = read_sheets()


def issue(language: str, brand: Brand = FULL) -> Issue:
    on = cases()[CASE].on
    answers = read_answers(questionnaire(), answers_of(CASE), on)
    return issue_of_answers(questionnaire(), answers, on, language, brand)


def short_job(brand: Brand) -> RenderJob:
    """A document of one page with all that a brand brings."""
    report = issue("kk", brand).report(questionnaire(), "kk")
    html = report_html(report)
    head, _, rest = html.partition('<div class="verdict">')
    assert rest
    created = datetime(2026, 11, 2, tzinfo=UTC)
    return RenderJob(f"{head}</body></html>", "x", "kk", bytes(16), created, brand=brand)


def expect_valid(pdf: bytes) -> None:
    for profile in ("PDF_UA_1", "PDF_A_3A"):
        seen = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile[profile])
        assert [failure.message for failure in seen.failures] == []


def has_picture(pdf: bytes) -> bool:
    """Whether anything is drawn by a picture or a gradient."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return any(
            "/ShadingType" in item or item.get("/Subtype") == "/Image"
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream)
        )


@pytest.mark.slow
@pytest.mark.parametrize("language", ONE_QUICKLY)
def test_a_report_shows_who_hands_it_over(renderer: Renderer, language: str) -> None:
    pdf = renderer.render(issue(language).job(questionnaire(), language))
    pages = pages_of(pdf)
    assert NAME in pages[0]
    assert all(FULL.footer in text for text in pages)
    assert has_picture(pdf)
    expect_valid(pdf)


@pytest.mark.parametrize(
    "brand", some_quickly([HOSTILE, PAINTED, Brand(footer="gov.example.kz")], 3)
)
def test_every_brand_makes_a_valid_document(renderer: Renderer, brand: Brand) -> None:
    pdf = renderer.render(short_job(brand))
    text = pages_of(pdf)[0]
    assert brand.line in " ".join(text.split())
    assert has_picture(pdf) == (brand.logo is not None)
    expect_valid(pdf)


@pytest.mark.slow
@pytest.mark.parametrize("brand", [FULL, PAINTED])
def test_a_blank_form_shows_who_hands_it_out(renderer: Renderer, brand: Brand) -> None:
    pdf = renderer.render(form_job(form_of(questionnaire(), "kk", "", brand)))
    pages = [" ".join(each.split()) for each in pages_of(pdf)]
    assert brand.name in pages[0]
    assert all(brand.line in text for text in pages)
    assert has_picture(pdf)
    expect_valid(pdf)


@pytest.mark.parametrize("language", LANGUAGES)
def test_drawings_have_the_colour_of_the_brand(language: str) -> None:
    html = report_html(issue(language).report(questionnaire(), language))
    assert 'fill="#7a1f3d"' in html
    assert "#0b5563" not in html
    plain = report_html(issue(language, NO_BRAND).report(questionnaire(), language))
    assert 'fill="#0b5563"' in plain
    assert "letterhead" not in plain


def test_the_colour_takes_the_place_of_ours_everywhere_in_the_style_sheets() -> None:
    ours, theirs = make_assets(SHEETS), make_assets(SHEETS, FULL)
    for name in ("print.css", "form.css"):
        assert b"#0b5563" in ours[name]
        assert theirs[name] == ours[name].replace(b"#0b5563", b"#7a1f3d")


def test_texts_of_a_brand_stay_text() -> None:
    report = issue("en", HOSTILE).report(questionnaire(), "en")
    for html in (report_html(report), form_html(form_of(questionnaire(), "en", "", HOSTILE))):
        assert "<script" not in html
        assert "<img" not in html
        assert "{{ 7*7 }}" in html


def test_a_document_of_a_brand_may_ask_for_its_logo_and_nothing_else() -> None:
    fetcher = AssetFetcher(make_assets(SHEETS, FULL))
    assert FULL.logo is not None
    assert fetcher.fetch("riskq-asset:logo.svg").read() == FULL.logo.body
    for address in ("riskq-asset:logo.png", "data:image/png,x", "logo.svg", "file:///logo.svg"):
        with pytest.raises(RefusedAssetError):
            fetcher.fetch(address)
    with pytest.raises(RefusedAssetError):
        AssetFetcher(make_assets(SHEETS)).fetch("riskq-asset:logo.svg")


@pytest.mark.parametrize("brand", [NO_BRAND, FULL, PAINTED])
def test_a_job_takes_its_brand_along(brand: Brand) -> None:
    job = issue("ru", brand).job(questionnaire(), "ru")
    assert job.brand == brand
    assert decode_job(encode_job(job)) == job


def test_the_same_report_of_another_brand_is_another_document() -> None:
    names = {document_identifier("x", brand) for brand in (NO_BRAND, FULL, PAINTED)}
    assert len(names) == 3
    forms = {
        form_job(form_of(questionnaire(), "kk", "", brand)).identifier for brand in (NO_BRAND, FULL)
    }
    assert len(forms) == 2
