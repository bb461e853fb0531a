"""Holds the words of an edition against its structure: is every text there, in every language?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from riskq.errors import Problem, did_you_mean
from riskq.questionnaire.conditions import UNSURE
from riskq.questionnaire.model import Question, QuestionsFile
from riskq.questionnaire.place import Place
from riskq.questionnaire.prose import Prose
from riskq.questionnaire.rulebook import Rulebook

__all__ = ["Wording"]


class Wording(Struct, frozen=True):
    """One language's texts beside the questions and rules that they belong to."""

    prose: Prose
    questions_file: QuestionsFile
    rulebook: Rulebook

    def problems(self) -> Iterator[Problem]:
        """Every text that is missing, and every text that belongs to nothing."""
        book, prose = self.rulebook, self.prose
        sections = self.questions_file.sections
        yield from self._match("section", prose.sections, [section.id for section in sections])
        questions = self.questions_file.questions
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
                yield self._missing("label", f"{question.id}: {option}", text.place)
        for option in text.options:
            if option not in question.accepts:
                own = text.options[option].place
                yield self._extra(f"option of {question.id}", option, question.accepts, own)
        if question.justify and not text.justify:
            yield self._missing("prompt of the scenario (justify)", question.id, text.place)
        if text.justify and not question.justify:
            mend = "Delete it, or write justify: true in questions.yml."
            what = f'"{question.id}" has a prompt, but no place for a scenario'
            yield Problem("extra-text", str(text.place), what, mend)

    def _scales(self) -> Iterator[Problem]:
        book, prose = self.rulebook, self.prose
        yield from self._match("scale", prose.scales, [scale.id for scale in book.scales])
        for scale in book.scales:
            if scale.id in prose.scales:
                text = prose.scales[scale.id]
                yield from self._match("level", text.levels, scale.levels, text.place)
        rules = [rule.id for scale in book.scales for rule in scale.rules]
        yield from self._match("rule", prose.rules, rules)
        headline = {rule.id for rule in book.headline.rules}
        for rule, words in prose.rules.items():
            if rule in headline and not words.verdict:
                yield self._missing("verdict", rule, words.place)

    def _match(
        self,
        what: str,
        have: Mapping[str, object],
        want: Iterable[str],
        place: Place | None = None,
    ) -> Iterator[Problem]:
        """Hold texts against the ids they belong to; ``place`` is where a missing one belongs."""
        wanted = dict.fromkeys(want)
        for name in wanted:
            if name not in have:
                yield self._missing(what, name, place or self.prose.place)
        for name, text in have.items():
            if name not in wanted:
                own = getattr(text, "place", place or self.prose.place)
                yield self._extra(what, name, wanted, own)

    def _missing(self, what: str, name: str, place: Place) -> Problem:
        return Problem("missing-text", str(place), f'the {what} "{name}" has no text', "Write it.")

    def _extra(self, what: str, name: str, known: Iterable[str], place: Place) -> Problem:
        mend = did_you_mean(name, [word for word in known if word != UNSURE], what=what)
        return Problem("extra-text", str(place), f'"{name}" is no {what}', mend)
