"""What happens to an assessment stands in its own book, and goes with it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from riskq.store import HOLDER, Act, Store, StoreError, history
from tests.store.builders import (
    LATER,
    NOW,
    an_answer,
    an_assessment,
    remove,
    save,
    submit,
    write,
)

BOOK = "assessment:one"


def told(store: Store) -> list[tuple[str, str, object]]:
    events = store.read(lambda unit: history.events(unit, BOOK, most=99))
    return [
        (event.action, event.subject, json.loads(event.detail or "null"))
        for event in reversed(events)
    ]


def test_every_change_of_an_answer_is_told_with_what_stood_before(store: Store) -> None:
    store.create(an_assessment())
    save(store, 0, write("a", '"yes"', because="so"))
    save(store, 1, write("a", '"no"', was=1), write("b", '["x"]'))
    save(store, 2, remove("a", was=2))
    assert told(store) == [
        ("answer", "a", {"old": None, "new": {"answer": '"yes"', "because": "so"}}),
        (
            *("answer", "a"),
            {"old": {"answer": '"yes"', "because": "so"}, "new": {"answer": '"no"'}},
        ),
        ("answer", "b", {"old": None, "new": {"answer": '["x"]'}}),
        ("answer", "a", {"old": {"answer": '"no"'}, "new": None}),
    ]
    assert store.read(lambda unit: list(history.faults(unit, BOOK))) == []


def test_a_change_is_told_of_whoever_made_it(store: Store) -> None:
    store.create(an_assessment())
    store.save("one", 0, [write("a", "1")], Act(NOW, "aida"), LATER)
    submit(store, 1)
    events = store.read(lambda unit: history.events(unit, BOOK, most=9))
    assert [(event.actor, event.at) for event in events] == [(HOLDER, NOW), ("aida", NOW)]


def test_editions_and_revisions_are_told_once(store: Store) -> None:
    store.create(an_assessment())
    store.move("one", 0, date(2027, 1, 1), "other", Act(NOW, HOLDER))
    first, second = submit(store, 1), submit(store, 1)
    assert first == second
    assert told(store) == [
        ("edition", "", {"old": "2026-08-25", "new": "2027-01-01"}),
        ("submitted", "1", {"revision": 1, "sha256": first.sha256}),
    ]


def test_what_an_assessment_began_with_is_told(store: Store) -> None:
    store.create(an_assessment(sequence=1, answers=(an_answer("a", '"yes"', 1),)))
    assert told(store) == [("assessment-started", "", {"answers": {"a": {"answer": '"yes"'}}})]


def test_a_change_that_is_refused_is_not_told(store: Store) -> None:
    store.create(an_assessment())
    save(store, 0, write("a", "1"))
    before = told(store)
    for sequence, change in ((0, write("b", "1")), (1, write("a", "2"))):
        with pytest.raises(StoreError):
            save(store, sequence, change)
    assert told(store) == before


def test_a_history_goes_with_its_assessment(store: Store, path: Path) -> None:
    for name in ("one", "two"):
        store.create(an_assessment(name))
        save(store, 0, write("a", '"a word that nobody may find"'), name=name)
    assert store.delete("one")
    assert store.purge(LATER) == 1
    assert store.read(history.books) == ()
    store.close()
    assert b"nobody may find" not in path.read_bytes()
