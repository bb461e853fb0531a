"""The contract for SQLite, and what is true of its file: schema, permissions, erasure, forks."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from riskq.store import Store, StoreUnavailable, open_store
from riskq.store.migrations import STEPS
from riskq.store.sqlite import SCHEMA_VERSION
from tests.store.builders import an_assessment, found, save, submit, write
from tests.store.contract import StoreContract

SECRET = "a secret that nobody may find in any file"

FORKING = """
import os, sys
from riskq.store import open_store
from tests.store.builders import an_assessment, found, save, write

store = open_store(sys.argv[1])
store.create(an_assessment("parent"))
child = os.fork()
if child == 0:
    store.create(an_assessment("child"))
    save(store, 0, write("a", "1"), name="parent")
    store.close()
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
assert found(store, "child").sequence == 0
assert save(store, 1, write("b", "2"), name="parent") == 2
store.close()
"""

DELETING = """
import os, sys
from riskq.store import open_store

assert open_store(sys.argv[1]).delete("one")
os._exit(0)
"""


class TestSqlite(StoreContract):
    """SQLite keeps the contract; the fixture ``store`` is that of conftest.py."""


def is_on_the_disk(path: Path) -> bool:
    """Whether any file beside ``path`` holds the secret."""
    return any(SECRET.encode() in file.read_bytes() for file in path.parent.iterdir())


def test_everything_is_still_there_after_closing_and_opening(path: Path, store: Store) -> None:
    store.create(an_assessment())
    save(store, 0, write("a", "1"))
    revision = submit(store, 1)
    before = found(store)
    store.close()
    with closing(open_store(path)) as again:
        assert again.find("one") == before
        assert again.revisions("one") == (revision,)


def test_one_missing_step_is_made_up_and_the_others_are_kept(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        STEPS.apply(Database(old), stop_before="0003-revisions")
    with closing(open_store(path)) as store:
        store.create(an_assessment())
        assert submit(store, 0).number == 1


def test_the_number_of_steps_is_the_number_that_is_looked_for(path: Path, store: Store) -> None:
    store.check()
    with closing(sqlite3.connect(path)) as looking:
        applied = looking.execute("select count(*) from _sqlite_migrations").fetchone()
        assert applied == looking.execute("pragma user_version").fetchone() == (SCHEMA_VERSION,)


def test_a_start_with_nothing_to_do_does_not_load_what_it_does_not_need(
    path: Path, store: Store
) -> None:
    store.close()
    code = (
        "import sys; from riskq.store import open_store; open_store(sys.argv[1]).check();"
        "sys.exit('sqlite_utils' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, path], check=True, timeout=60)


def test_a_file_of_a_newer_release_is_refused_and_left_alone(path: Path, store: Store) -> None:
    store.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as newer:
        newer.execute("pragma user_version = 99")
    with pytest.raises(StoreUnavailable, match="newer riskq") as told:
        open_store(path)
    assert told.value.reason == "newer"


def test_the_files_are_for_the_service_alone(path: Path, store: Store) -> None:
    store.create(an_assessment())
    files = list(path.parent.iterdir())
    assert {file.name for file in files} == {"riskq.db", "riskq.db-wal", "riskq.db-shm"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_deleted_words_are_in_no_file_any_more(path: Path, store: Store) -> None:
    store.create(an_assessment())
    save(store, 0, write("a", "1", because=SECRET))
    submit(store, 1, SECRET)
    assert is_on_the_disk(path)
    assert store.delete("one")
    # The writer erases before it takes the next job, so that this call waits for it. A call that
    # also reads would not do: while it reads, the log cannot be emptied.
    store.create(an_assessment("two"))
    assert not is_on_the_disk(path)


def test_words_deleted_right_before_a_crash_are_erased_by_the_next_process(
    path: Path, store: Store
) -> None:
    store.create(an_assessment())
    save(store, 0, write("a", "1", because=SECRET))
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from assessments").fetchone()
        command = [sys.executable, "-c", DELETING, str(path)]
        subprocess.run(command, check=True, timeout=60, cwd=Path(__file__).parents[2])
        assert is_on_the_disk(path)
    with closing(open_store(path)):
        assert not is_on_the_disk(path)


def test_a_restored_copy_without_a_log_is_written_durably_again(path: Path, store: Store) -> None:
    store.create(an_assessment())
    store.close()
    with closing(sqlite3.connect(path)) as copy:
        copy.execute("pragma journal_mode = delete")
    with closing(open_store(path)) as again:
        again.check()
        with closing(sqlite3.connect(path)) as looking:
            assert looking.execute("pragma journal_mode").fetchone() == ("wal",)


def test_a_child_process_may_use_the_store_and_the_parent_goes_on(path: Path) -> None:
    # Newer Pythons warn of every fork while threads run, which is what is tried here.
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", FORKING, str(path)]
    subprocess.run(command, check=True, timeout=60, cwd=Path(__file__).parents[2])


@pytest.mark.parametrize("form", ["{}", "sqlite:///{}"])
def test_a_store_is_named_by_its_path_or_by_an_address(form: str, path: Path) -> None:
    address = form.format(path)
    with closing(open_store(address)) as store:
        store.check()
    assert path.exists()


def test_a_path_may_hold_any_letters(tmp_path: Path) -> None:
    path = tmp_path / "деректер қоры %20?mode=ro#x.db"
    with closing(open_store(path)) as store:
        store.check()
    assert path.exists()


@pytest.mark.parametrize("address", ["", ":memory:", "sqlite:///", "mysql://host/riskq"])
def test_an_address_that_means_no_store_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="no address of a store"):
        open_store(address)
