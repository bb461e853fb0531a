"""Bundles from the files to the ZIP: every report once, and what cannot be made told by a code."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdf
import pytest
from msgspec.structs import replace

from riskq.questionnaire import Catalogue
from riskq.report import Renderer, Sealer
from riskq.services import (
    BundleDesk,
    BundleFilesError,
    BundleMaker,
    GivenFile,
    KeyMissingError,
    NoBundleError,
    OpenedBundle,
    UnreadableError,
    key_ring,
)
from riskq.services.bundle_maker import LEASE
from riskq.services.bundles import MOST_WAITING
from riskq.services.encryption import decrypt_report, decrypt_work, encrypt_report
from riskq.services.packing import Packed, pack
from riskq.store import BundleStore, NewItem, open_bundles
from tests.keys import KEYS

NOW = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
GOOD = GivenFile("Клиент.json", b'{"model-based": "no"}')
ODD = GivenFile("odd.json", b'{"emergency": "perhaps"}')


class Clock:
    """A clock that is set by hand."""

    moment = NOW

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[BundleStore]:
    opened = open_bundles(tmp_path / "bundles.db")
    yield opened
    opened.close()


@pytest.fixture
def told() -> list[tuple[str, int]]:
    """The bundles that workers were told of, with their turns."""
    return []


@pytest.fixture
def desk(store: BundleStore, clock: Clock, told: list[tuple[str, int]]) -> BundleDesk:
    def enqueue(bundle: str, turn: int) -> None:
        told.append((bundle, turn))

    return BundleDesk(store, Catalogue(), enqueue, clock, keys=KEYS)


@pytest.fixture
def maker(store: BundleStore, clock: Clock, sealer: Sealer) -> Iterator[BundleMaker]:
    """Makes reports; its renderer starts no process before the first."""
    renderer = Renderer()
    yield BundleMaker(store, Catalogue(), renderer, sealer, clock, keys=KEYS)
    renderer.close()


def begin(desk: BundleDesk, *files: GivenFile, language: str = "kk") -> OpenedBundle:
    started = desk.start("kz-ai-law", language, files)
    return desk.open(started.id, started.secret)


def again(desk: BundleDesk, opened: OpenedBundle) -> OpenedBundle:
    return OpenedBundle(opened.record, desk.store.items(opened.record.id))


@pytest.mark.slow
def test_every_file_becomes_a_report_in_the_zip(
    desk: BundleDesk, maker: BundleMaker, told: list[tuple[str, int]]
) -> None:
    opened = begin(desk, GOOD, ODD)
    assert told == [(opened.record.id, 0)]
    assert (opened.settled, opened.is_under_way) == (1, True)
    assert maker.make_next(opened.record.id, 0)
    assert not maker.make_next(opened.record.id, 0)
    opened = again(desk, opened)
    assert (opened.settled, opened.is_under_way, opened.can_retry) == (2, False, False)
    with zipfile.ZipFile(io.BytesIO(b"".join(desk.zip(opened)))) as packed:
        assert packed.testzip() is None
        assert packed.namelist() == ["2-Клиент-kk.pdf"]
        pdf = packed.read("2-Клиент-kk.pdf")
    inside = pypdf.PdfReader(io.BytesIO(pdf)).attachments["assessment.json"][0]
    assert json.loads(inside)["answers"] == json.loads(GOOD.body)


def test_what_waits_and_what_is_done_is_stored_encrypted(
    desk: BundleDesk, store: BundleStore, tmp_path: Path
) -> None:
    opened = begin(desk, GOOD)
    work = store.take(opened.record.id, desk.clock(), desk.clock())
    assert work is not None
    assert json.loads(decrypt_work(KEYS, work).answers) == json.loads(GOOD.body)
    pdf = b"%PDF-1.7 the marker of the report"
    assert store.finish(work, encrypt_report(KEYS, work, pdf))
    stored = store.report(opened.record.id, 1)
    assert stored is not None
    assert decrypt_report(KEYS, opened.record.id, 1, stored) == pdf
    with pytest.raises(UnreadableError):
        decrypt_report(KEYS, opened.record.id, 2, stored)
    with pytest.raises(KeyMissingError):
        decrypt_report(key_ring(["another master key, long enough"]), opened.record.id, 1, stored)
    files = b"".join(path.read_bytes() for path in tmp_path.glob("bundles.db*"))
    assert b"the marker of the report" not in files
    assert b"model-based" not in files


def test_only_its_private_link_opens_a_bundle(desk: BundleDesk, clock: Clock) -> None:
    started = desk.start("kz-ai-law", "ru", [GOOD])
    assert desk.open(started.id, started.secret).record.language == "ru"
    for name, secret in ((started.id, "x"), ("none", started.secret)):
        with pytest.raises(NoBundleError):
            desk.open(name, secret)
    clock.moment += timedelta(days=7)
    with pytest.raises(NoBundleError):
        desk.open(started.id, started.secret)


@pytest.mark.slow
def test_a_report_whose_maker_died_is_made_by_the_next(
    desk: BundleDesk, maker: BundleMaker, clock: Clock
) -> None:
    opened = begin(desk, GOOD)
    # What died had taken the report, and never told of it.
    assert desk.store.take(opened.record.id, NOW, NOW + LEASE)
    assert not maker.make_next(opened.record.id, 0)
    clock.moment += LEASE
    assert desk.store.unfinished(clock.moment) == ((opened.record.id, 0),)
    assert maker.make_next(opened.record.id, 0)
    assert again(desk, opened).counts["done"] == 1


def test_an_edition_that_was_changed_judges_nothing(
    desk: BundleDesk, store: BundleStore, maker: BundleMaker
) -> None:
    record = replace(begin(desk, GOOD).record, id="other", digest="0" * 64)
    store.create(record, [NewItem("a", "{}")], 9)
    assert maker.make_next(record.id, 0)
    (item,) = store.items(record.id)
    assert (item.state, item.detail, item.can_retry) == ("failed", "edition-changed", True)


def test_what_was_stopped_can_be_tried_again(
    desk: BundleDesk, maker: BundleMaker, told: list[tuple[str, int]]
) -> None:
    opened = begin(desk, GOOD, ODD)
    desk.cancel(opened)
    opened = again(desk, opened)
    assert (opened.counts["cancelled"], opened.is_under_way, opened.can_retry) == (1, False, True)
    desk.retry(opened)
    assert again(desk, opened).is_under_way
    # What was told of the first turn makes nothing in the second.
    assert not maker.make_next(opened.record.id, 0)
    assert told == [(opened.record.id, 0), (opened.record.id, 1)]
    desk.delete(opened)
    desk.retry(opened)
    assert len(told) == 2


def test_too_many_bundles_are_asked_to_come_back(desk: BundleDesk) -> None:
    for _ in range(MOST_WAITING):
        begin(desk, GOOD)
    with pytest.raises(BundleFilesError, match="busy"):
        begin(desk, GOOD)


def test_a_zip_is_handed_over_piece_by_piece() -> None:
    files = [Packed(f"{number}.pdf", bytes([number]) * 100_000, NOW) for number in range(5)]
    pieces = list(pack(iter(files)))
    assert len(pieces) == 6
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == {
            file.name: file.content for file in files
        }


def test_a_zip_of_a_bundle_that_is_deleted_meanwhile_breaks_off(
    desk: BundleDesk, store: BundleStore
) -> None:
    opened = begin(desk, GOOD, GOOD)
    for _ in range(2):
        work = store.take(opened.record.id, NOW, NOW + LEASE)
        assert work is not None
        store.finish(work, b"%PDF")
    pieces = desk.zip(again(desk, opened))
    next(pieces)
    desk.delete(opened)
    with pytest.raises(NoBundleError):
        list(pieces)


def test_names_in_the_zip_can_be_written_everywhere(desk: BundleDesk, store: BundleStore) -> None:
    names = ["a:b*?.json", "?", "👩" * 100 + ".json", "a. .json"]
    opened = begin(desk, *(GivenFile(name, GOOD.body) for name in names[::-1]))
    for _ in names:
        work = store.take(opened.record.id, NOW, NOW + LEASE)
        if work is not None:
            store.finish(work, b"%PDF")
    with zipfile.ZipFile(io.BytesIO(b"".join(desk.zip(again(desk, opened))))) as packed:
        inside = packed.namelist()
    assert "2-a_-kk.pdf" not in inside
    assert all(len(name.encode()) < 200 and not set(name) & set('<>:"|?*') for name in inside)
    assert any(name.endswith("-a-kk.pdf") for name in inside)
    assert any(name.endswith("-a_b__-kk.pdf") for name in inside)
