"""Holds the files of an edition against each other: does everything that is named exist?

What the rules *mean* together is proved elsewhere (``checks``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import assert_never

from msgspec.structs import replace

from riskq.errors import Problem
from riskq.questionnaire.conditions import (
    AllOf,
    Always,
    AnyOf,
    Atom,
    Beyond,
    Compares,
    Condition,
    FactHolds,
    Includes,
    Not,
    OlderThan,
    ScaleAt,
    ScoreCompares,
    walk,
)
from riskq.questionnaire.law import Law
from riskq.questionnaire.model import Kind, Question, QuestionsFile
from riskq.questionnaire.named import conditions_of
from riskq.questionnaire.names import note_unknown, repeated, repeated_names, unknown_answer
from riskq.questionnaire.order import Order
from riskq.questionnaire.place import Place
from riskq.questionnaire.rulebook import Rulebook
from riskq.questionnaire.shape import mixed_dates, shape_problems

__all__ = ["Links"]


@dataclass(frozen=True)
class Links:
    """The ids of an edition, and the problems found by following every reference to them."""

    questions_file: QuestionsFile
    rulebook: Rulebook
    law: Law
    rules_name: str = "rules.yml"
    questions: Mapping[str, Question] = field(init=False)

    def __post_init__(self) -> None:
        found = {question.id: question for question in self.questions_file.questions}
        object.__setattr__(self, "questions", found)

    def problems(self) -> Iterator[Problem]:
        """Everything that is wrong between the questions, the rules and the law."""
        yield from self._duplicates()
        for question in self.questions.values():
            yield from self._question(question)
        yield from self._conditions()
        outer = conditions_of(self.questions_file.sections, self.rulebook)
        yield from mixed_dates(self.questions.values(), outer)
        yield from Order(self.questions_file.sections, self.rulebook).problems()
        yield from self._rule_names()
        yield from self._duty_names()
        yield from self._fine_names()
        yield from self._document_names()
        yield from self._citations()

    def _duplicates(self) -> Iterator[Problem]:
        book = self.rulebook
        rules = [(rule.id, rule.place) for scale in book.scales for rule in scale.rules]
        asked = [(q.id, q.place) for q in self.questions_file.questions]
        groups: list[tuple[str, list[tuple[str, Place]]]] = [
            ("section", [(s.id, s.place) for s in self.questions_file.sections]),
            ("question", asked),
            ("rule", rules),
            ("duty", [(item.id, item.place) for item in book.duties]),
            ("notice", [(item.id, item.place) for item in book.notices]),
            ("requirement", [(item.id, item.place) for item in book.requirements]),
            ("fine", [(item.id, item.place) for item in book.fines]),
            ("limit", [(item.id, item.place) for item in book.limits]),
        ]
        for what, items in groups:
            yield from repeated(what, items)

    def _question(self, question: Question) -> Iterator[Problem]:
        yield from repeated("option", [(o.id, o.place) for o in question.options])
        yield from shape_problems(question)
        for option in question.options:
            for score in option.points:
                if score not in self.rulebook.scores:
                    yield note_unknown("score", score, self.rulebook.scores, option.place)

    def _conditions(self) -> Iterator[Problem]:
        for outer in conditions_of(self.questions_file.sections, self.rulebook):
            for condition in walk(outer):
                yield from self._names(condition)

    def _names(self, condition: Condition) -> Iterator[Problem]:
        book = self.rulebook
        match condition:
            case Includes() | Beyond() | Compares() | OlderThan():
                yield from self._atom(condition)
            case FactHolds(fact=fact):
                facts = [known.id for known in book.facts]
                if fact not in facts:
                    yield note_unknown("fact", fact, facts, condition.place)
            case ScaleAt(scale=scale, levels=levels):
                yield from repeated_names("level", levels, condition.place)
                yield from self._levels(scale, levels, condition.place)
            case ScoreCompares(score=score):
                if score not in book.scores:
                    yield note_unknown("score", score, book.scores, condition.place)
            case Always() | AllOf() | AnyOf() | Not():
                pass
            case _:
                assert_never(condition)

    def _levels(self, scale: str, levels: Iterable[str], place: object) -> Iterator[Problem]:
        scales = {known.id: known.levels for known in self.rulebook.scales}
        if scale not in scales:
            yield note_unknown("scale", scale, scales, place)
            return
        for level in dict.fromkeys(levels):
            if level not in scales[scale]:
                yield note_unknown("level", level, scales[scale], place, of=f'"{scale}"')

    def _atom(self, atom: Atom) -> Iterator[Problem]:
        question = self.questions.get(atom.question)
        if question is None:
            yield note_unknown("question", atom.question, self.questions, atom.place)
            return
        if isinstance(atom, Includes | Beyond):
            yield from repeated_names("option", atom.options, atom.place)
            known = question.accepts if isinstance(atom, Includes) else question.option_ids
            yield from (
                unknown_answer(question, atom, option)
                for option in dict.fromkeys(atom.options)
                if option not in known
            )
        wanted = _wanted_kind(atom)
        if wanted is not None and question.kind not in wanted:
            what = f'"{question.id}" is of kind {question.kind.value}, which cannot be compared so'
            kinds = " or ".join(kind.value for kind in wanted)
            yield Problem("wrong-test", str(atom.place), what, f"Test a question of kind {kinds}.")

    def _rule_names(self) -> Iterator[Problem]:
        for scale in self.rulebook.scales:
            yield from repeated("level", [(level, scale.place) for level in scale.levels])
            for name, order in scale.monotone.items():
                yield from self._order(name, order, scale.place)
            for rule in scale.rules:
                if rule.level not in scale.levels:
                    yield note_unknown(
                        "level", rule.level, scale.levels, rule.place, of=f'"{scale.id}"'
                    )
        marked = [scale for scale in self.rulebook.scales if scale.headline]
        for scale in marked[1:]:
            yield Problem(
                "second-headline", str(scale.place), "a second headline", "Mark one scale only."
            )

    def _order(self, name: str, order: tuple[str, ...], place: Place) -> Iterator[Problem]:
        """What is wrong with an order of answers under ``monotone``."""
        question = self.questions.get(name)
        if question is not None and question.kind is Kind.NUMBER:
            if sorted(order) != ["less", "more"]:
                what = f'"{name}" is a number, which is ordered otherwise'
                yield Problem("bad-order", str(place), what, "Write [less, more] or [more, less].")
            return
        yield from self._options(name, order, place)
        if len(set(order)) < max(len(order), 2):
            what = f'the order of "{name}" compares nothing, or an option with itself'
            mend = "Write two options or more, each once, from the lightest to the gravest."
            yield Problem("bad-order", str(place), what, mend)

    def _duty_names(self) -> Iterator[Problem]:
        fines = [fine.id for fine in self.rulebook.fines]
        for duty in self.rulebook.duties:
            if duty.fine is not None and duty.fine not in fines:
                yield note_unknown("fine", duty.fine, fines, duty.place)
            if duty.due is not None:
                dates = [q.id for q in self.questions.values() if q.kind is Kind.DATE]
                if duty.due.after not in dates:
                    yield note_unknown("question of kind date", duty.due.after, dates, duty.place)

    def _fine_names(self) -> Iterator[Problem]:
        for fine in self.rulebook.fines:
            if fine.unit not in self.rulebook.units:
                yield note_unknown("unit", fine.unit, self.rulebook.units, fine.place)
            yield from self._options(fine.by, (*fine.first, *fine.repeat), fine.place)

    def _document_names(self) -> Iterator[Problem]:
        documents, bodies = self.rulebook.documents, self.rulebook.bodies
        if documents is not None:
            yield from self._levels(documents.scale, documents.levels, documents.place)
            named = [option for options in documents.levels.values() for option in options]
            yield from self._options(documents.question, named, documents.place)
        if bodies is not None:
            yield from self._options(bodies.question, bodies.options, bodies.place)

    def _options(self, name: str, options: Iterable[str], place: Place) -> Iterator[Problem]:
        question = self.questions.get(name)
        if question is None:
            yield note_unknown("question", name, self.questions, place)
            return
        for option in dict.fromkeys(options):
            if option not in question.option_ids:
                yield note_unknown("option", option, question.option_ids, place, of=f'"{name}"')

    def _citations(self) -> Iterator[Problem]:
        yield from _unknown_acts(self.rulebook.acts, self.law, self.rules_name)
        for cites, place in self._cited():
            for citation in cites:
                yield from self._citation(citation, place)

    def _citation(self, citation: str, place: Place) -> Iterator[Problem]:
        act, _, provision = citation.partition("/")
        if act not in self.rulebook.acts:
            yield note_unknown("act of this edition", act, self.rulebook.acts, place)
        elif act in self.law.acts and provision:
            articles = self.law.acts[act].articles
            article = provision.partition(".")[0]
            if article not in articles:
                problem = note_unknown("article", f"{act}/{article}", self._articles(act), place)
                mend = f'{problem.mend} Or add "{article}" to the articles of "{act}" in law/.'
                yield replace(problem, mend=mend)

    def _articles(self, act: str) -> tuple[str, ...]:
        return tuple(f"{act}/{article}" for article in self.law.acts[act].articles)

    def _cited(self) -> Iterator[tuple[tuple[str, ...], Place]]:
        book = self.rulebook
        yield from ((question.cites, question.place) for question in self.questions.values())
        yield from ((rule.cites, rule.place) for scale in book.scales for rule in scale.rules)
        for group in (book.duties, book.notices, book.requirements, book.fines, book.limits):
            yield from ((item.cites, item.place) for item in group)
        for single in (book.documents, book.bodies):
            if single is not None:
                yield single.cites, single.place


def _unknown_acts(acts: Iterable[str], law: Law, place: str) -> Iterator[Problem]:
    for act in acts:
        if act not in law.acts:
            yield note_unknown("act", act, law.acts, f"{place}:1")


def _wanted_kind(atom: Atom) -> tuple[Kind, ...] | None:
    if isinstance(atom, OlderThan):
        return (Kind.DATE,)
    if isinstance(atom, Compares):
        return (Kind.DATE,) if isinstance(atom.bound, date) else (Kind.NUMBER,)
    return None
