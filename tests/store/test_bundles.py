"""What is remembered of bundles: each report is made once, by one maker, and forgotten for good."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from riskq.store import Bundle, BundleStore, NewItem, StoreUnavailable, open_bundles

NOW = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=1)
LATER = NOW + timedelta(minutes=2)
MOST = 9
SECRET = "words that nobody may find in any file"

TAKING = """
import os, sys
from datetime import datetime
from pathlib import Path
from riskq.store import open_bundles

now, until = map(datetime.fromisoformat, sys.argv[2:])
assert open_bundles(sys.argv[1]).take("one", now, until)
os._exit(9)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bundles.db"


@pytest.fixture(params=["file", pytest.param("server", marks=pytest.mark.slow)])
def place(request: pytest.FixtureRequest, path: Path) -> str | Path:
    """Where bundles are: in a file, or in the database of a server."""
    if request.param == "file":
        return path
    from tests.postgres import new_database

    return new_database()


@pytest.fixture
def store(place: str | Path) -> Iterator[BundleStore]:
    opened = open_bundles(place)
    yield opened
    opened.close()


def a_bundle(name: str = "one", days: int = 7) -> Bundle:
    """A bundle that is kept for some days."""
    edition = date(2026, 8, 25)
    return Bundle(
        *(name, name.encode(), "kz-ai-law", edition, "0" * 64, "kk", NOW.date(), NOW),
        NOW + timedelta(days=days),
    )


def given(*names: str) -> list[NewItem]:
    return [NewItem(name, f'{{"text": "{SECRET}"}}') for name in names]


def states(store: BundleStore, name: str = "one") -> list[str]:
    return [item.state for item in store.items(name)]


def test_a_bundle_is_read_back_as_it_was(store: BundleStore) -> None:
    store.create(a_bundle(), [*given("a.json"), NewItem("b.json", None, "unreadable 3")], MOST)
    assert store.find("one") == a_bundle()
    assert store.find("two") is None
    first, second = store.items("one")
    assert (first.number, first.name, first.state) == (1, "a.json", "waiting")
    assert not first.can_retry
    assert (second.number, second.state, second.detail) == (2, "failed", "unreadable 3")
    assert not second.can_retry
    assert store.unfinished(NOW) == (("one", 0),)


def test_what_is_done_is_kept_and_its_answers_are_forgotten(
    store: BundleStore, place: str | Path
) -> None:
    store.create(a_bundle(), given("a", "b"), MOST)
    work = store.take("one", NOW, SOON)
    assert work is not None
    assert SECRET in work.answers
    assert states(store) == ["working", "waiting"]
    assert store.report("one", 1) is None
    assert store.finish(work, b"%PDF")
    assert (store.report("one", 1), store.items("one")[0].size) == (b"%PDF", 4)
    other = store.take("one", NOW, SOON)
    assert other is not None
    assert store.fail(other, "too-long")
    assert states(store) == ["done", "failed"]
    assert store.unfinished(LATER) == ()
    assert store.take("one", LATER, LATER) is None
    assert store.retry("one", MOST)
    assert states(store) == ["done", "waiting"]
    store.delete("one")
    if isinstance(place, Path):
        assert not any(SECRET.encode() in file.read_bytes() for file in place.parent.iterdir())


def test_many_makers_take_each_item_once(store: BundleStore) -> None:
    store.create(a_bundle(), given(*map(str, range(40))), MOST)
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: store.take("one", NOW, SOON), range(44)))
    numbers = sorted(work.number for work in taken if work)
    assert numbers == list(range(1, 41))


def test_what_a_killed_maker_had_taken_goes_to_the_next(
    store: BundleStore, place: str | Path
) -> None:
    store.create(a_bundle(), given("a"), MOST)
    arguments = [str(place), NOW.isoformat(), SOON.isoformat()]
    done = subprocess.run([sys.executable, "-c", TAKING, *arguments], check=False, env=os.environ)
    assert done.returncode == 9
    assert store.take("one", NOW, SOON) is None
    assert store.unfinished(NOW) == ()
    assert store.unfinished(SOON) == (("one", 0),)
    assert store.take("one", SOON, LATER) is not None


def test_who_comes_too_late_changes_nothing(store: BundleStore) -> None:
    store.create(a_bundle(), given("a"), MOST)
    slow = store.take("one", NOW, SOON)
    quick = store.take("one", SOON, LATER)
    assert slow is not None
    assert quick is not None
    assert not store.finish(slow, b"late")
    assert not store.fail(slow, "late")
    assert store.finish(quick, b"%PDF")
    assert not store.finish(slow, b"late")
    assert store.report("one", 1) == b"%PDF"


def test_stopping_keeps_what_is_done(store: BundleStore) -> None:
    store.create(a_bundle(), given("a", "b", "c"), MOST)
    done, begun = store.take("one", NOW, SOON), store.take("one", NOW, SOON)
    assert done is not None
    assert begun is not None
    store.finish(done, b"%PDF")
    store.cancel("one")
    assert states(store) == ["done", "cancelled", "cancelled"]
    assert not store.finish(begun, b"late")
    assert store.retry("one", MOST)
    assert states(store) == ["done", "waiting", "waiting"]


def test_bundles_go_when_their_time_is_over(store: BundleStore) -> None:
    store.create(a_bundle("one", days=1), given("a"), MOST)
    store.create(a_bundle("two", days=2), given("a"), MOST)
    assert store.purge(NOW + timedelta(days=1)) == 1
    assert store.find("one") is None
    assert store.items("one") == ()
    assert store.find("two") is not None
    assert not store.delete("one")


def test_a_damaged_file_is_told(path: Path) -> None:
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreUnavailable, match="damaged"):
        open_bundles(path)


def test_others_on_the_machine_cannot_read_it(path: Path) -> None:
    store = open_bundles(path)
    store.create(a_bundle(), given("a"), MOST)
    assert {file.stat().st_mode & 0o077 for file in path.parent.iterdir()} == {0}
    store.close()


def test_no_more_bundles_wait_than_may(store: BundleStore) -> None:
    assert store.create(a_bundle("one"), given("a"), 2)
    assert store.create(a_bundle("two"), given("a"), 2)
    assert not store.create(a_bundle("three"), given("a"), 2)
    assert store.find("three") is None
    store.cancel("one")
    assert store.create(a_bundle("three"), given("a"), 2)
    assert not store.retry("one", 2)
    assert store.retry("one", 3)
    assert not store.retry("two", 9)


def test_a_bundle_taken_up_again_has_another_turn(store: BundleStore) -> None:
    store.create(a_bundle(), given("a"), MOST)
    store.cancel("one")
    store.retry("one", MOST)
    assert store.unfinished(NOW) == (("one", 1),)
    found = store.find("one")
    assert found is not None
    assert found.turn == 1


def test_what_has_expired_is_made_no_more(store: BundleStore) -> None:
    store.create(a_bundle(days=1), given("a"), MOST)
    assert store.unfinished(NOW + timedelta(days=1)) == ()


def test_items_are_counted_by_state(store: BundleStore) -> None:
    assert store.count_items() == {}
    store.create(a_bundle(), [*given("a", "b", "c"), NewItem("d", None, "unreadable 3")], MOST)
    work = store.take("one", NOW, SOON)
    assert work is not None
    store.finish(work, b"report")
    assert store.count_items() == {"done": 1, "failed": 1, "waiting": 2}
