"""Power that fails at any moment: what was acknowledged is on the disk, and the rest is whole."""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path

import pytest

from riskq.store import open_store
from tests.store.told import expect_all_that_was_told, last_told
from tests.store.write_log import Change, Disk, Flush, Line, events_of

CHILD = Path(__file__).with_name("saving_child.py")
CUTS = 200
SAVES = 250


@pytest.mark.slow
def test_whenever_the_power_fails_all_that_was_acknowledged_is_there(tmp_path: Path) -> None:
    folder, left = tmp_path / "written", tmp_path / "left"
    folder.mkdir()
    path = folder / "riskq.db"
    open_store(path).close()
    disk = Disk({path.name: bytearray(path.read_bytes())})
    command = [sys.executable, str(CHILD), str(path), "p", "4", str(SAVES)]
    events = list(events_of(command, folder, tmp_path / "log"))
    # The log was emptied into the database more than once, which is when order matters most.
    assert events.count(Flush(path.name)) >= 3
    rng = random.Random(20)
    cuts = {rng.randrange(len(events)) for _ in range(CUTS)} | {len(events) - 1}
    told: list[str] = []
    for number, event in enumerate(events):
        if isinstance(event, Line):
            told.append(event.text)
        else:
            disk.take(event)
        if number in cuts:
            shutil.rmtree(left, ignore_errors=True)
            left.mkdir()
            for name, data in disk.after_a_cut(rng).items():
                (left / name).write_bytes(data)
            expect_all_that_was_told(left / path.name, last_told(told))
    assert len(told) == 4 * SAVES


def test_a_disk_without_flushes_would_lose_something() -> None:
    disk = Disk({})
    disk.take(Change("a", 0, b"x" * 4096))
    left = [disk.after_a_cut(random.Random(seed)).get("a", b"") for seed in range(50)]
    assert {len(one) for one in left} >= {0, 4096}
    assert any(0 < len(one) < 4096 for one in left)
