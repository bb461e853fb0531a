"""A file is what it holds, not what it is called; two types at once and macros are refused."""

from __future__ import annotations

import unicodedata
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskq.services.evidence import KINDS, RefusedFileError, shown_name, sniff
from riskq.services.evidence.file_names import MOST_NAME
from tests.attachments import DOCX, JPEG, PDF, PNG, SOUND, XLSX, bomb, office, padded_pdf

BOOK = {"xl/workbook.xml": "<workbook/>"}
MACROS = '<Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'


def kind_of(name: str, content: bytes) -> str:
    """The type of a file, or why it is refused."""
    try:
        return sniff(BytesIO(content), len(content), name).name
    except RefusedFileError as error:
        return error.reason


@pytest.mark.parametrize(("name", "content"), SOUND.items(), ids=list(SOUND))
def test_sound_files_are_taken(name: str, content: bytes) -> None:
    assert name.endswith(f".{kind_of(name, content).lower()}") or name == "c.jpg"


class OneWay(BytesIO):
    """What is written to a network: it cannot be gone back in, so that sizes stand behind."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise OSError


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_documents_are_taken_however_programs_pack_them(method: int) -> None:
    sent = OneWay()
    with zipfile.ZipFile(sent, "w", method) as packed:
        for name in ("word/", "word/document.xml", "docProps/app.xml", "[Content_Types].xml"):
            packed.writestr(name, "" if name.endswith("/") else "<x/>" * 50_000)
    assert kind_of("a.docx", sent.getvalue()) == "DOCX"


def test_names_end_in_any_case_and_jpegs_in_two_ways() -> None:
    assert kind_of("A.PDF", PDF) == "PDF"
    assert kind_of("photo.Jpeg", JPEG) == "JPEG"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("page.pdf", b"<!doctype html><script>alert(1)</script>", "type"),
        ("page.html", b"<!doctype html>", "type"),
        ("page.html", PDF, "type"),
        ("drawing.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "type"),
        ("drawing.svg", PNG, "type"),
        ("program.pdf", b"MZ" + bytes(100), "type"),
        ("plain", PDF, "type"),
        ("packed.xlsx", office({"a.txt": "x"}), "type"),
        ("a.pdf", PNG, "ending"),
        ("a.png", JPEG, "ending"),
        ("a.docx", XLSX, "ending"),
        ("a.xlsx", DOCX, "ending"),
        ("a.pdf", PDF[:100], "damaged"),
        ("a.png", PNG[:-6], "damaged"),
        ("a.png", PNG[:20], "damaged"),
        ("a.jpg", JPEG[:100], "damaged"),
        ("a.jpg", JPEG[:-2], "damaged"),
        ("a.xlsx", XLSX[:-9], "damaged"),
        ("a.xlsx", XLSX[:50], "damaged"),
    ],
)
def test_what_is_none_of_the_types_is_refused(name: str, content: bytes, reason: str) -> None:
    assert kind_of(name, content) == reason


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"\n" + PDF),
        ("a.pdf", b"<html>" + PDF),
        ("a.pdf", PDF + XLSX),
        ("a.png", PNG + XLSX),
        ("a.png", PNG + b"<script>"),
        ("a.jpg", JPEG + XLSX),
        ("a.xlsx", PDF[:9] + XLSX),
        ("a.xlsx", office({"%PDF-1.7": "x", **BOOK})),
        ("a.docx", office({"word/document.xml": "x", **BOOK})),
        ("a.jpg", JPEG[:2] + b"\xff\xfe\x00\x0b%PDF-1.7\n" + JPEG[2:]),
    ],
)
def test_a_file_of_two_types_is_refused(name: str, content: bytes) -> None:
    assert kind_of(name, content) in ("mixed", "damaged", "ending")
    assert kind_of(name, content) != name.rpartition(".")[2].upper()


@pytest.mark.parametrize(
    "content",
    [
        office({**BOOK, "xl/vbaProject.bin": "x"}),
        office({**BOOK, "xl/VBAPROJECT.BIN": "x"}),
        office({**BOOK, "xl/macrosheets/sheet1.xml": "x"}),
        office(BOOK, types=MACROS),
        office(BOOK, types=MACROS.encode("utf-16")),
    ],
)
def test_macros_are_refused(content: bytes) -> None:
    assert kind_of("a.xlsx", content) == "macros"


@pytest.mark.slow
@pytest.mark.parametrize("tells", [True, False], ids=["honest", "lying"])
def test_what_swells_is_refused_however_small_it_says_it_is(*, tells: bool) -> None:
    content = bomb(tells=tells)
    assert len(content) < 2_000_000
    assert kind_of("a.xlsx", content) == "swollen"


def test_many_parts_are_refused() -> None:
    parts = {f"xl/{number}.xml": "" for number in range(6_000)}
    assert kind_of("a.xlsx", office({**BOOK, **parts})) == "swollen"


def test_parts_that_lie_over_one_another_are_refused() -> None:
    """The directory names one part twice, as bombs without an end do."""
    content = office({**BOOK, "xl/other.xml": "<other/>"})
    first, second = content.rindex(b"xl/workbook.xml") - 46, content.rindex(b"xl/other.xml") - 46
    place = content[first + 42 : first + 46]
    forged = content[: second + 42] + place + content[second + 46 :]
    assert kind_of("a.xlsx", forged) in ("swollen", "mixed", "damaged")


@given(st.binary(max_size=300), st.sampled_from(sorted(SOUND)), st.integers(0, 5_000))
def test_no_bytes_make_it_fail_otherwise(noise: bytes, name: str, at: int) -> None:
    content = SOUND[name]
    at %= len(content)
    known = {kind.name for kind in KINDS}
    told = kind_of(name, content[:at] + noise + content[at + len(noise) :])
    assert told in known or told in ("type", "ending", "damaged", "mixed", "macros", "swollen")


@given(st.text(max_size=300))
def test_names_are_short_plain_and_end_as_they_did(given_name: str) -> None:
    name = shown_name(f"{given_name}.pdf")
    assert 4 < len(name) <= 120
    assert name.endswith(".pdf")
    assert shown_name(name) == name
    assert not any(sign in name for sign in "/\\\n\r\0")
    assert all(unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for sign in name)


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Aida\\Есеп.PDF", "Есеп.PDF"),
        ("exe\u202efdp.pdf", "exefdp.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        (".pdf", "file.pdf"),
        ("../..", "file"),
        ("x" * 200 + ".xlsx", "x" * 115 + ".xlsx"),
    ],
)
def test_names_lose_their_folders_and_what_steers(sent: str, name: str) -> None:
    assert shown_name(sent) == name


def test_a_padded_file_has_its_size() -> None:
    assert len(padded_pdf(5_000)) == 5_000
    assert kind_of("a.pdf", padded_pdf(5_000)) == "PDF"


def test_a_name_of_very_many_marks_is_cut_before_it_is_looked_at() -> None:
    # To bring that many marks into order would take minutes.
    name = shown_name("a" + "\u0316\u0301" * 200_000 + ".PDF")
    assert name.endswith(".PDF")
    assert len(name) == MOST_NAME
