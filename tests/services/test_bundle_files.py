"""Files for a bundle: packed or not, named by anybody, and as hostile as files can be."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping

import pytest

from riskq.questionnaire import MAX_BYTES
from riskq.services.bundle_faults import BundleFilesError
from riskq.services.bundle_files import GivenFile, new_items, unpacked
from riskq.store import NewItem
from tests.ai_law import questionnaire
from tests.services.test_verification import TODAY

MOST = 9


def zipped(files: Mapping[str, bytes], *, packed: bool = False) -> GivenFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as into:
        for name, body in files.items():
            into.writestr(name, body)
    return GivenFile("all.ZIP", out.getvalue())


def names(files: Iterable[GivenFile]) -> list[str]:
    return [file.name for file in files]


def read(name: str, body: bytes) -> NewItem:
    (item,) = new_items(questionnaire(), [GivenFile(name, body)], TODAY)
    return item


def test_files_come_by_themselves_and_packed_and_are_put_in_order() -> None:
    inside = {"d/2.json": b"{}", "__MACOSX/d/._2.json": b"x", "d/.DS_Store": b"x", "d/": b""}
    files = [GivenFile("z.yml", b""), zipped(inside), GivenFile("a.json", b"{}")]
    assert names(unpacked(files, MOST)) == ["a.json", "d/2.json", "z.yml"]


def codes_of(*files: GivenFile, most: int = MOST) -> str:
    with pytest.raises(BundleFilesError) as caught:
        unpacked(files, most)
    return caught.value.code


def test_what_cannot_be_used_as_a_whole_is_told() -> None:
    assert codes_of() == "none"
    assert codes_of(zipped({})) == "none"
    assert codes_of(GivenFile("a.zip", b"PK\x03\x04 and nothing more")) == "damaged"
    assert codes_of(GivenFile("a.zip", zipped({"a.json": b"{}" * 99}).body[:-40])) == "damaged"
    many = [GivenFile(f"{number}.json", b"{}") for number in range(MOST + 1)]
    assert codes_of(*many) == "too-many"
    assert codes_of(zipped({file.name: file.body for file in many})) == "too-many"


def test_a_zip_with_a_password_is_told() -> None:
    body = bytearray(zipped({"a.json": b"{}"}).body)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        body[body.index(sign) + place] |= 1
    assert codes_of(GivenFile("a.zip", bytes(body))) == "damaged"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_way_of_packing_that_swells_at_once_is_refused(method: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as into:
        into.writestr("a.json", b"{}")
    assert codes_of(GivenFile("a.zip", out.getvalue())) == "damaged"


def test_what_all_files_hold_together_is_limited() -> None:
    inside = {"a.json": b" " * 900_000}
    zips = [zipped(inside, packed=True)] * 12
    assert codes_of(*zips, most=60) == "too-large"
    assert len(unpacked(zips[:9], 60)) == 9
    # Reading YAML takes longer.
    assert codes_of(*[GivenFile("a.yml", b" " * 900_000)] * 3) == "too-large"


def test_a_zip_whose_directory_lies_elsewhere_is_told() -> None:
    body = zipped({"a.json": b"{}"}).body
    end = bytearray(body)
    end[-6:-2] = b"\xff\xff\xff\x7f"
    assert codes_of(GivenFile("a.zip", bytes(end))) == "damaged"


def test_a_zip_that_swells_is_given_up() -> None:
    bomb = {f"{number}.json": b" " * (MAX_BYTES + 1) for number in range(60)}
    packed = zipped(bomb, packed=True)
    assert len(packed.body) < MAX_BYTES
    assert codes_of(packed, most=60) == "too-large"


def test_answers_become_items_that_hold_them_as_they_were_read() -> None:
    item = read("x/Клиент.json", b'{"model-based": "no"}')
    assert (item.name, item.detail) == ("Клиент.json", "")
    assert json.loads(item.answers or "") == {"model-based": "no"}
    assert read("a.YML", b"model-based: no\n").answers == item.answers


@pytest.mark.parametrize(
    ("name", "body", "detail"),
    [
        ("a.json", b"{", "unreadable 1"),
        ("a.json", b"[]", "unreadable"),
        ("a.json", b'{"a": 1, "a": 2}', "unreadable"),
        ("a.yml", b"stage: [\n", "unreadable 2"),
        ("a.yml", b"a: &x 1\nb: *x\n", "unreadable 1 2"),
        ("a.pdf", b"%PDF-1.7", "unreadable"),
        ("a", b"", "unreadable"),
        ("a.json", b" " * (MAX_BYTES + 1), "unreadable"),
        ("a.json", b'{"emergency": "perhaps", "nothing": "x"}', "not-taken emergency nothing"),
        ("a.yml", b"emergency: perhaps\n", "not-taken 1"),
        ("a.json", b'{"\\ud800": 1, "\\u0000": 1}', "not-taken"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_by_a_code_and_its_places(
    name: str, body: bytes, detail: str
) -> None:
    item = read(name, body)
    assert (item.answers, item.detail) == (None, detail)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.json", "passwd.json"),
        ("C:\\clients\\a.json", "a.json"),
        ("a\r\nb\x00\u202e.json", "ab.json"),
        ("/", "?"),
        ("x" * 500 + ".json", "x" * 120),
    ],
)
def test_a_name_is_its_last_part_and_steers_nothing(name: str, shown: str) -> None:
    assert read(name, b"{}").name == shown
