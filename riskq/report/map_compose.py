"""Composes the map of a questionnaire: numbers, letters and words for what depends on what."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from riskq.questionnaire import Condition, Question, Scale, Section
from riskq.report.asked_if import condition_text
from riskq.report.map_views import (
    MapFacts,
    MapLevel,
    MapLink,
    MapMark,
    MapQuestion,
    MapScale,
    MapSection,
    MapState,
    MapView,
)
from riskq.report.subject import Subject

__all__ = ["compose_map"]

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def compose_map(subject: Subject, facts: MapFacts) -> MapView:
    """The map; answers of the subject are shown where the facts tell how they stand."""
    composer = _Composer(subject, facts)
    sections = tuple(map(composer.section, subject.questionnaire.sections))
    count = len(subject.questionnaire.questions)
    description = subject.say(
        "Questions: %(questions)s, in the order in which they are asked. Scales: %(scales)s.",
        questions=count,
        scales=", ".join(composer.title(scale) for scale in facts.scales),
    )
    day = subject.day(subject.questionnaire.edition)
    return MapView(
        language=subject.language,
        title=subject.prose.title,
        edition_text=subject.say("Edition of %(day)s.", day=day),
        description=description,
        sections=sections,
        scales=tuple(map(composer.scale, subject.questionnaire.rulebook.scales)),
        legend=_legend(subject, is_answered=bool(facts.states)),
        has_answers=bool(facts.states),
    )


class _Composer(Struct, frozen=True, dict=True):
    """The parts of one map."""

    subject: Subject
    facts: MapFacts

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        return {q.id: n for n, q in enumerate(self.subject.questionnaire.questions, 1)}

    @cached_property
    def letters(self) -> Mapping[str, str]:
        return {scale: _letters(index) for index, scale in enumerate(self.facts.scales)}

    @cached_property
    def followers(self) -> Mapping[str, tuple[MapLink, ...]]:
        """What is asked or not by the answer to each question."""
        found: dict[str, list[MapLink]] = {name: [] for name in self.numbers}
        for section in self.subject.questionnaire.sections:
            title = self.subject.prose.sections[section.id].title
            for name in self.facts.sections[section.id]:
                found[name].append(MapLink(section.id, title))
            for question in section.questions:
                for name in self.facts.questions[question.id]:
                    found[name].append(self.link(question.id))
        return {name: tuple(links) for name, links in found.items()}

    def title(self, scale: str) -> str:
        return self.subject.prose.scales[scale].title

    def link(self, question: str) -> MapLink:
        return MapLink(question, self.subject.ask(question), self.numbers[question])

    def links(self, questions: tuple[str, ...]) -> tuple[MapLink, ...]:
        return tuple(map(self.link, questions))

    def when(self, condition: Condition) -> str:
        def name(question: str) -> str:
            return self.subject.say("question %(number)s", number=self.numbers[question])

        told = condition_text(self.subject, condition, name)
        return self.subject.say("Asked if: %(condition)s", condition=told) if told else ""

    def section(self, section: Section) -> MapSection:
        return MapSection(
            section.id,
            self.subject.prose.sections[section.id].title,
            self.when(section.ask_if),
            self.links(self.facts.sections[section.id]),
            tuple(map(self.question, section.questions)),
        )

    def question(self, question: Question) -> MapQuestion:
        state = self.facts.states.get(question.id)
        is_told = state is MapState.ANSWERED
        options = (self.subject.option(question.id, option) for option in question.accepts)
        return MapQuestion(
            id=question.id,
            number=self.numbers[question.id],
            kind=question.kind,
            ask=self.subject.ask(question.id),
            options=tuple(options),
            when=self.when(question.ask_if),
            depends_on=self.links(self.facts.questions[question.id]),
            leads_to=self.followers[question.id],
            marks=tuple(self.marks(question.id)),
            cites=self.subject.cites(question.cites),
            state=state,
            state_text=_state_text(self.subject, state),
            answer=self.subject.counted_text(question.id) if is_told else "",
        )

    def marks(self, question: str) -> list[MapMark]:
        return [
            MapMark(
                self.letters[scale],
                self.title(scale),
                question in self.facts.decides.get(scale, ()),
            )
            for scale, seen in self.facts.scales.items()
            if question in seen
        ]

    def scale(self, scale: Scale) -> MapScale:
        possible = self.facts.levels.get(scale.id) if self.facts.states else None
        is_outside = bool(self.facts.states) and possible is None
        labels = {level: self.subject.level(scale.id, level) for level in scale.levels}
        return MapScale(
            letter=self.letters[scale.id],
            title=self.title(scale.id),
            levels=tuple(
                MapLevel(label, None if possible is None else level in possible)
                for level, label in labels.items()
            ),
            depends_on=self.facts.scales[scale.id],
            note=self.subject.say("not assessed") if is_outside else "",
        )


def _letters(index: int) -> str:
    """A, B, …, Z, AA, AB, …: short names for columns."""
    before, last = divmod(index, len(_LETTERS))
    return (_letters(before - 1) if before else "") + _LETTERS[last]


def _state_text(subject: Subject, state: MapState | None) -> str:
    texts = {
        None: "",
        MapState.ANSWERED: subject.say("answered"),
        MapState.OPEN: subject.say("asked, no answer yet"),
        MapState.PERHAPS: subject.say("may be asked, depending on answers still missing"),
        MapState.NOT_ASKED: subject.say("not asked with these answers"),
    }
    return texts[state]


def _legend(subject: Subject, *, is_answered: bool) -> Mapping[str, str]:
    found = {
        "line": subject.say("by the answer to a question, others are asked or not"),
        "mark": subject.say("the level of the scale can depend on the question"),
    }
    if is_answered:
        found["level"] = subject.say("the level is possible with these answers")
        found["decides"] = subject.say("the open level still depends on the answer")
        found |= {state.value: _state_text(subject, state) for state in MapState}
    found["unsure"] = subject.say(
        "A question is asked, too, where an earlier “I don't know” leaves its condition open."
    )
    return found
