"""Composes a comparison of two editions: what was found, in the words of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from riskq.engine import Truth
from riskq.i18n import Words
from riskq.questionnaire import DutyState, Questionnaire, read_bound
from riskq.report.comparison_views import (
    AnswerLine,
    CasesView,
    ChangeView,
    ComparisonFacts,
    ComparisonView,
    FieldFact,
    FieldView,
    LogicFact,
    LogicView,
    ResultFact,
)
from riskq.report.field_words import field_label, field_value
from riskq.report.subject import Subject
from riskq.report.thing_titles import kind_text, option_label, sort_text, thing_title
from riskq.report.word_changes import words_views

__all__ = ["compose_comparison"]


def compose_comparison(
    old: Questionnaire, new: Questionnaire, facts: ComparisonFacts, language: str
) -> ComparisonView:
    """The comparison in the words of both editions, the older one first."""
    sides = (Subject(q, {}, q.edition, language) for q in (old, new))
    composer = _Composer(*sides)
    # To a reader a thing is its title: what went under one id and came under another is the same.
    come, gone = (
        dict.fromkeys(composer.named(f) for f in facts.logic if f.change == change)
        for change in ("added", "removed")
    )
    cited = [fact for fact in facts.fields if fact.field == "cites"]
    return ComparisonView(
        changed=tuple(composer.logic(fact) for fact in facts.logic if fact.change == "changed"),
        added=tuple(title for title in come if title not in gone),
        removed=tuple(title for title in gone if title not in come),
        fields=tuple(composer.fields(fact for fact in facts.fields if fact.field != "cites")),
        cited=tuple(map(composer.cited, cited)),
        proved_same=facts.proved_same,
        judged_cases=facts.judged_cases,
        cases=tuple(composer.cases(facts)),
        words=words_views(facts.words, composer.new, composer.old),
    )


class _Composer(Struct, frozen=True):
    """Looks words up in the newer edition first, and in the older one where they are gone."""

    old: Subject
    new: Subject

    @property
    def say(self) -> Words:
        return self.new.say

    def title(self, kind: str, path: tuple[str, ...]) -> str:
        """The words of a thing; its id where neither edition has words for it."""
        found = (thing_title(subject, kind, path) for subject in (self.new, self.old))
        return next((title for title in found if title), ": ".join(path))

    def named(self, fact: LogicFact) -> str:
        """A thing that one edition alone has, with what sort of thing it is."""
        title, kind = self.title(fact.what, fact.path), kind_text(self.new, fact.what)
        return self.say("%(kind)s: %(title)s", kind=kind, title=title)

    def logic(self, fact: LogicFact) -> LogicView:
        name = fact.path[-1]
        texts = [
            "" if refused else self.value(fact.what, name, value)
            for refused, value in zip(fact.not_taken, (fact.old, fact.new), strict=True)
        ]
        answers = (
            AnswerLine(self.title("question", (question,)), self.answer(question, given))
            for question, given in fact.example.items()
        )
        return LogicView(
            what=sort_text(self.new, fact.what),
            title=self.title(fact.what, fact.path),
            old=texts[0],
            new=texts[1],
            answers=tuple(answers),
            notes=tuple(self.notes(fact)),
        )

    def notes(self, fact: LogicFact) -> Iterator[str]:
        """Whose answers the example does not consist of."""
        asks = [self.asks(questions) for questions in fact.not_taken]
        if asks[0]:
            yield self.say("The older edition does not take this answer to %(asks)s.", asks=asks[0])
        if asks[1]:
            yield self.say("The newer edition does not take this answer to %(asks)s.", asks=asks[1])

    def asks(self, questions: Iterable[str]) -> str:
        return ", ".join(
            self.say("“%(ask)s”", ask=self.title("question", (question,))) for question in questions
        )

    def value(self, what: str, name: str, value: str) -> str:
        """What a thing comes to, in words: a level, a reason, a state, yes or no."""
        if what == "level":
            return self.levels(name, value)
        if what == "because":
            return self.title("rule", (value,)) if value else self.say("does not apply")
        if what == "duty":
            return self.state(value)
        return self.truth(value)

    def levels(self, scale: str, value: str) -> str:
        """One level, or several that are possible, of which each edition has its own."""
        labels = [self.level(scale, level) for level in value.split(" | ") if level]
        return self.new.either(labels) if labels else self.say("does not apply")

    def level(self, scale: str, level: str) -> str:
        for subject in (self.new, self.old):
            text = subject.prose.scales.get(scale)
            if text is not None and level in text.levels:
                return text.levels[level].label
        return level

    def state(self, value: str) -> str:
        """The state of a duty, and that it only may apply where that is so."""
        say, state = self.say, value.removesuffix("?")
        texts = {
            "": say("does not apply"),
            DutyState.DONE: say("Done"),
            DutyState.PARTLY: say("Done in part"),
            DutyState.MISSING: say("Not done"),
            DutyState.UNKNOWN: say("Not known"),
        }
        told = texts[state]
        return say("%(state)s (may apply)", state=told) if value.endswith("?") else told

    def truth(self, value: str) -> str:
        say = self.say
        return {
            "": say("does not apply"),
            "yes": say("yes"),
            "no": say("no"),
            Truth.HOLDS: say("yes"),
            Truth.FAILS: say("no"),
            Truth.OPEN: say("open"),
        }[value]

    def answer(self, question: str, given: str | list[str]) -> str:
        """An answer in the words of the edition that takes it."""
        options = given if isinstance(given, list) else [given]
        for subject in (self.new, self.old):
            asked = subject.questionnaire.by_id.get(question)
            if asked is not None and all(option in asked.accepts for option in options):
                return ", ".join(option_label(subject, question, option) for option in options)
        days = (read_bound(option) for option in options)
        return ", ".join(
            self.new.day(day) if isinstance(day, date) else option
            for day, option in zip(days, options, strict=True)
        )

    def fields(self, facts: Iterable[FieldFact]) -> Iterator[FieldView]:
        """What is written differently, by the things it is about."""
        groups: dict[str, list[ChangeView]] = {}
        for fact in map(_acts_of_one, facts):
            label = field_label(fact, self.new, self.old)
            sides = (field_value(fact, self.old, fact.old), field_value(fact, self.new, fact.new))
            groups.setdefault(self.title(fact.kind, fact.path), []).append(
                ChangeView(label, *sides)
            )
        for title, changes in groups.items():
            yield FieldView(title, tuple(changes))

    def cited(self, fact: FieldFact) -> ChangeView:
        """The provisions on which a thing stands in each of the editions."""
        sides = ((self.old, fact.old), (self.new, fact.new))
        texts = ("; ".join(c.name for c in subject.cites(_ids(ids))) for subject, ids in sides)
        return ChangeView(self.title(fact.kind, fact.path), *texts)

    def cases(self, facts: ComparisonFacts) -> Iterator[CasesView]:
        """The cases that differ in something that both editions have, by what differs."""
        alone = {
            (f.what, f.path[-1]) for f in facts.logic if f.change in ("added", "removed") and f.path
        }
        groups: dict[tuple[ResultFact, ...], list[str]] = {}
        for case in facts.cases:
            results = tuple(r for r in case.results if (r.what, r.id) not in alone)
            if results:
                groups.setdefault(results, []).append(case.title)
        for results, titles in groups.items():
            yield CasesView(tuple(map(self.difference, results)), tuple(titles))

    def difference(self, result: ResultFact) -> ChangeView:
        old, new = (self.value(result.what, result.id, v) for v in (result.old, result.new))
        return ChangeView(self.title(result.what, (result.id,)), old, new)


def _acts_of_one(fact: FieldFact) -> FieldFact:
    """Of long lists of acts those alone that the other edition does not cite."""
    old, new = _ids(fact.old), _ids(fact.new)
    if fact.field != "acts" or set(old) == set(new):
        return fact
    left = tuple(act for act in old if act not in new), tuple(act for act in new if act not in old)
    return replace(fact, field="acts of one", old=left[0], new=left[1])


def _ids(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else ()
