"""Holds the words of an edition against its structure: is every text there, in every language?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from riskq.errors import Problem, did_you_mean
from riskq.questionnaire.conditions import UNSURE
from riskq.questionnaire.model import Question, QuestionsFile
from riskq.questionnaire.prose import Prose
from riskq.questionnaire.rulebook import Rulebook

__all__ = ["LANGUAGES", "Wording"]

LANGUAGES = ("kk", "ru", "en")
"""The languages in which every questionnaire is complete."""


@dataclass(frozen=True)
class Wording:
    """One language's texts beside the questions and rules that they belong to."""

    file: str
    prose: Prose
    questions_file: QuestionsFile
    rulebook: Rulebook

    def problems(self) -> Iterator[Problem]:
        """Every text that is missing, and every text that belongs to nothing."""
        book, prose = self.rulebook, self.prose
        sections = self.questions_file.sections
        yield from self._match("section", prose.sections, [section.id for section in sections])
        questions = [question for section in sections for question in section.questions]
        yield from self._match("question", prose.questions, [question.id for question in questions])
        for question in questions:
            yield from self._question(question)
        yield from self._scales()
        groups: list[tuple[str, Mapping[str, object], list[str]]] = [
            ("fact", prose.facts, [fact.id for fact in book.facts]),
            ("duty", prose.duties, [duty.id for duty in book.duties]),
            ("role", prose.roles, [who for duty in book.duties for who in duty.who]),
            ("notice", prose.notices, [notice.id for notice in book.notices]),
            ("requirement", prose.requirements, [item.id for item in book.requirements]),
            ("fine", prose.fines, [fine.id for fine in book.fines]),
            ("body", prose.bodies, self._bodies()),
            ("limit", prose.limits, [limit.id for limit in book.limits]),
        ]
        for what, have, want in groups:
            yield from self._match(what, have, want)

    def _bodies(self) -> list[str]:
        bodies = self.rulebook.bodies
        return [] if bodies is None else [body for row in bodies.options.values() for body in row]

    def _question(self, question: Question) -> Iterator[Problem]:
        text = self.prose.questions.get(question.id)
        if text is None:
            return
        for option in question.accepts:
            if option not in text.options and option not in self.prose.answers:
                yield self._missing("label", f"{question.id}: {option}")
        for option in text.options:
            if option not in question.accepts:
                yield self._extra("option", f"{question.id}: {option}", option, question.accepts)
        if question.justify and not text.justify:
            yield self._missing("prompt of the scenario (justify)", question.id)
        if text.justify and not question.justify:
            mend = "Delete it, or write justify: true in questions.yml."
            what = f'"{question.id}" has a prompt, but no place for a scenario'
            yield Problem("extra-text", self.file, what, mend)

    def _scales(self) -> Iterator[Problem]:
        book, prose = self.rulebook, self.prose
        yield from self._match("scale", prose.scales, [scale.id for scale in book.scales])
        for scale in book.scales:
            if scale.id in prose.scales:
                yield from self._match("level", prose.scales[scale.id].levels, scale.levels)
        rules = [rule.id for scale in book.scales for rule in scale.rules]
        yield from self._match("rule", prose.rules, rules)
        headline = {rule.id for rule in book.headline.rules}
        for rule, text in prose.rules.items():
            if rule in headline and not text.verdict:
                yield self._missing("verdict", rule)

    def _match(self, what: str, have: Iterable[str], want: Iterable[str]) -> Iterator[Problem]:
        wanted, there = dict.fromkeys(want), dict.fromkeys(have)
        for name in wanted:
            if name not in there:
                yield self._missing(what, name)
        for name in there:
            if name not in wanted:
                yield self._extra(what, name, name, wanted)

    def _missing(self, what: str, name: str) -> Problem:
        return Problem("missing-text", self.file, f'the {what} "{name}" has no text', "Write it.")

    def _extra(self, what: str, shown: str, name: str, known: Iterable[str]) -> Problem:
        mend = did_you_mean(name, [word for word in known if word != UNSURE])
        return Problem("extra-text", self.file, f'"{shown}" is no {what}', mend)
