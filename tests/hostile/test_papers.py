"""Every hostile text on paper and in a terminal: the report, the PDF, the command line."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from riskq.cli import main
from riskq.report import Renderer, report_html, report_job
from tests.hostile.corpus import LONG, MARKUP, SHORT, TEXTS
from tests.hostile.walked import FIELDS, answers_with, bones, kept, read_with, twin
from tests.marks import ONE_QUICKLY, some_quickly
from tests.papers import pages_of
from tests.report.reports import compose_on
from tests.web.answered import TODAY

STEERING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer() as made:
        yield made


def squeezed(text: str) -> str:
    """The text without blanks and soft hyphens, since a line may break anywhere."""
    return re.sub(r"[\s\u00ad]+", "", text)


@pytest.mark.parametrize("name", some_quickly(TEXTS, 5))
def test_the_document_has_the_same_markup_whatever_is_written(name: str) -> None:
    text = TEXTS[name]
    harmless = twin(kept(text, "system-purpose"))
    html = report_html(compose_on(read_with(text), TODAY, "en"))
    assert bones(html) == bones(report_html(compose_on(read_with(harmless), TODAY, "en")))


def pdf_with(renderer: Renderer, text: str, language: str) -> bytes:
    report = compose_on(read_with(text), TODAY, language)
    created = datetime(2026, 11, 9, tzinfo=UTC)
    return renderer.render(report_job(report, content="hostile", created=created))


def expect_inert(pdf: bytes) -> None:
    """Fails if the PDF carries a file, runs something, or has a link that an answer made."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert not opened.attachments
        assert "/AA" not in opened.Root
        assert "/OpenAction" not in opened.Root
        assert "alert" not in str(opened.docinfo.get("/Subject", ""))
    assert b"evil.example" not in pdf
    assert b"/JavaScript" not in pdf


def text_of(pdf: bytes) -> str:
    return squeezed("".join(pages_of(pdf)))


@pytest.mark.slow
@pytest.mark.parametrize("language", ONE_QUICKLY)
def test_the_pdf_shows_all_markup_whole(renderer: Renderer, language: str) -> None:
    text = "\n".join(each for name, each in MARKUP.items() if name != "other quotes")
    pdf = pdf_with(renderer, text, language)
    expect_inert(pdf)
    shown = text_of(pdf)
    for question in FIELDS:
        assert squeezed(kept(text, question)) in shown, question


@pytest.mark.slow
def test_the_pdf_holds_every_short_text(renderer: Renderer) -> None:
    pdf = pdf_with(renderer, "\n".join(SHORT.values())[:4000], "kk")
    expect_inert(pdf)
    shown = text_of(pdf)
    assert squeezed(SHORT["template"]) in shown
    assert "中" not in shown
    assert "[U+4E2D]" in shown


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_the_pdf_holds_every_long_text(renderer: Renderer, name: str) -> None:
    expect_inert(pdf_with(renderer, LONG[name], "ru"))


@pytest.mark.parametrize("name", some_quickly(TEXTS, 12))
def test_a_terminal_is_never_steered(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(answers_with(TEXTS[name])), "utf-8")
    arguments = ["assess", "kz-ai-law", str(file), "--on", TODAY.isoformat()]
    assert main(arguments) == 0
    assert main([*arguments, "--format", "json"]) == 0
    told = capsys.readouterr()
    assert not STEERING.search(told.out)
    assert told.err == ""
    form = json.loads(told.out[told.out.index("\n{") :])
    counted = form["journey"]["counted"]
    for question in FIELDS:
        given = counted[question]
        written = given["because"] if isinstance(given, dict) else given
        assert written == kept(TEXTS[name], question)


@pytest.mark.parametrize("name", SHORT)
def test_a_complaint_is_one_line_whatever_it_quotes(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SHORT[name]
    raw = {text: "x", "stage": text, "sector": [text], "risk-review": text, "emergency": {text: 1}}
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(raw), "utf-8")
    assert main(["assess", "kz-ai-law", str(file)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert not STEERING.search(told.err)
    assert len(told.err.splitlines()) == len(raw)
    assert main(["assess", text, str(file)]) == 2
    assert main(["check", text]) == 2
    told = capsys.readouterr()
    assert not STEERING.search(told.err)
    assert len(told.err.splitlines()) == 2
