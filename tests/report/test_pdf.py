"""The PDF is valid for archives and screen readers, and looks as its style sheet says."""

import io
import re
from typing import Any

import page
import pikepdf
import pydyf
import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from riskq.report import Renderer
from riskq.report.archive import finish, has_ambiguous_end
from tests.marks import ONE_QUICKLY
from tests.papers import pages_of
from tests.report.documents import ALPHABET, WORDINGS, make_job, sample_job, wrap

LANGUAGES = tuple(WORDINGS)


def text_of(pdf: bytes) -> list[str]:
    """The text of each page, with every run of blanks as one space."""
    return [re.sub(r"\s+", " ", each) for each in pages_of(pdf)]


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """The names of the PDF's fonts, and whether each is embedded."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        descriptors = [
            item
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        ]
        return {str(item.FontName)[1:]: "/FontFile2" in item for item in descriptors}


@pytest.mark.parametrize("language", ONE_QUICKLY)
@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_3A"])
def test_a_report_is_valid_in_every_language(
    renderer: Renderer, language: str, profile: str
) -> None:
    pdf = renderer.render(sample_job(language))
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile[profile])
    assert [failure.message for failure in report.failures] == []
    assert report.is_compliant


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_our_fonts_are_in_a_report_and_all_are_embedded(
    renderer: Renderer, language: str
) -> None:
    fonts = fonts_of(renderer.render(sample_job(language)))
    assert {re.sub(r"^[A-Z]{6}\+", "", name).replace(" ", "-") for name in fonts} == {
        "Noto-Sans",
        "Noto-Sans-Bold",
        "Noto-Sans-Italic",
    }
    assert all(fonts.values())


def test_the_data_of_a_job_stand_in_the_document_as_a_file(renderer: Renderer) -> None:
    job = replace(sample_job("kk"), data='{"мән": "<b>&"}', data_about="Мағынасы")
    pdf = renderer.render(job)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert [str(one.AFRelationship) for one in opened.Root.AF] == ["/Data"]
        (name,) = opened.attachments
        kept = opened.attachments[name]
        assert (name, kept.description) == ("assessment.json", "Мағынасы")
        assert kept.get_file().read_bytes().decode() == job.data
        assert kept.get_file().mime_type == "application/json"
    for profile in ("PDF_UA_1", "PDF_A_3A"):
        assert page.validate_pdf_bytes(pdf, profile=page.ValidationProfile[profile]).is_compliant
    assert renderer.render(job) == pdf


@pytest.mark.parametrize("element", ["p", "strong", "em"])
def test_no_letter_of_kazakh_is_lost_or_borrowed(renderer: Renderer, element: str) -> None:
    letters = ALPHABET + "IVXabcxyz0123456789 «»№§₸–—…"
    pdf = renderer.render(make_job(wrap(f"<{element}>{letters}</{element}>")))
    assert letters.replace(" ", "") in "".join(text_of(pdf)).replace(" ", "")
    assert all("Noto-Sans" in name.replace(" ", "-") for name in fonts_of(pdf))


def test_a_letter_without_a_shape_of_ours_is_written_as_its_number(renderer: Renderer) -> None:
    text = text_of(renderer.render(make_job(wrap("<p>И\u0306 中 \u202eab\u202c</p>"))))[0]
    assert "Й [U+4E2D] ab" in text


def test_the_metadata_are_those_of_the_job(renderer: Renderer) -> None:
    body = '<meta name="author" content="x"><p>Ә</p>'
    job = make_job(wrap(body), title="Есеп <№ 1>\x08", language="kk")
    with pikepdf.open(io.BytesIO(renderer.render(job))) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Есеп <№ 1> "
        assert str(pdf.docinfo["/CreationDate"]) == str(pdf.docinfo["/ModDate"])
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261103103000Z"
        assert str(pdf.Root.Lang) == "kk"
        assert str(pdf.trailer.ID[0]) == job.identifier.hex()
        assert pdf.Root.MarkInfo.Marked


@pytest.mark.parametrize(
    ("language", "folio"),
    [("kk", "2 / {} бет"), ("ru", "Страница 2 из {}"), ("en", "Page 2 of {}")],
)
def test_pages_after_the_first_have_a_header_and_all_have_a_number(
    renderer: Renderer, language: str, folio: str
) -> None:
    pages = text_of(renderer.render(sample_job(language)))
    title = WORDINGS[language].title
    assert folio.format(len(pages)) in pages[1]
    assert "KZ-AI-2026-0042" in pages[1]
    assert title in pages[1]
    assert pages[0].count(title) == 1


@pytest.mark.slow
def test_a_long_title_wraps_in_the_header_and_leaves_the_text_as_it_is(renderer: Renderer) -> None:
    job = sample_job("en")
    title = WORDINGS["en"].title
    longer = f"{title} of a system with a name as long as nobody has thought of before " * 3
    text = " ".join(text_of(renderer.render(replace(job, html=job.html.replace(title, longer)))))
    assert text.count("nobody has thought of before") > 6
    assert (
        "Ready … later"
        in text_of(renderer.render(replace(job, html=job.html.replace("Yes.", "Ready … later"))))[2]
    )


def test_the_contents_name_the_pages_of_the_parts(renderer: Renderer) -> None:
    pages = text_of(renderer.render(sample_job("en")))
    for number, part in enumerate(WORDINGS["en"].parts, 1):
        entry = re.search(rf"{number}\. {part} ?[ .]+ (\d+)", pages[0])
        assert entry is not None
        assert f"{number}. {part}" in pages[int(entry[1]) - 1]


def test_the_parts_are_bookmarks_with_their_numbers(renderer: Renderer) -> None:
    outline: list[Any] = PdfReader(io.BytesIO(renderer.render(sample_job("en")))).outline
    titles = [item.title for item in outline if not isinstance(item, list)]
    assert titles == ["1. Conclusion", "2. Reasons", "3. Duties", "4. Answers"]


def test_the_head_of_a_table_comes_again_on_every_page(renderer: Renderer) -> None:
    pages = text_of(renderer.render(sample_job("en", answers=60)))
    continued = [text for text in pages[2:] if "Yes. " in text]
    assert len(continued) > 1
    assert all("Question Answer" in text for text in continued)


def test_a_row_of_a_table_stays_on_one_page(renderer: Renderer) -> None:
    row = f"<tr><td>{'<p>first</p>' * 9}<p>last</p></td></tr>"
    pages = text_of(renderer.render(make_job(wrap(f'<table class="grid">{row * 12}</table>'))))
    assert len(pages) > 2
    assert all(text.count("first") == 9 * text.count("last") for text in pages)


@pytest.mark.slow
def test_a_heading_never_ends_a_page(renderer: Renderer) -> None:
    for lines in range(30, 44):
        body = "<p>x</p>" * lines + "<h2>Heading</h2><p>Text below</p>"
        for text in text_of(renderer.render(make_job(wrap(body)))):
            assert ("Heading" in text) == ("Text below" in text)


@pytest.mark.parametrize(
    "body", ["<p>{}</p>", '<table class="grid"><tr><td>{}</td><td>x</td></table>']
)
def test_a_long_word_stays_on_the_page(renderer: Renderer, body: str) -> None:
    pdf = renderer.render(make_job(wrap(body.format("ы" * 300))))
    positions: list[float] = []

    def note(text: str, _cm: Any, matrix: list[float], _font: Any, size: float) -> None:
        positions.append(matrix[4] + len(text.strip()) * size * 0.55)

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=note)
    assert max(positions) < 595 * 4 / 3
    assert sum(text.count("ы") for text in text_of(pdf)) == 300


def test_no_packed_stream_ends_like_a_line(renderer: Renderer) -> None:
    """A strict reader would count the last byte of such a stream to the end of the line."""
    for number in range(12):
        pdf = renderer.render(make_job(wrap(f"<p>{number}</p>" * 40)))
        # The library packs the last two itself, when it has let the document go.
        streams = pdf.split(b"\nendstream")[:-3]
        assert [stream[-40:] for stream in streams if stream.endswith(b"\r")] == []


@pytest.mark.slow
def test_a_stream_that_would_end_like_a_line_is_moved(renderer: Renderer) -> None:
    # Of so many documents some would have such a stream among the last, which the library packs.
    for number in range(120):
        pdf = renderer.render(make_job(wrap(f"<p>{number}</p>"), title=f"{number}"))
        assert not has_ambiguous_end(pdf)


def last_streams_of(blanks: int) -> dict[bytes, bytes]:
    """How the streams end that the library packs itself, by their kinds."""
    pdf = pydyf.PDF()
    metadata = pydyf.Stream([b"<rdf:RDF></rdf:RDF>"])
    pdf.add_object(metadata)
    pdf.catalog["Metadata"] = metadata.reference
    finish(None, pdf, blanks)
    out = io.BytesIO()
    pdf.write(out, version=b"1.7", compress=True)
    found = re.findall(
        rb"/Type /(ObjStm|XRef).*?stream\n(.*?)\nendstream", out.getvalue(), re.DOTALL
    )
    return {kind: stream[-4:] for kind, stream in found}


def test_blanks_that_say_nothing_change_the_end_of_every_stream_packed_late() -> None:
    # One report in a hundred and fifty ends such a stream like a line, and must be able not to.
    without, with_one = last_streams_of(0), last_streams_of(1)
    assert without.keys() == {b"ObjStm", b"XRef"}
    assert all(without[kind] != with_one[kind] for kind in without)
