"""Files are put whole or not at all, under no names but ours, where nobody else reads them."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from riskq.store import FileStore, NoFiles, NoSuchFile, StoreUnavailable, open_files

NAME, OTHER = "abcdefghjkmn", "npqrstuvwxyz"
NOW = timedelta(seconds=-1)
"""Older than what comes in a second: everything."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "riskq-evidence"


@pytest.fixture
def files(folder: Path) -> FileStore:
    return open_files(folder, spare=0)


def read(files: FileStore, name: str) -> bytes:
    with files.open(name) as file:
        return file.read()


def test_what_was_put_is_there_until_it_is_removed(files: FileStore) -> None:
    files.put(NAME, [b"one ", b"two"])
    assert read(files, NAME) == b"one two"
    assert list(files.list(NOW)) == [NAME]
    assert list(files.list(timedelta(hours=1))) == []
    files.remove(NAME)
    files.remove(NAME)
    with pytest.raises(NoSuchFile):
        files.open(NAME)
    assert list(files.list(NOW)) == []


def test_nobody_else_on_the_machine_may_read_them(files: FileStore, folder: Path) -> None:
    files.put(NAME, [b"x"])
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / NAME).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "name", ["", "..", "../riskq.db", "/etc/passwd", "a/b", f"{NAME}.pdf", "ABCDEFGHJKMN", "short"]
)
def test_no_other_name_becomes_a_path(files: FileStore, folder: Path, name: str) -> None:
    folder.parent.joinpath("riskq.db").write_text("answers")
    for call in (lambda: files.put(name, [b"x"]), lambda: files.open(name)):
        with pytest.raises(NoSuchFile):
            call()
    with pytest.raises(NoSuchFile):
        files.remove(name)
    assert folder.parent.joinpath("riskq.db").exists()


def breaks_off() -> Iterator[bytes]:
    yield b"half"
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_half_a_file_is_none(files: FileStore, folder: Path) -> None:
    with pytest.raises(StoreUnavailable) as told:
        files.put(NAME, breaks_off())
    assert told.value.reason == "full"
    assert list(folder.iterdir()) == []


def test_room_is_left_for_answers(folder: Path) -> None:
    with pytest.raises(StoreUnavailable) as told:
        open_files(folder, spare=1 << 60).put(NAME, [b"x"])
    assert told.value.reason == "full"
    assert list(folder.iterdir()) == []


WRITER = """
import resource, signal, sys
from pathlib import Path
from riskq.store import StoreUnavailable, open_files
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    open_files(Path(sys.argv[1]), spare=0).put(sys.argv[2], [bytes(65536)] * 4)
except StoreUnavailable:
    sys.exit(7)
"""


def test_a_write_that_fails_leaves_nothing(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-c", WRITER, str(folder), NAME], check=False)
    assert done.returncode == 7
    assert list(folder.iterdir()) == []


def test_what_a_killed_process_left_is_found_and_removed(files: FileStore, folder: Path) -> None:
    files.put(NAME, [b"x"])
    (folder / f"{OTHER}.part").write_bytes(b"half")
    (folder / "notes.txt").write_text("of the operator")
    assert sorted(files.list(NOW)) == [NAME, f"{OTHER}.part"]
    files.remove(f"{OTHER}.part")
    assert sorted(path.name for path in folder.iterdir()) == [NAME, "notes.txt"]


def test_where_no_files_are_kept_none_can_be_put() -> None:
    with pytest.raises(StoreUnavailable):
        NoFiles().put(NAME, [b"x"])
    with pytest.raises(NoSuchFile):
        NoFiles().open(NAME)
    assert list(NoFiles().list(NOW)) == []
