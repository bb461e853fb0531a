"""Classes of answers: what a questionnaire can tell apart, and nothing finer.

All answers to a question that no condition and no score tells apart form one class. There are few
classes even where there are endless answers (numbers, dates, sets of options), which is what makes
it possible to look at all combinations. A class of an unsure answer knows that "I don't know" was
said, where some condition asks for that, and stands for one truth that may lie behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from riskq.engine.answers import Answer, Chosen, Counted, Dated, Unsure, Written
from riskq.questionnaire import (
    UNSURE,
    Atom,
    Beyond,
    Compares,
    Includes,
    Kind,
    OlderThan,
    Option,
    Question,
)

__all__ = ["Classes", "Signature"]

Points = tuple[Decimal, ...]
ZERO = Decimal(0)


class Signature(Struct, frozen=True):
    """What makes a class: which atoms hold, its points on each score, whether it is unsure."""

    truths: tuple[bool, ...]
    points: Points
    unsure: bool


class Classes:
    """The classes of one question, for the atoms that speak of it and the scores it feeds.

    ``on`` is the day that periods are counted from while the classes are made; which classes exist
    does not depend on it. A day that has not come yet makes a class too, which opens on that day.
    """

    def __init__(
        self, question: Question, atoms: Iterable[Atom], scores: tuple[str, ...], on: date
    ) -> None:
        self.question = question
        self.on = on
        self.atoms = tuple(dict.fromkeys(atoms))
        self.scores = scores
        self.tests_unsure = any(
            isinstance(atom, Includes) and UNSURE in atom.options for atom in self.atoms
        )
        samples: dict[Signature, Answer] = {}
        for answer in self._samples(on):
            samples.setdefault(self._signature(answer, on, unsure=False), answer)
        if self.tests_unsure:
            for signature in tuple(samples):
                doubted = self._doubted(signature)
                samples.setdefault(doubted, Unsure())
        self.waits = question.kind is Kind.DATE and not question.future and self._has_day()
        self.signatures = tuple(samples)
        self.samples = tuple(samples.values())
        self._index = {signature: index for index, signature in enumerate(self.signatures)}
        # The same few options are chosen again and again, and looking them up costs far less.
        self._chosen = lru_cache(maxsize=1024)(self._of_options)

    def __len__(self) -> int:
        return len(self.signatures)

    def _has_day(self) -> bool:
        return any(isinstance(atom, Compares) for atom in self.atoms)

    @cached_property
    def all(self) -> tuple[int, ...]:
        """All classes."""
        return tuple(range(len(self.signatures)))

    @cached_property
    def unsure(self) -> tuple[int, ...]:
        """All classes that may lie behind "I don't know"."""
        if not self.tests_unsure:
            return self.all
        return tuple(i for i, signature in enumerate(self.signatures) if signature.unsure)

    def _of_options(self, options: tuple[str, ...]) -> tuple[int, ...]:
        return (self._index[self._signature(Chosen(options), date.min, unsure=False)],)

    def allowed(self, answer: Answer | None, on: date) -> tuple[int, ...]:
        """The classes that an answer leaves possible: one, or several where it is open."""
        if type(answer) is Chosen:
            return self._chosen(answer.options)
        if answer is None:
            return self._come(self.all, on)
        if isinstance(answer, Unsure):
            return self._come(self.unsure, on)
        if isinstance(answer, Written):
            return (0,)
        return (self._index[self._signature(answer, on, unsure=False)],)

    def _come(self, classes: tuple[int, ...], on: date) -> tuple[int, ...]:
        """Those of the classes that an answer may have on the day: nobody answers a later one."""
        if not self.waits:
            return classes
        days = (a for a in self._samples(on) if not (isinstance(a, Dated) and a.day > on))
        truths = {self._signature(answer, on, unsure=False) for answer in days}
        if self.tests_unsure:
            truths |= {self._doubted(signature) for signature in truths}
        return tuple(i for i in classes if self.signatures[i] in truths)

    def certain(self, on: date) -> tuple[int, ...]:
        """The classes that a known answer may have on the day."""
        known = (i for i, signature in enumerate(self.signatures) if not signature.unsure)
        return self._come(tuple(known), on)

    def branches(self, atom: Atom, yes: int, no: int) -> tuple[int, ...]:
        """One branch a class for an atom: ``yes`` where it holds, ``no`` where it fails."""
        position = self.atoms.index(atom)
        return tuple(yes if signature.truths[position] else no for signature in self.signatures)

    def holding(self, atom: Atom) -> frozenset[int]:
        """The classes with an answer of which an atom holds, which no condition need have."""
        return self.parted(atom)[0]

    def parted(self, atom: Atom) -> tuple[frozenset[int], frozenset[int]]:
        """The classes with an answer of which an atom holds, and those with one where it fails."""
        finer = tuple(self._finer(atom))
        holding = frozenset(own for own, truth in finer if truth[0])
        return holding, frozenset(own for own, truth in finer if not truth[0])

    def differing(self, one: Atom, other: Atom) -> frozenset[int]:
        """The classes with an answer of which one of the atoms holds and the other does not."""
        finer = self._finer(one, other)
        return frozenset(own for own, truth in finer if truth[0] != truth[1])

    def of(self, answer: Answer) -> int:
        """The class of an answer that is not open."""
        return self._index[self._signature(answer, self.on, unsure=False)]

    def answered_by(self, question: Question) -> Mapping[int, Answer]:
        """The classes that answers to a narrower question fall in, each with such an answer."""
        own = Classes(question, self.atoms, self.scores, self.on)
        return {
            self._index[signature]: answer
            for signature, answer in zip(own.signatures, own.samples, strict=True)
            if signature in self._index
        }

    def of_options(self, options: Iterable[str]) -> tuple[Chosen, ...]:
        """Sets of these options, of which every class that has such a set has at least one."""
        wanted = set(options)
        fewer = tuple(option for option in self.question.options if option.id in wanted)
        question = replace(self.question, options=fewer)
        samples = Classes(question, self.atoms, self.scores, self.on).samples
        return tuple(sample for sample in samples if isinstance(sample, Chosen))

    def _finer(self, *atoms: Atom) -> Iterator[tuple[int, tuple[bool, ...]]]:
        """The classes that these atoms too tell apart: the class here, and which of them hold."""
        finer = Classes(self.question, (*self.atoms, *atoms), self.scores, self.on)
        places = [finer.atoms.index(atom) for atom in atoms]
        for signature in finer.signatures:
            truths = signature.truths
            coarse = Signature(truths[: len(self.atoms)], signature.points, signature.unsure)
            if coarse in self._index:
                yield self._index[coarse], tuple(truths[place] for place in places)

    def points(self, score: str) -> tuple[Decimal, ...]:
        """The points of each class on a score."""
        position = self.scores.index(score)
        return tuple(signature.points[position] for signature in self.signatures)

    def _signature(self, answer: Answer, on: date, *, unsure: bool) -> Signature:
        truths = tuple(_holds(atom, answer, on) for atom in self.atoms)
        return Signature(truths, self._points(answer), unsure)

    def _doubted(self, signature: Signature) -> Signature:
        truths = tuple(
            truth or (isinstance(atom, Includes) and UNSURE in atom.options)
            for truth, atom in zip(signature.truths, self.atoms, strict=True)
        )
        return Signature(truths, signature.points, unsure=True)

    def _points(self, answer: Answer) -> Points:
        chosen = set(answer.options) if isinstance(answer, Chosen) else set()
        options = [option for option in self.question.options if option.id in chosen]
        return tuple(
            sum((o.points.get(score, ZERO) for o in options), ZERO) for score in self.scores
        )

    def _samples(self, on: date) -> Iterator[Answer]:
        """Answers of which every class has at least one."""
        question = self.question
        if question.is_text:
            yield Written("-")
        elif question.kind is Kind.MANY:
            yield from self._choices()
        else:
            yield from (Chosen((option.id,)) for option in question.options)
            if question.kind is Kind.NUMBER:
                yield from (Counted(number) for number in self.numbers())
            elif question.kind is Kind.DATE:
                yield from (Dated(day) for day in self._days(on))

    def _choices(self) -> Iterator[Answer]:
        """Sets of options, grown one option at a time and merged where nothing tells them apart."""
        for option in self.question.options:
            if option.exclusive:
                yield Chosen((option.id,))
        grown: dict[Signature, tuple[str, ...]] = {}
        for option in self.question.options:
            if not option.exclusive:
                grown = {**self._with(grown, option), **grown}
        yield from (Chosen(options) for options in grown.values())

    def _with(
        self, grown: Mapping[Signature, tuple[str, ...]], option: Option
    ) -> dict[Signature, tuple[str, ...]]:
        sets = [(option.id,), *((*options, option.id) for options in grown.values())]
        return {self._signature(Chosen(chosen), date.min, unsure=False): chosen for chosen in sets}

    def numbers(self) -> tuple[Decimal, ...]:
        """Accepted numbers of which every class of numbers has at least one, rising."""
        bounds = sorted(
            {
                a.bound
                for a in self.atoms
                if isinstance(a, Compares) and isinstance(a.bound, Decimal)
            }
        )
        span = self.question.range
        candidates = [*bounds, *((a + b) / 2 for a, b in pairwise(bounds))]
        candidates += [bounds[0] - 1, bounds[-1] + 1] if bounds else [ZERO]
        if span is not None:
            candidates = [n for n in candidates if span.min <= n <= span.max] + [span.min, span.max]
        return tuple(sorted(set(candidates)))

    def _days(self, on: date) -> Iterator[date]:
        cuts = {atom.period.before(on) for atom in self.atoms if isinstance(atom, OlderThan)}
        cuts |= {
            a.bound
            for a in self.atoms
            if isinstance(a, Compares) and not isinstance(a.bound, Decimal)
        }
        near = {_neighbour(cut, step) for cut in cuts for step in (-1, 0, 1)}
        yield from sorted(near | {on})


def _neighbour(day: date, step: int) -> date:
    """The day before or after; the ends of the calendar have only one neighbour."""
    ordinal = day.toordinal() + step
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def _holds(atom: Atom, answer: Answer, on: date) -> bool:
    match atom:
        case Includes(options=options):
            return isinstance(answer, Chosen) and any(
                chosen in options for chosen in answer.options
            )
        case Beyond(options=options):
            if isinstance(answer, Chosen):
                return any(chosen not in options for chosen in answer.options)
            return isinstance(answer, Counted | Dated)
        case OlderThan(period=period):
            return isinstance(answer, Dated) and answer.day < period.before(on)
        case Compares(comparison=comparison, bound=bound):
            value = answer.number if isinstance(answer, Counted) else None
            if isinstance(answer, Dated):
                return isinstance(bound, date) and comparison.holds(answer.day, bound)
            return (
                value is not None and isinstance(bound, Decimal) and comparison.holds(value, bound)
            )
