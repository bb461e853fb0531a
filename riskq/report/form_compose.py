"""Composes a blank form: a questionnaire in words for a table, with what to answer and when.

Whether a question is answered, and where an option leads, is not decided here: the facts say it,
and they come from the same conditions by which the questions are asked on the screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from riskq.brand import NO_BRAND, Brand
from riskq.questionnaire import (
    ALWAYS,
    UNSURE,
    AllOf,
    AnyOf,
    Condition,
    Kind,
    Question,
    Section,
)
from riskq.report.asked_if import condition_text
from riskq.report.form_views import (
    FormFacts,
    FormLine,
    FormOption,
    FormQuestion,
    FormRule,
    FormSection,
    FormView,
)
from riskq.report.qr import draw_qr
from riskq.report.subject import Subject, paragraphs

__all__ = ["compose_form"]

_ROW_OPTIONS, _ROW_LETTERS = 4, 17
_LINES = {Kind.TEXT: 2, Kind.LONG_TEXT: 8}


def compose_form(
    subject: Subject, facts: FormFacts, address: str = "", brand: Brand = NO_BRAND
) -> FormView:
    """The blank form of a questionnaire; ``address`` is where to go on with it on the screen.

    ``brand`` is who hands it out.
    """
    composer = _Composer(subject, facts)
    sections = tuple(map(composer.section, subject.questionnaire.sections))
    questions = tuple(question for section in sections for question in section.questions)
    return FormView(
        language=subject.language,
        questionnaire=subject.questionnaire.id,
        title=subject.prose.title,
        edition=subject.questionnaire.edition,
        edition_text=subject.day(subject.questionnaire.edition),
        digest=subject.questionnaire.digest,
        summary=paragraphs(subject.prose.summary),
        interpretation=paragraphs(subject.prose.interpretation),
        at_hand=subject.prose.at_hand,
        unsure=subject.prose.answers.get(UNSURE, ""),
        has_scenarios=any(question.scenario for question in questions),
        has_arrows=any(option.leads_to for question in questions for option in question.options),
        address=address,
        code=draw_qr(address) if address else None,
        sections=sections,
        brand=brand,
    )


class _Composer(Struct, frozen=True, dict=True):
    """The parts of one form."""

    subject: Subject
    facts: FormFacts

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        names = [question.id for question in self.subject.questionnaire.questions]
        return {name: number for number, name in enumerate([*names, ""], 1)}

    def section(self, section: Section) -> FormSection:
        say, text = self.subject.say, self.subject.prose.sections[section.id]
        otherwise = self.numbers[self.facts.otherwise[section.id]]
        is_end = otherwise == len(self.numbers)
        going_on = (
            say("Otherwise you have come to the end of the questions.")
            if is_end
            else say("Otherwise go on with question %(number)s.", number=otherwise)
        )
        leads = (
            say("Answer this section only in this case:"),
            say("Answer this section only if all of this holds:"),
            say("Answer this section only if at least one of these holds:"),
        )
        when = self.line(self.facts.sections[section.id], leads)
        return FormSection(
            id=section.id,
            title=text.title,
            intro=paragraphs(text.intro),
            when=when,
            otherwise=otherwise if when else 0,
            otherwise_text=going_on if when else "",
            questions=tuple(map(self.question, section.questions)),
        )

    def question(self, question: Question) -> FormQuestion:
        say, text = self.subject.say, self.subject.prose.questions[question.id]
        options = tuple(self.option(question, option) for option in question.accepts)
        leads = (
            say("Answer only in this case:"),
            say("Answer only if all of this holds:"),
            say("Answer only if at least one of these holds:"),
        )
        return FormQuestion(
            id=question.id,
            number=self.numbers[question.id],
            kind=question.kind,
            ask=text.ask,
            # The first paragraph tells what is meant; the rest stands beside it on the screen.
            help=next(iter(paragraphs(text.help)), ""),
            when=self.line(self.facts.questions[question.id], leads),
            how=self.how(question),
            options=options,
            is_row=_fit_in_a_row(options),
            lines=_LINES.get(question.kind, 0),
            range_text=self.range_text(question),
            scenario=(text.justify or say("Why this answer?")) if question.justify else "",
        )

    def option(self, question: Question, option: str) -> FormOption:
        text = self.subject.prose.option(question.id, option)
        target = self.facts.jumps[question.id].get(option)
        number = 0 if target is None else self.numbers[target]
        leads = self.subject.say("→ question %(number)s", number=number) if number else ""
        if number == len(self.numbers):
            leads = self.subject.say("→ end of the questions")
        return FormOption(option, text.label, text.hint, number, leads)

    def how(self, question: Question) -> str:
        """How to answer, in a few words; empty where round boxes or lines to write on say it."""
        say = self.subject.say
        if question.kind is Kind.MANY:
            return self.many(question)
        if question.kind is Kind.DATE:
            told = say("Write the date, or tick an answer.")
            return told if question.accepts else say("Write the date.")
        if question.kind is Kind.NUMBER:
            told = say("Write a number, or tick an answer.")
            return told if question.accepts else say("Write a number.")
        return ""

    def many(self, question: Question) -> str:
        alone = [option.id for option in question.options if option.exclusive]
        names = [*alone, UNSURE] if question.unsure else alone
        if not names:
            return self.subject.say("Tick all that apply.")
        told = (self.subject.option(question.id, name) for name in names)
        labels = self.subject.either(self.subject.say("“%(text)s”", text=text) for text in told)
        return self.subject.say("Tick all that apply; %(labels)s only alone.", labels=labels)

    def range_text(self, question: Question) -> str:
        span = question.range
        if question.kind is not Kind.NUMBER or span is None:
            return ""
        return self.subject.say("from %(least)s to %(most)s", least=span.min, most=span.max)

    def line(self, rule: FormRule, leads: tuple[str, str, str]) -> FormLine | None:
        """When to answer, in words; ``None`` where there is nothing to check.

        ``leads`` open it where one thing must hold, all of several, or at least one of them.
        """
        say, condition = self.subject.say, rule.condition
        if condition == ALWAYS:
            return None
        if condition == AnyOf(()):
            return FormLine(rule, say("Leave this empty: no answers lead here."), (), "")
        lead, all_lead, any_lead = leads
        parts: tuple[Condition, ...] = (condition,)
        if isinstance(condition, AllOf | AnyOf):
            lead = all_lead if isinstance(condition, AllOf) else any_lead
            parts = condition.parts
        told = tuple(condition_text(self.subject, part, self.name) for part in parts)
        doubt = say("If you cannot tell, answer: an answer too many is never counted.")
        return FormLine(rule, lead, told, "" if rule.is_exact else doubt)

    def name(self, question: str) -> str:
        return self.subject.say("question %(number)s", number=self.numbers[question])


def _fit_in_a_row(options: tuple[FormOption, ...]) -> bool:
    """Whether the boxes can stand beside one another: a few short ones that lead nowhere else."""
    return 0 < len(options) <= _ROW_OPTIONS and not any(
        option.hint or option.leads_to or len(option.label) > _ROW_LETTERS for option in options
    )
