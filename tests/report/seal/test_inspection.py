"""Whatever is done to a sealed file is seen, and no file does anything to whoever looks."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from riskq.report import MAX_FILE, Inspection, Inspector
from riskq.settings import SealSettings
from tests.marks import some_quickly
from tests.report.seal.conftest import Look

made: Any = generic
"""The objects of a PDF; their library has no types here."""


def is_vouched_for(seen: Inspection) -> bool:
    """Whether a file passes for one that nobody changed since it was sealed."""
    return bool(seen.seals) and all(
        seal.is_unaltered and seal.allows_nothing for seal in seen.seals
    )


def looked(look: Look, pdf: bytes) -> Inspection:
    """What the process would tell of a file."""
    try:
        return look(pdf)
    except Exception:  # noqa: BLE001 - Just as the process does.
        return Inspection("damaged")


def updated(sealed: bytes, change: Callable[[Any], None]) -> bytes:
    """The file with an update appended, as an editor of PDFs does it."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(sealed))
    out = io.BytesIO()
    change(writer)
    writer.write(out)
    return out.getvalue()


def other_language(writer: Any) -> None:
    writer.root["/Lang"] = made.TextStringObject("ru")
    writer.update_root()


def annotation(writer: Any) -> None:
    note = made.DictionaryObject(
        {
            made.NameObject("/Type"): made.NameObject("/Annot"),
            made.NameObject("/Subtype"): made.NameObject("/FreeText"),
            made.NameObject("/Contents"): made.TextStringObject("LOW RISK"),
            made.NameObject("/Rect"): made.ArrayObject(
                [made.NumberObject(n) for n in (50, 500, 400, 700)]
            ),
        }
    )
    writer.register_annotation(writer.root["/Pages"]["/Kids"].raw_get(0), writer.add_object(note))


def other_page(writer: Any) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    stream = made.StreamObject(stream_data=b"BT (LOW) Tj ET")
    page[made.NameObject("/Contents")] = writer.add_object(stream)
    writer.update_container(page)


def other_data(writer: Any) -> None:
    spec = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]
    swapped = made.StreamObject(stream_data=b'{"format": "forged"}')
    spec["/EF"][made.NameObject("/F")] = writer.add_object(swapped)
    writer.update_container(spec["/EF"])


@pytest.mark.parametrize("change", [other_language, annotation, other_page, other_data])
def test_an_update_after_the_seal_is_seen(
    sealed: bytes, look: Look, change: Callable[[Any], None]
) -> None:
    seen = looked(look, updated(sealed, change))
    assert not is_vouched_for(seen)
    assert seen.seals[0].added > 0


@pytest.mark.parametrize("tail", some_quickly([b"\n", b"%", b"\n%junk\n"], 3))
def test_bytes_after_the_seal_are_counted(sealed: bytes, look: Look, tail: bytes) -> None:
    (seal,) = looked(look, sealed + tail).seals
    assert (seal.covers_file, seal.added, seal.is_unaltered) == (False, len(tail), False)


@pytest.mark.slow
def test_a_file_that_was_saved_anew_is_not_vouched_for(sealed: bytes, look: Look) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        pdf.save(out)
    assert not is_vouched_for(looked(look, out.getvalue()))


@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
@hypothesis_settings(max_examples=40)
def test_no_bit_can_change_without_being_seen(
    sealed: bytes, look: Look, place: float, bit: int
) -> None:
    position = int(place * len(sealed))
    changed = bytearray(sealed)
    changed[position] ^= 1 << bit
    assert not is_vouched_for(looked(look, bytes(changed)))


@given(kept=st.floats(0, 1, exclude_max=True))
@hypothesis_settings(max_examples=15)
def test_a_file_that_was_cut_off_is_not_vouched_for(sealed: bytes, look: Look, kept: float) -> None:
    assert not is_vouched_for(looked(look, sealed[: int(kept * len(sealed))]))


def test_a_seal_moved_to_another_file_is_seen(plain: bytes, sealed: bytes, look: Look) -> None:
    other = plain[:5000] + b"other" + plain[5005:] + sealed[len(plain) :]
    assert not is_vouched_for(looked(look, other))


def test_a_signed_range_that_leaves_something_out_is_seen(sealed: bytes, look: Look) -> None:
    start = sealed.rindex(b"/ByteRange")
    end = sealed.index(b"]", start)
    for forged in (b"/ByteRange [0 10 20 30", b"/ByteRange [0 0 0 0", b"/ByteRange ["):
        body = sealed[:start] + forged.ljust(end - start) + sealed[end:]
        assert not is_vouched_for(looked(look, body))


@pytest.mark.parametrize(
    ("file", "refusal"),
    [
        (b"", "no-pdf"),
        (b"hello", "no-pdf"),
        (b"PK\x03\x04" + b"\0" * 5000, "no-pdf"),
        (b"%PDF-1.7\n%%EOF\n", "damaged"),
        (b"%PDF-1.7\n" + random.Random(1).randbytes(50_000), "damaged"),
        (b"%PDF-1.7\nstartxref\n9\n%%EOF", "damaged"),
        (b"%PDF-1.7\n" + b"[" * 200_000, "damaged"),
    ],
    ids=["empty", "text", "zip", "bare", "noise", "loop", "nested"],
)
def test_what_is_no_document_is_refused_with_the_reason(
    file: bytes, refusal: str, seal_settings: SealSettings
) -> None:
    assert Inspector(seal_settings).inspect(file).refusal == refusal


@pytest.mark.parametrize("user", ["", "secret"])
def test_an_encrypted_file_is_named_as_such(
    sealed: bytes, user: str, seal_settings: SealSettings
) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user=user))
    assert Inspector(seal_settings).inspect(out.getvalue()).refusal == "encrypted"


def test_a_file_far_too_large_is_not_even_looked_into(seal_settings: SealSettings) -> None:
    assert Inspector(seal_settings).inspect(b"%PDF-" + bytes(MAX_FILE)).refusal == "too-large"


def bomb(plain: bytes, size: int) -> bytes:
    """The document with data that swell when they are read."""
    swollen = zlib.compress(b" " * size, 9)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        spec = pdf.Root.Names.EmbeddedFiles.Names[1]
        stream = pikepdf.Stream(pdf, swollen)
        stream.Filter = pikepdf.Name("/FlateDecode")
        spec.EF.F = pdf.make_indirect(stream)
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


@pytest.mark.slow
def test_data_that_swell_are_stopped(plain: bytes, seal_settings: SealSettings) -> None:
    seen = Inspector(seal_settings).inspect(bomb(plain, 1_000_000_000))
    assert seen.refusal in ("too-heavy", "damaged") or seen.data is None


def test_data_larger_than_any_report_are_left_out(plain: bytes, look: Look) -> None:
    assert look(bomb(plain, 3_000_000)).data is None


def test_other_files_inside_are_named(plain: bytes, look: Look) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        pdf.attachments["virus.exe"] = b"MZ"
        pdf.save(out)
    assert set(look(out.getvalue()).files) == {"assessment.json", "virus.exe"}
