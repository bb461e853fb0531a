"""Answers that tell two editions apart, such as both of them take wherever there are any."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date
from operator import ne

from msgspec import Struct
from msgspec.structs import replace

from riskq.checks.apart import Step, tell_apart
from riskq.checks.finding import Example
from riskq.engine import Answer, AnswerFault, Compiled, read_answer, write_answer
from riskq.questionnaire import Question, Questionnaire, Range

__all__ = ["Apart", "Telling"]

Taken = Mapping[int, Mapping[int, Answer]]
"""The classes of answers that may be given, by variable, each with an answer of the class."""


class Telling(Struct, frozen=True):
    """Answers with which two diagrams say ``old`` and ``new``.

    The questions of ``not_by_old`` have an answer that the older edition does not take, so that it
    says nothing of these answers, and ``old`` is ``None``; ``not_by_new`` likewise.
    """

    example: Example
    old: Hashable
    new: Hashable
    not_by_old: tuple[str, ...] = ()
    not_by_new: tuple[str, ...] = ()


class Apart:
    """Finds answers that tell two editions apart, both compiled into one store of diagrams."""

    def __init__(
        self, old: Questionnaire, new: Questionnaire, one: Compiled, other: Compiled
    ) -> None:
        self.old, self.new = old, new
        self.one, self.other = one, other
        self.shared = dict(self._shared())

    def telling(self, one: int, other: int) -> Telling:
        """Answers with which two diagrams differ: of both editions, of one, or of neither."""
        diagrams, classes = self.one.diagrams, self.one.classes
        everything = {variable: own.all for variable, own in enumerate(classes)}
        for taken in (self.shared, self._of(self.new), self._of(self.old), {}):
            allowed = everything | {variable: tuple(own) for variable, own in taken.items()}
            # Equal leaves are one node: every pair of leaves that is met is two that differ.
            found = tell_apart(diagrams, (one, other), allowed, ne)
            if found is not None:
                old, new = (diagrams.value[leaf] for leaf in found[1:])
                return self._told(found[0], old, new)
        return Telling({}, None, None)

    def _told(self, steps: Sequence[Step], old: Hashable, new: Hashable) -> Telling:
        example = dict(self._written(*step) for step in steps)
        not_old, not_new = (
            tuple(name for name in example if not _takes(edition, name, example[name]))
            for edition in (self.old, self.new)
        )
        sides = (None if not_old else old, None if not_new else new)
        return Telling(example, *sides, not_old, not_new)

    def _written(self, variable: int, choice: int) -> tuple[str, str | list[str]]:
        classes = self.other.classes[variable]
        sample = self.shared.get(variable, {}).get(choice, classes.samples[choice])
        return classes.question.id, write_answer(classes.question, sample)

    def _shared(self) -> Iterator[tuple[int, Mapping[int, Answer]]]:
        """The answers that both editions take, for each question that both have."""
        for name in self.old.by_id.keys() & self.new.by_id.keys():
            before, after = self.one.position[name], self.other.position[name]
            if before != after:
                # Of another kind, the question takes no answer that it took before.
                yield from ((before, {}), (after, {}))
                continue
            classes = self.other.classes[after]
            both = (self.old.by_id[name], self.new.by_id[name])
            samples = classes.answered_by(_narrower(classes.question, *both))
            yield after, _accepted(classes.question, samples, (self.old, self.new))

    def _of(self, edition: Questionnaire) -> Taken:
        """The answers that an edition takes, for each question that both have."""
        found: dict[int, Mapping[int, Answer]] = {}
        for variable in self.shared:
            classes = self.other.classes[variable]
            samples = dict(enumerate(classes.samples)) | dict(self.shared[variable])
            found[variable] = _accepted(classes.question, samples, (edition,))
        return found


def _accepted(
    question: Question, samples: Mapping[int, Answer], editions: Sequence[Questionnaire]
) -> Mapping[int, Answer]:
    """Those of the answers to a question that all of these editions take."""
    written = {choice: write_answer(question, answer) for choice, answer in samples.items()}
    return {
        choice: answer
        for choice, answer in samples.items()
        if all(_takes(edition, question.id, written[choice]) for edition in editions)
    }


def _narrower(merged: Question, before: Question, after: Question) -> Question:
    """A question that takes what both take: their options, and numbers in both ranges."""
    exclusive = {o.id for question in (before, after) for o in question.options if o.exclusive}
    common = set(before.option_ids) & set(after.option_ids)
    options = (replace(o, exclusive=o.id in exclusive) for o in merged.options if o.id in common)
    spans = [question.range for question in (before, after) if question.range is not None]
    span = Range(max(s.min for s in spans), min(s.max for s in spans)) if spans else None
    return replace(merged, options=tuple(options), range=span)


def _takes(edition: Questionnaire, name: str, written: str | list[str]) -> bool:
    """Whether an edition takes an answer; one to a question that it does not have is no matter."""
    question = edition.by_id.get(name)
    if question is None:
        return True
    try:
        read_answer(question, written, date.max)
    except AnswerFault:
        return False
    return True
