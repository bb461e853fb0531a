"""A disk that fails at one call or another: the store says so, changes nothing, and goes on."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.told import expect_whole

CHILD = Path(__file__).with_name("stubborn_child.py")
SAVES = 20


@pytest.mark.slow
@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
@pytest.mark.parametrize(
    ("call", "most"), [("pwrite64", 20), ("fdatasync", 12), ("pread64", 8), ("ftruncate", 2)]
)
def test_a_call_that_fails_is_told_and_loses_nothing(
    tmp_path: Path, call: str, most: int, error: str
) -> None:
    refusals = 0
    for when in range(1, most + 1):
        path, log = tmp_path / f"{when}" / "riskq.db", tmp_path / f"{when}.log"
        path.parent.mkdir()
        files = [word for end in ("", "-wal", "-shm") for word in ("-P", f"{path}{end}")]
        inject = f"inject={call}:error={error}:when={when}"
        watch = ["strace", "-f", "-qq", "-o", str(log), *files, "-e", f"trace={call}", "-e", inject]
        command = [*watch, sys.executable, str(CHILD), str(path), str(SAVES)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, (when, done.stderr)
        saved = re.findall(r"^saved (\d+)$", done.stdout, re.MULTILINE)
        assert saved == [str(number) for number in range(1, SAVES + 1)]
        reasons = set(re.findall(r"^refused (\S+)$", done.stdout, re.MULTILINE))
        assert reasons <= {"io", "full", "corrupt"}
        refusals += bool(reasons)
        assert "(INJECTED)" in log.read_text()
        expect_whole(path)
    assert refusals
