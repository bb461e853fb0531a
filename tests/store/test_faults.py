"""A store that cannot be used says why, and is well again when the cause is gone."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from riskq.store import Reason, Store, StoreUnavailable, open_store
from tests.store.builders import an_assessment, found, save, submit, write

LONG = "x" * 5_000
NOBODY = 65534


def reason_of(call: Callable[[], object]) -> Reason:
    """The reason that the call gives; it must fail, and say where."""
    with pytest.raises(StoreUnavailable) as told:
        call()
    assert "riskq.db: " in told.value.text
    return told.value.reason


def fill(store: Store) -> int:
    """Save until it fails; how often it went well."""
    store.create(an_assessment())

    def save_much() -> None:
        for number in range(10_000):
            save(store, number, write(f"q{number}", "1", because=LONG))

    assert reason_of(save_much) == "full"
    return found(store).sequence


def test_a_full_store_says_so_goes_on_reading_and_recovers(path: Path) -> None:
    with closing(open_store(path, max_bytes=800_000)) as store:
        store.create(an_assessment("old"))
        for number in range(20):
            save(store, number, write(f"q{number}", "1", because=LONG), name="old")
        saved = fill(store)
        assert 10 < saved < 80
        assert len(found(store).answers) == saved
        assert store.delete("old")
        assert save(store, saved, write("again", "1", because=LONG)) == saved + 1


def test_a_full_store_tells_every_kind_of_change(path: Path) -> None:
    with closing(open_store(path, max_bytes=800_000)) as store:
        saved = fill(store)
        assert reason_of(lambda: submit(store, saved, LONG * 100)) == "full"
        assert reason_of(lambda: store.create(an_assessment("two", digest=LONG * 100))) == "full"
        assert store.revisions("one") == ()
        assert store.find("two") is None


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of one megabyte; the test is skipped where none can be mounted."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    done = subprocess.run(mount, check=False, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.slow
def test_a_full_disk_is_told_and_room_is_used_without_a_restart(tmp_path: Path) -> None:
    with small_disk(tmp_path) as folder, closing(open_store(folder / "riskq.db")) as store:
        ballast = folder / "ballast"
        ballast.write_bytes(bytes(300_000))
        saved = fill(store)
        assert saved > 10
        assert len(found(store).answers) == saved
        ballast.unlink()
        assert save(store, saved, write("again", "1", because=LONG)) == saved + 1
        store.check()


@pytest.mark.slow
def test_a_disk_that_may_only_be_read_is_told_at_the_start(tmp_path: Path) -> None:
    with small_disk(tmp_path) as folder:
        path = folder / "riskq.db"
        with closing(open_store(path)) as store:
            store.create(an_assessment())
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        assert reason_of(lambda: open_store(path)) == "read-only"
        subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
        with closing(open_store(path)) as store:
            assert save(store, 0, write("a", "1")) == 1


@contextmanager
def without_privileges() -> Iterator[None]:
    """For root too, permissions count in here."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user reaches and may write to."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder
        folder.chmod(0o777)


def test_a_read_only_file_is_read_but_not_written(open_folder: Path) -> None:
    path = open_folder / "riskq.db"
    with closing(open_store(path)) as store:
        store.create(an_assessment())
    path.chmod(0o444)
    with without_privileges(), closing(open_store(path)) as store:
        assert store.find("one") == an_assessment()
        assert reason_of(lambda: save(store, 0, write("a", "1"))) == "read-only"
        assert reason_of(store.check) == "read-only"
        assert store.find("one") == an_assessment()


def test_a_folder_that_may_only_be_read_is_told_at_the_start(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    with without_privileges():
        assert reason_of(lambda: open_store(open_folder / "riskq.db")) == "read-only"


def test_a_missing_folder_is_told_at_the_start(tmp_path: Path) -> None:
    assert reason_of(lambda: open_store(tmp_path / "missing" / "riskq.db")) == "io"


def test_a_file_that_is_no_database_is_told_at_the_start_and_left_alone(path: Path) -> None:
    content = b"Dear reader, this is a letter. " * 200
    path.write_bytes(content)
    assert reason_of(lambda: open_store(path)) == "corrupt"
    assert path.read_bytes() == content


def test_damage_behind_the_schema_is_told_at_use(path: Path) -> None:
    with closing(open_store(path)) as store:
        store.create(an_assessment())
        save(store, 0, write("a", "1"))
    content = bytearray(path.read_bytes())
    with closing(sqlite3.connect(path)) as looking:
        roots = looking.execute("select rootpage from sqlite_schema where rootpage > 0").fetchall()
    for (page,) in roots:
        content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    with closing(open_store(path)) as store:
        assert reason_of(lambda: store.find("one")) == "corrupt"
        assert reason_of(lambda: save(store, 1, write("a", "2", was=1))) == "corrupt"
        assert reason_of(store.check) == "corrupt"


def test_a_row_that_makes_no_record_is_damage(path: Path, store: Store) -> None:
    store.create(an_assessment())
    with closing(sqlite3.connect(path, isolation_level=None)) as breaking:
        breaking.execute("update assessments set edition = 'tomorrow'")
        assert reason_of(lambda: store.find("one")) == "corrupt"
        breaking.execute("update assessments set edition = cast(x'ff' as text)")
        assert reason_of(lambda: store.find("one")) == "corrupt"
    assert store.find("two") is None


@pytest.mark.parametrize("seed", range(60))
def test_random_damage_is_never_told_as_anything_else(path: Path, seed: int) -> None:
    dice = random.Random(seed)
    with closing(open_store(path)) as store:
        for name in ("one", "two"):
            store.create(an_assessment(name))
            save(store, 0, write("a", '"yes"', because=LONG), write("b", "1"), name=name)
            submit(store, 1, LONG, name)
    content = bytearray(path.read_bytes())
    for _ in range(dice.choice([1, 20, 400])):
        content[dice.randrange(len(content))] = dice.randrange(256)
    path.write_bytes(content)
    with suppress(StoreUnavailable), closing(open_store(path, patience=1)) as store:
        use(store)


def use(store: Store) -> None:
    """Read everything, then write."""
    for name in ("one", "two"):
        assessment = store.find(name)
        store.revisions(name)
        if assessment is not None and assessment.sequence == 1:
            save(store, 1, write("c", "1"), name=name)
        store.delete(name)
    store.check()


def test_a_store_that_others_hold_says_so_in_time_and_recovers(path: Path) -> None:
    with closing(open_store(path, patience=0.05)) as store:
        store.create(an_assessment())
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("begin immediate")
            assert reason_of(lambda: save(store, 0, write("a", "1"))) == "locked"
            assert store.find("one") == an_assessment()
            other.execute("rollback")
        assert save(store, 0, write("a", "1")) == 1


def test_what_is_wrong_with_a_row_is_told_without_what_stands_in_it(path: Path) -> None:
    """The database's own words quote a text that is damaged, and the log would quote them."""
    with closing(open_store(path)) as store:
        store.create(an_assessment())
        save(store, 0, write("q1", "1", because="typed-words"))
        with closing(sqlite3.connect(path)) as damaging:
            damaging.execute(
                "update answers set because = cast(x'74797065642d776f726473ff' as text)"
            )
            damaging.commit()
        with pytest.raises(StoreUnavailable) as told:
            store.find("one")
    assert told.value.reason == "corrupt"
    assert "typed-words" not in f"{told.value.text} {told.value}"
