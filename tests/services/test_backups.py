"""A backup holds everything as it was at one moment, and puts it back; nothing else is one."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import sqlite3
import tarfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import count
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Self

import msgspec
import pytest

from riskq.clock import now
from riskq.engine import read_answers
from riskq.questionnaire import Catalogue
from riskq.services import (
    Desk,
    check_books,
    delete,
    evidence,
    resume,
    save_answers,
    start,
)
from riskq.services.backups import (
    BackupError,
    Kept,
    back_up,
    check_backup,
    restore_backup,
)
from riskq.store import StoreUnavailable, open_bundles, open_files, open_store
from tests.ai_law import EDITION, NAME, questionnaire
from tests.attachments import PDF, PNG
from tests.keys import KEYS
from tests.stores import contents_of
from tests.users import CHEAP


def kept_in(folder: Path) -> Kept:
    return Kept(folder / "riskq.db", folder / "riskq-bundles.db", folder / "riskq-evidence")


def desk_at(kept: Kept) -> Desk:
    store = open_store(kept.database)
    return Desk(
        store, Catalogue(), passwords=CHEAP, files=open_files(kept.evidence, spare=0), keys=KEYS
    )


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    (tmp_path / "service").mkdir()
    return kept_in(tmp_path / "service")


@pytest.fixture
def desk(kept: Kept) -> Iterator[Desk]:
    open_bundles(kept.bundles).close()
    made = desk_at(kept)
    yield made
    made.store.close()


def answered(desk: Desk, name: str = "Sorter") -> str:
    """Begin an assessment with one answer; its link's secret."""
    answers = read_answers(questionnaire(), {"system-name": name}, EDITION.max)
    return start(desk, NAME, "kk", answers).secret


def attach(desk: Desk, secret: str, body: bytes, name: str) -> str:
    given = evidence.Given(name, BytesIO(body))
    return evidence.attach(desk, resume(desk, secret), "system-name", given, "holder").id


def test_everything_comes_back(desk: Desk, kept: Kept, tmp_path: Path) -> None:
    secret = answered(desk)
    files = {attach(desk, secret, PDF, "a.pdf"): PDF, attach(desk, secret, PNG, "b.png"): PNG}
    before = contents_of(kept.database)
    made = back_up(kept, tmp_path / "a.tar", now())
    assert check_backup(tmp_path / "a.tar") == made
    assert (made.rows["assessments"], made.rows["evidence"], made.lost) == (1, 2, [])
    new = kept_in(tmp_path / "elsewhere")
    new.database.parent.mkdir()
    assert restore_backup(tmp_path / "a.tar", new) == made
    assert contents_of(new.database) == before
    again = desk_at(new)
    opened = resume(again, secret)
    found = {
        one.id: evidence.content_of(again, opened, one) for one in evidence.files_of(again, opened)
    }
    assert found == files
    assert not [state for state in check_books(again, {}) if state.faults]
    again.store.close()


def test_nobody_else_may_read_it(desk: Desk, kept: Kept, tmp_path: Path) -> None:
    attach(desk, answered(desk), PDF, "a.pdf")
    back_up(kept, tmp_path / "a.tar", now())
    new = kept_in(tmp_path / "new")
    new.database.parent.mkdir()
    restore_backup(tmp_path / "a.tar", new)
    paths = [tmp_path / "a.tar", new.database, new.bundles, *new.evidence.iterdir()]
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}
    assert new.evidence.stat().st_mode & 0o777 == 0o700


def test_what_was_deleted_is_not_in_it(desk: Desk, kept: Kept, tmp_path: Path) -> None:
    answered(desk)
    gone = answered(desk, "ZEBRA")
    attach(desk, gone, PDF, "a.pdf")
    delete(desk, resume(desk, gone).record.id)
    made = back_up(kept, tmp_path / "a.tar", now())
    assert made.rows["evidence"] == 0
    assert b"ZEBRA" not in (tmp_path / "a.tar").read_bytes()


class Writers:
    """People who save and attach, one thread each, for as long as this is entered."""

    def __init__(self, desk: Desk, number: int) -> None:
        self._desk = desk
        secrets = [answered(desk, f"System {each}") for each in range(number)]
        self.acknowledged: dict[str, int] = dict.fromkeys(secrets, 0)
        self._threads = [Thread(target=self._write, args=(secret,)) for secret in secrets]
        self._is_over, self._are_writing = Event(), Barrier(number + 1)

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        self._are_writing.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join()

    def _write(self, secret: str) -> None:
        for number in count(1):
            opened = resume(self._desk, secret)
            answers = read_answers(questionnaire(), {"system-name": f"{number}"}, EDITION.max)
            seen = opened.record.sequence
            save_answers(self._desk, opened, answers, (), seen=seen, by="holder")
            self.acknowledged[secret] = number
            if number == 1:
                self._are_writing.wait()
            if number % 5 == 0 and number < 50:
                attach(self._desk, secret, PDF, "a.pdf")
            if self._is_over.is_set():
                break


def expect_whole(desk: Desk, least: Mapping[str, int]) -> None:
    """All that was acknowledged is there, with its files and its history."""
    for secret, number in least.items():
        opened = resume(desk, secret)
        name = str(getattr(opened.answers["system-name"], "text", ""))
        assert int(name) >= number >= 1
        files = evidence.files_of(desk, opened)
        assert {evidence.content_of(desk, opened, file) for file in files} <= {PDF}
    assert not [state for state in check_books(desk, {}) if state.faults]


def test_people_go_on_meanwhile_and_nothing_is_torn(desk: Desk, kept: Kept, tmp_path: Path) -> None:
    """Each backup has all that was acknowledged before it began, and whole books of history."""
    seen = []
    with Writers(desk, 4) as writers:
        for number in range(3):
            before = dict(writers.acknowledged)
            made = back_up(kept, tmp_path / f"{number}.tar", now())
            assert made.lost == []
            seen.append(before)
    for number, least in enumerate(seen):
        new = kept_in(tmp_path / f"new{number}")
        new.database.parent.mkdir()
        restore_backup(tmp_path / f"{number}.tar", new)
        again = desk_at(new)
        expect_whole(again, least)
        again.store.close()


def test_a_lost_file_is_told(desk: Desk, kept: Kept, tmp_path: Path) -> None:
    secret = answered(desk)
    lost, other = attach(desk, secret, PDF, "a.pdf"), attach(desk, secret, PNG, "b.png")
    third = attach(desk, secret, PNG, "c.png")
    (kept.evidence / lost).unlink()
    (kept.evidence / other).write_bytes(b"something else")
    made = back_up(kept, tmp_path / "a.tar", now())
    assert sorted(made.lost) == sorted([lost, other])
    assert f"evidence/{third}" in made.digests


def test_nothing_is_overwritten(desk: Desk, kept: Kept, tmp_path: Path) -> None:
    answered(desk)
    back_up(kept, tmp_path / "a.tar", now())
    before = (tmp_path / "a.tar").read_bytes()
    with pytest.raises(BackupError, match="exists"):
        back_up(kept, tmp_path / "a.tar", now())
    assert (tmp_path / "a.tar").read_bytes() == before
    for path in ("riskq.db", "riskq-bundles.db", "riskq-evidence/x"):
        folder = tmp_path / path.replace("/", "-")
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_bytes(b"theirs")
        with pytest.raises(BackupError, match="already"):
            restore_backup(tmp_path / "a.tar", kept_in(folder))
        assert [each for each in folder.rglob("*") if each.is_file()] == [folder / path]


def test_without_a_database_there_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no database"):
        back_up(kept_in(tmp_path), tmp_path / "a.tar", now())
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def packed(desk: Desk, kept: Kept, tmp_path: Path) -> Path:
    attach(desk, answered(desk), PDF, "a.pdf")
    back_up(kept, tmp_path / "a.tar", now())
    return tmp_path / "a.tar"


def parts_of(packed: Path) -> dict[str, bytes]:
    found = {}
    with tarfile.open(packed) as tar:
        for one in tar:
            content = tar.extractfile(one)
            assert content is not None
            found[one.name] = content.read()
    return found


def pack(path: Path, parts: list[tuple[str, bytes]], kind: bytes = tarfile.REGTYPE) -> Path:
    with tarfile.open(path, "w") as tar:
        for name, body in parts:
            told = tarfile.TarInfo(name)
            told.size, told.type = len(body) if kind == tarfile.REGTYPE else 0, kind
            told.linkname = "/etc/passwd"
            tar.addfile(told, io.BytesIO(body))
    return path


def expect_refused(path: Path, folder: Path) -> str:
    """It is refused, and nothing stands where it would have been put."""
    new = kept_in(folder)
    new.database.parent.mkdir()
    with pytest.raises((BackupError, StoreUnavailable)) as caught:
        restore_backup(path, new)
    assert list(folder.iterdir()) == []
    with pytest.raises(type(caught.value)):
        check_backup(path)
    return str(caught.value)


def test_a_backup_that_is_cut_off_is_told(packed: Path, tmp_path: Path) -> None:
    body = packed.read_bytes()
    for number, share in enumerate((0.3, 0.6, 0.9, 0.97)):
        (tmp_path / "cut").write_bytes(body[: int(len(body) * share)])
        told = expect_refused(tmp_path / "cut", tmp_path / f"cut{number}")
        assert "cut off" in told


def test_a_part_that_was_changed_is_told(packed: Path, tmp_path: Path) -> None:
    parts = parts_of(packed)
    for number, name in enumerate(sorted(set(parts) - {"backup.json"})):
        body = bytearray(parts[name])
        body[len(body) // 2] ^= 1
        changed = [(each, bytes(body) if each == name else parts[each]) for each in parts]
        path = pack(tmp_path / f"c{number}.tar", changed)
        assert "was changed" in expect_refused(path, tmp_path / f"c{number}")


def test_a_damaged_database_is_told_though_its_digest_fits(packed: Path, tmp_path: Path) -> None:
    parts = parts_of(packed)
    body = bytearray(parts["riskq.db"])
    body[4096 * 3 : 4096 * 4] = b"\x55" * 4096
    parts["riskq.db"] = bytes(body)
    told = msgspec.json.decode(parts.pop("backup.json"))
    told["digests"]["riskq.db"] = hashlib.sha256(body).hexdigest()
    path = pack(tmp_path / "b.tar", [*parts.items(), ("backup.json", msgspec.json.encode(told))])
    assert "damaged" in expect_refused(path, tmp_path / "b")


@pytest.mark.parametrize(
    "name",
    ["../riskq.db", "/etc/x", "evidence/../../x", "evidence/A.sh", "riskq.db/x", "evidence/", "x"],
)
def test_no_name_leads_anywhere(packed: Path, tmp_path: Path, name: str) -> None:
    parts = [(name, b"x"), *parts_of(packed).items()]
    assert "no backup" in expect_refused(pack(tmp_path / "n.tar", parts), tmp_path / "n")


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE]
)
def test_no_link_and_no_folder_is_taken(tmp_path: Path, kind: bytes) -> None:
    path = pack(tmp_path / "k.tar", [("riskq.db", b"")], kind)
    assert "no backup" in expect_refused(path, tmp_path / "k")


@pytest.mark.parametrize(
    "body", [b"", b"x" * 5000, PDF, b"\x1f\x8b" + b"x" * 100, b"\0" * 20_000], ids=str
)
def test_what_is_no_backup_is_told(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "x").write_bytes(body)
    assert "no backup" in expect_refused(tmp_path / "x", tmp_path / "n") or body == b"\0" * 20_000


def test_parts_after_the_list_and_parts_twice_are_refused(packed: Path, tmp_path: Path) -> None:
    parts = list(parts_of(packed).items())
    for number, wrong in enumerate((parts + parts[:1], parts[:1] + parts)):
        expect_refused(pack(tmp_path / f"{number}.tar", wrong), tmp_path / f"{number}")


def test_an_older_backup_is_brought_up_to_date(packed: Path, tmp_path: Path) -> None:
    new = kept_in(tmp_path / "new")
    new.database.parent.mkdir()
    restore_backup(packed, new)
    with sqlite3.connect(new.database) as old:
        old.execute("delete from _sqlite_migrations where name = '0038-encrypted-answers'")
        old.execute("pragma user_version = 24")
    old.close()
    back_up(new, tmp_path / "old.tar", now())
    third = kept_in(tmp_path / "third")
    third.database.parent.mkdir()
    restore_backup(tmp_path / "old.tar", third)
    with sqlite3.connect(third.database) as mended:
        assert mended.execute("pragma user_version").fetchone() > (24,)
    mended.close()


def test_a_full_disk_leaves_nothing_half(
    desk: Desk, kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(desk)
    (tmp_path / "out").mkdir()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "a.tar")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises((OSError, StoreUnavailable)):
        back_up(kept, tmp_path / "out" / "a.tar", now())
    assert list((tmp_path / "out").iterdir()) == []
