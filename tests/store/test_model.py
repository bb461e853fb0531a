"""Random uses of the store beside a plain dictionary: both must always say the same."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from riskq.store import (
    HOLDER,
    Act,
    AnswerChange,
    Assessment,
    AssessmentExists,
    NoSuchAssessment,
    Revision,
    StaleAnswer,
    StaleSequence,
    StoredAnswer,
    StoreError,
    open_store,
)
from tests.store.builders import LATER, NOW, an_assessment, submit

T = TypeVar("T")

NAMES = st.sampled_from(["one", "two", "three"])
QUESTIONS = st.sampled_from(["a", "b", "c"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
STALENESS = st.sampled_from([0, 0, 0, 0, 0, 1, 2, -1])
CHANGES = st.dictionaries(QUESTIONS, st.tuples(st.none() | TEXTS, TEXTS, STALENESS), max_size=3)


class StoreBesideDictionary(RuleBasedStateMachine):
    """The store, and what it should hold."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "riskq.db"
        self.store = open_store(self.path)
        self.assessments: dict[str, Assessment] = {}
        self.revisions: dict[str, tuple[Revision, ...]] = {}
        self.known: dict[str, Assessment] = {}

    @rule(name=NAMES, days=st.integers(-2, 2))
    def create(self, name: str, days: int) -> None:
        assessment = an_assessment(name, expires_at=NOW + timedelta(days=days))
        outcome = outcome_of(lambda: self.store.create(assessment))
        if name in self.assessments:
            assert isinstance(outcome, AssessmentExists)
        else:
            assert outcome is None
            self.assessments[name], self.revisions[name] = assessment, ()

    @rule(name=NAMES, behind=STALENESS, wanted=CHANGES, hours=st.integers(0, 9))
    def save(
        self,
        name: str,
        behind: int,
        wanted: dict[str, tuple[str | None, str, int]],
        hours: int,
    ) -> None:
        present = self.assessments.get(name, an_assessment(name))
        versions = {answer.question: answer.version for answer in present.answers}
        changes = [
            AnswerChange(question, value, because, max(0, versions.get(question, 0) - late))
            for question, (value, because, late) in wanted.items()
        ]
        stale = [c for c in changes if c.expected_version != versions.get(c.question, 0)]
        at = NOW + timedelta(hours=hours)
        outcome = outcome_of(
            lambda: self.store.save(
                name, present.sequence - behind, changes, Act(at, HOLDER), LATER
            )
        )
        if name not in self.assessments:
            assert isinstance(outcome, NoSuchAssessment)
        elif behind != 0:
            assert isinstance(outcome, StaleSequence)
            assert outcome.current == present.sequence
        elif stale:
            assert isinstance(outcome, StaleAnswer)
            assert outcome.question == stale[0].question
            standing = {answer.question: answer for answer in present.answers}
            assert outcome.current == standing.get(outcome.question)
        else:
            assert outcome == present.sequence + bool(changes)
            after = replace(present, sequence=outcome, touched_at=at, expires_at=LATER)
            self.assessments[name] = apply(after, changes)

    @rule(name=NAMES, behind=STALENESS, snapshot=TEXTS)
    def submit(self, name: str, behind: int, snapshot: str) -> None:
        present = self.assessments.get(name, an_assessment(name))
        before = self.revisions.get(name, ())
        outcome = outcome_of(lambda: submit(self.store, present.sequence - behind, snapshot, name))
        if name not in self.assessments:
            assert isinstance(outcome, NoSuchAssessment)
        elif behind != 0:
            assert isinstance(outcome, StaleSequence)
            assert outcome.current == present.sequence
        elif before and before[-1].sequence == present.sequence:
            assert outcome == before[-1]
        else:
            assert isinstance(outcome, Revision)
            assert (outcome.number, outcome.snapshot) == (len(before) + 1, snapshot)
            self.revisions[name] = (*before, outcome)
            self.assessments[name] = replace(
                present, last_revision=outcome.number, touched_at=outcome.submitted_at
            )

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        assert self.store.delete(name) == (name in self.assessments)
        self.forget(name)

    @rule(days=st.integers(-2, 2))
    def purge(self, days: int) -> None:
        now = NOW + timedelta(days=days)
        expired = [name for name, one in self.assessments.items() if one.expires_at <= now]
        assert self.store.purge(now) == len(expired)
        for name in expired:
            self.forget(name)

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = open_store(self.path)

    def forget(self, name: str) -> None:
        with suppress(KeyError):
            del self.assessments[name], self.revisions[name], self.known[name]

    @invariant()
    def both_say_the_same(self) -> None:
        if not hasattr(self, "store"):
            return
        for name in ("one", "two", "three"):
            found = self.store.find(name)
            assert found == self.assessments.get(name)
            assert self.store.find(name, self.known.get(name)) == found
            self.known.update({} if found is None else {name: found})
            revisions = self.revisions.get(name, ())
            assert self.store.revisions(name) == revisions
            last = self.store.revision(name, len(revisions))
            assert last == (revisions[-1] if revisions else None)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()


def outcome_of(call: Callable[[], T]) -> T | StoreError:
    """What the call gives, or the error that it raises."""
    try:
        return call()
    except StoreError as error:
        return error


def apply(assessment: Assessment, changes: list[AnswerChange]) -> Assessment:
    """The assessment with its answers changed; its sequence and time are the new ones already."""
    answers = {answer.question: answer for answer in assessment.answers}
    for change in changes:
        answers.pop(change.question, None)
        if change.value is not None:
            answers[change.question] = StoredAnswer(
                change.question,
                change.value,
                change.because,
                assessment.sequence,
                assessment.touched_at,
            )
    ordered = sorted(answers.values(), key=lambda answer: answer.question)
    return replace(assessment, answers=tuple(ordered))


TestStoreBesideDictionary = StoreBesideDictionary.TestCase
TestStoreBesideDictionary.settings = settings(max_examples=20, stateful_step_count=25)
