"""A report of a brand is proved wherever it goes, and nobody changes its brand unseen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from riskq.brand import NO_BRAND, Brand, brand_form
from riskq.engine import read_answers
from riskq.questionnaire import Catalogue
from riskq.report import (
    Agreement,
    Inspector,
    Mark,
    Renderer,
    RenderJob,
    Sealer,
    compose_verification,
)
from riskq.services import Verifier, write_reports
from riskq.services.issue import Issue, issue_of_answers
from riskq.services.received import read_issue
from riskq.settings import Issuer, SealSettings
from tests.ai_law import answers_of, cases, questionnaire
from tests.brand.brands import FULL, NAME, PAINTED
from tests.marks import ONE_QUICKLY

CASE = "hospital-triage-ready"
TODAY = date(2026, 11, 9)
SCHEMA = Path(__file__).parents[2] / "docs" / "assessment.schema.json"
SHORT = "<html lang='en'><head><title>Short</title></head><body><h1>Short</h1></body></html>"


@cache
def issue(brand: Brand = FULL, language: str = "kk") -> Issue:
    on = cases()[CASE].on
    answers = read_answers(questionnaire(), answers_of(CASE), on)
    return issue_of_answers(questionnaire(), answers, on, language, brand)


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer() as made:
        yield made


def with_brand(brand: object) -> RenderJob:
    """A report whose data have this brand, and hardly any pages."""
    job = issue().job(questionnaire(), "en")
    data = json.dumps(json.loads(job.data) | {"brand": brand}, ensure_ascii=False)
    return replace(job, data=data, html=SHORT, brand=NO_BRAND)


@pytest.mark.slow
@pytest.mark.parametrize("language", ONE_QUICKLY)
def test_it_is_genuine_here_and_its_pages_are_proved_elsewhere(
    renderer: Renderer, sealer: Sealer, seal_folder: Path, tmp_path: Path, language: str
) -> None:
    job = issue().job(questionnaire(), language)
    pdf = sealer.seal(renderer.render(job), job.seal_about)
    here = Verifier(Catalogue(), Inspector(SealSettings(seal_folder)))
    told = compose_verification(here.verify(pdf, TODAY, language), language)
    assert told.mark is Mark.GOOD
    assert NAME in {text for _, text in told.particulars}
    # Elsewhere is another key, and no setting of a brand.
    elsewhere = Verifier(Catalogue(), Inspector(SealSettings(tmp_path)), renderer)
    verified = elsewhere.verify(pdf, TODAY, language)
    assert verified.agreement is Agreement.SAME
    assert verified.is_printed_so


@pytest.mark.slow
def test_pages_of_another_brand_than_that_of_the_data_are_not_proved(
    renderer: Renderer, tmp_path: Path
) -> None:
    job = issue(PAINTED).job(questionnaire(), "en")
    lying = replace(job, data=issue(FULL).job(questionnaire(), "en").data)
    with Sealer(SealSettings(tmp_path / "seal")) as another:
        pdf = another.seal(renderer.render(lying), "x")
    verifier = Verifier(Catalogue(), Inspector(SealSettings(tmp_path)), renderer)
    verified = verifier.verify(pdf, TODAY, "en")
    assert (verified.agreement, verified.is_printed_so) == (Agreement.SAME, False)
    told = next(f for f in compose_verification(verified, "en").facts if f.id == "conclusion")
    assert "could not be proved" in told.more[0]


@pytest.mark.slow
def test_a_brand_that_riskq_would_not_write_makes_the_data_unusable(
    renderer: Renderer, sealer: Sealer, seal_folder: Path
) -> None:
    form: Any = brand_form(FULL)
    job = with_brand({**form, "colour": "red; } body { display: none"})
    pdf = sealer.seal(renderer.render(job), job.seal_about)
    verifier = Verifier(Catalogue(), Inspector(SealSettings(seal_folder)), renderer)
    verified = verifier.verify(pdf, TODAY, "en")
    assert verified.agreement is Agreement.UNUSABLE
    assert compose_verification(verified, "en").mark is Mark.BAD


@pytest.mark.parametrize(
    "brand",
    [
        None,
        [],
        {"name": "A", "onload": "x"},
        {"name": "A\nB"},
        {"colour": "#ffffff"},
        {"name": "A", "logo": {"type": "image/svg+xml", "data": "PHN2Zy8+"}},
        {"name": "A", "logo": {"type": "image/gif", "data": "R0lGODlh"}},
    ],
)
def test_data_with_such_a_brand_are_not_read(brand: object) -> None:
    with pytest.raises(ValueError, match="brand"):
        read_issue(with_brand(brand).data)


@pytest.mark.parametrize("brand", [NO_BRAND, FULL, PAINTED, Brand(colour="#000000")])
def test_the_data_give_the_same_document_again(brand: Brand) -> None:
    job = issue(brand).job(questionnaire(), "ru")
    assert read_issue(job.data).job(questionnaire(), "ru") == job
    data = json.loads(job.data)
    assert ("brand" in data) == (brand != NO_BRAND)
    validator = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    assert [fault.message for fault in validator.iter_errors(data)] == []


def test_the_schema_refuses_what_is_no_brand() -> None:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    for brand in ({"nothing": "x"}, {"colour": "red"}, {"name": "x" * 81}, {"logo": "x"}, "x"):
        assert list(validator.iter_errors(json.loads(with_brand(brand).data)))


@pytest.mark.slow
def test_reports_on_a_folder_have_the_brand_too(tmp_path: Path, seal_folder: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(answers_of(CASE), default=str), "utf-8")
    issuer = Issuer(SealSettings(seal_folder), FULL)
    (written,) = write_reports(
        questionnaire(), tmp_path, tmp_path / "out", cases()[CASE].on, "kk", issuer
    )
    assert written.state == "made"
    seen = Inspector(SealSettings(seal_folder)).inspect(written.pdf.read_bytes())
    assert seen.data is not None
    assert read_issue(seen.data).brand == FULL
