"""The document: complete, escaped, with links that lead somewhere, in every language."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime

import page
import pytest

from riskq.i18n import LANGUAGES
from riskq.report import Renderer, Report, report_html, report_job
from tests.ai_law import cases
from tests.marks import some_quickly
from tests.papers import pages_of
from tests.report.reports import report_of

HOSTILE = '"><script>alert(1)</script>&{{ 7*7 }}<img src=x onerror=x>'
TELLING = [
    ("hospital-triage-no-audit", "kk"),
    ("harm-unknown", "ru"),
    ("rule-calculator", "en"),
    ("call-centre-satisfaction", "kk"),
]


def pdf_of(renderer: Renderer, report: Report) -> bytes:
    created = datetime(2026, 11, 2, tzinfo=UTC)
    return renderer.render(report_job(report, content="a case", created=created))


def squeeze(text: str) -> str:
    """Without blanks and hyphens, since a line may break anywhere between words."""
    return re.sub(r"[\s\u00a0\u00ad-]+", "", text)


def text_of(pdf: bytes) -> str:
    return squeeze("".join(pages_of(pdf)))


def expect_in_pdf(renderer: Renderer, report: Report) -> None:
    text = text_of(pdf_of(renderer, report))
    wanted = [report.verdict.text, report.digest, *(duty.title for duty in report.duties)]
    assert [each for each in wanted if squeeze(each) not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_answers_stay_text(language: str) -> None:
    report = report_of(
        "harm-unknown", language, system_name=HOSTILE, organisation=HOSTILE, system_purpose=HOSTILE
    )
    html = report_html(report)
    assert "<script" not in html
    assert "<img" not in html
    assert "{{ 7*7 }}" in html
    assert html.count("&lt;script&gt;") >= 4


def test_a_hostile_scenario_stays_text() -> None:
    scenario = {"answer": "no", "because": HOSTILE}
    html = report_html(report_of("hospital-triage-ready", emergency=scenario))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", some_quickly(cases(), 5))
def test_every_case_makes_a_document_whose_links_lead_somewhere(case: str, language: str) -> None:
    html = report_html(report_of(case, language))
    ids = Counter(re.findall(r'\bid="([^"]+)"', html))
    assert [name for name, count in ids.items() if count > 1] == []
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    assert re.findall(r"<[^>]+\s(?:style|on\w+)=", html) == []


def test_own_words_are_announced_only_where_there_are_some() -> None:
    told = "Below are the own words of whoever answered."
    assert told in report_html(report_of("hospital-triage-ready"))
    without = report_html(report_of("vendor-tells-nothing"))
    assert "Whoever checks a degree of risk looks at its grounds first." in without
    assert told not in without


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_says_what_it_is_and_is_not(language: str) -> None:
    report = report_of("hospital-triage-ready", language)
    html = report_html(report)
    say = report.words
    for message in ("Self-assessment of an AI system", "Contents", "About this document"):
        assert say(message) in html
    assert report.document.number in html
    assert report.digest in html


@pytest.mark.slow
@pytest.mark.parametrize(("case", "language"), TELLING)
def test_a_pdf_tells_the_verdict_and_every_duty(
    renderer: Renderer, case: str, language: str
) -> None:
    expect_in_pdf(renderer, report_of(case, language))


def test_a_pdf_of_a_real_report_is_valid_for_archives_and_screen_readers(
    renderer: Renderer,
) -> None:
    pdf = pdf_of(renderer, report_of("hospital-triage-no-audit", "kk"))
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
        found = page.validate_pdf_bytes(pdf, profile=profile)
        assert [failure.message for failure in found.failures] == []


@pytest.mark.slow
def test_the_heading_of_the_scenarios_stands_with_the_first_of_them(renderer: Renderer) -> None:
    for case in ("vendor-tells-nothing", "hospital-triage-ready"):
        report = report_of(case, "kk")
        pages = [" ".join(one.split()) for one in pages_of(pdf_of(renderer, report))]
        lead = report.words("Whoever checks a degree of risk looks at its grounds first.")
        (page_of_lead,) = [text for text in pages if lead in text]
        assert report.scenarios[0].ask in page_of_lead.partition(lead)[2]


@pytest.mark.slow
def test_the_first_page_holds_everything_up_to_the_contents(renderer: Renderer) -> None:
    pdf = pdf_of(renderer, report_of("call-centre-satisfaction", "kk"))
    first, second, *_rest = pages_of(pdf)
    assert "Әрі қарай не істеу керек" in first
    assert "Мазмұны" in second


@pytest.mark.slow
def test_the_longest_texts_make_a_pdf(renderer: Renderer) -> None:
    scenario = {"answer": "yes", "because": "Жүйе тоқтаса, қызмет көрсетілмейді. " * 110}
    report = report_of(
        "hospital-triage-no-audit",
        "kk",
        system_name="Ж" * 200,
        system_purpose="Жүйе жұмыс істейді. " * 200,
        emergency=scenario,
    )
    expect_in_pdf(renderer, report)
