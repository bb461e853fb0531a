"""A comparison of two editions in words: the titles of things instead of their ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from riskq.questionnaire import Kind, Prose, Questionnaire, cite
from riskq.web.word_changes import WordsView, words_views

if TYPE_CHECKING:
    from riskq.checks import Comparison, LogicChange, ResultChange, Rewritten

__all__ = ["ComparisonView", "comparison_view"]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A question and an answer to it, in words."""

    ask: str
    answer: str


@dataclass(frozen=True, slots=True)
class LogicView:
    """Something that two editions say differently of the answers shown."""

    title: str
    old: str
    new: str
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class CasesView:
    """Cases that differ in the same way: what differs, and the titles of the cases."""

    differences: tuple[tuple[str, str, str], ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """Two editions beside one another.

    ``added`` and ``removed`` are titles, ``cited`` titles with the citations before and after,
    ``words`` the texts of the language that differ.
    """

    changed: tuple[LogicView, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    cited: tuple[tuple[str, str, str], ...]
    proved_same: int
    judged_cases: int
    cases: tuple[CasesView, ...]
    words: tuple[WordsView, ...]

    @property
    def changed_texts(self) -> int:
        """How many texts differ."""
        return sum(len(view.texts) for view in self.words)


def comparison_view(
    found: Comparison, old: Questionnaire, new: Questionnaire, language: str
) -> ComparisonView:
    """The comparison in the words of both editions."""
    words = _Words(old, new, language)
    logic = found.logic
    # To a reader a thing is its title: what went under one id and came under another is the same.
    come, gone = (
        dict.fromkeys(words.title(c.what, c.id) for c in logic if c.change == change)
        for change in ("added", "removed")
    )
    return ComparisonView(
        changed=tuple(words.changed(change) for change in logic if change.change == "changed"),
        added=tuple(title for title in come if title not in gone),
        removed=tuple(title for title in gone if title not in come),
        cited=tuple(
            (words.title(change.kind, change.id), *words.cites(change))
            for change in found.rewritten
            if change.field == "cites"
        ),
        proved_same=found.proved_same,
        judged_cases=found.judged_cases,
        cases=tuple(words.cases(found)),
        words=words_views((w for w in found.words if w.language == language), new, old),
    )


@dataclass(frozen=True)
class _Words:
    """Looks titles up in the newer edition first, and in the older one where they are gone."""

    old: Questionnaire
    new: Questionnaire
    language: str

    @property
    def both(self) -> tuple[Prose, Prose]:
        return self.new.prose[self.language], self.old.prose[self.language]

    def title(self, what: str, name: str) -> str:
        sort = what.rpartition(" of ")[2]
        for prose in self.both:
            texts: Mapping[str, Mapping[str, object]] = {
                "level": prose.scales,
                "because": prose.scales,
                "applies": prose.scales,
                "duty": prose.duties,
                "notice": prose.notices,
                "requirement": prose.requirements,
                "met": prose.requirements,
                "fine": prose.fines,
                "rule": prose.rules,
                "question": prose.questions,
                "section": prose.sections,
                "limit": prose.limits,
            }
            text = texts.get(sort, {}).get(name)
            for key in ("title", "ask", "reason"):
                if text is not None and hasattr(text, key):
                    return str(getattr(text, key))
        return name

    def changed(self, change: LogicChange) -> LogicView:
        answers = tuple(
            AnswerLine(self.ask(name), self.answer(name, given))
            for name, given in change.example.items()
        )
        old, new = (self.value(change.what, change.id, v) for v in (change.old, change.new))
        return LogicView(self.title(change.what, change.id), old, new, answers)

    def value(self, what: str, name: str, value: str) -> str:
        """A level or a rule by its words; a state or a truth as it is, for the template to word."""
        for prose in self.both:
            if what == "level" and name in prose.scales and value in prose.scales[name].levels:
                return prose.scales[name].levels[value].label
            if what == "because" and value in prose.rules:
                return prose.rules[value].reason
        return value

    def ask(self, name: str) -> str:
        return next(p.questions[name].ask for p in self.both if name in p.questions)

    def answer(self, name: str, given: str | list[str]) -> str:
        for questionnaire, prose in zip((self.new, self.old), self.both, strict=True):
            question = questionnaire.by_id.get(name)
            if question is not None and question.kind in (Kind.ONE, Kind.MANY):
                options = given if isinstance(given, list) else [given]
                if all(option in question.accepts for option in options):
                    return ", ".join(prose.option(name, option).label for option in options)
        return ", ".join(given) if isinstance(given, list) else given

    def cites(self, change: Rewritten) -> tuple[str, str]:
        sides = ((self.old, change.old), (self.new, change.new))
        old, new = (
            "; ".join(
                cite(q.law, str(c), self.language, q.edition).name
                for c in (cites if isinstance(cites, tuple) else ())
            )
            for q, cites in sides
        )
        return old, new

    def cases(self, found: Comparison) -> Iterator[CasesView]:
        """The cases that differ in something that both editions have, by what differs."""
        alone = {(c.what, c.id) for c in found.logic if c.change in ("added", "removed")}
        groups: dict[tuple[ResultChange, ...], list[str]] = {}
        for case in found.cases:
            results = tuple(r for r in case.results if (r.what, r.id) not in alone)
            if results:
                groups.setdefault(results, []).append(case.titles[self.language])
        for results, titles in groups.items():
            yield CasesView(tuple(map(self.difference, results)), tuple(titles))

    def difference(self, result: ResultChange) -> tuple[str, str, str]:
        old, new = (self.value(result.what, result.id, v) for v in (result.old, result.new))
        return self.title(result.what, result.id), old, new
