"""What a report is about: answers to a questionnaire, judged on a day, told in one language.

Every part of a report is composed from one ``Subject``; it knows the words of the questionnaire
and of the interface, and how citations, days and answers are written.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property

from msgspec import Struct

from riskq.clock import local_time
from riskq.engine import (
    Answer,
    Answers,
    Chosen,
    Conclusion,
    Counted,
    Dated,
    Judge,
    Truth,
    Unsure,
    Written,
)
from riskq.i18n import Words, words, write_day
from riskq.questionnaire import UNSURE, Cited, Prose, Questionnaire, cite
from riskq.report.level_views import AskView
from riskq.report.views import DOMAIN

__all__ = ["Subject", "answer_labels", "own_words", "paragraphs"]


_MOST_LINES, _LINE_MARK = 200, " ¶ "


class Subject(Struct, frozen=True, dict=True):
    """Answers to a questionnaire as of a day, and the language they are told in."""

    questionnaire: Questionnaire
    answers: Answers
    on: date
    language: str

    @cached_property
    def judge(self) -> Judge:
        """The judge of these answers."""
        return Judge(self.questionnaire, self.answers, self.on)

    @cached_property
    def conclusion(self) -> Conclusion:
        """What the answers come to."""
        return self.judge.conclusion

    @cached_property
    def prose(self) -> Prose:
        """The questionnaire's words in the language."""
        return self.questionnaire.prose[self.language]

    @cached_property
    def say(self) -> Words:
        """The interface's words in the language."""
        return words(self.language, DOMAIN)

    def cites(self, citations: Iterable[str]) -> tuple[Cited, ...]:
        """Write citations, as of the law that the edition was made for or of a later day."""
        day = max(self.on, self.questionnaire.edition)
        law = self.questionnaire.law
        return tuple(cite(law, citation, self.language, day) for citation in citations)

    def ask(self, question: str) -> str:
        """A question in words."""
        return self.prose.questions[question].ask

    def asks(self, questions: Iterable[str]) -> tuple[AskView, ...]:
        """Questions in words, with their ids."""
        return tuple(AskView(question, self.ask(question)) for question in questions)

    def option(self, question: str, option: str) -> str:
        """The label of an option."""
        return self.prose.option(question, option).label

    def labels(self, question: str, answer: Answer) -> tuple[str, ...]:
        """What was answered, in words: option by option, or as one day, number or text."""
        return answer_labels(self.prose, question, answer)

    def counted(self, question: str) -> Answer | None:
        """The answer to a question, if it counts."""
        return self.conclusion.journey.counted.get(question)

    def counted_text(self, question: str) -> str:
        """The counted answer to a question as one line of text; empty without one."""
        answer = self.counted(question)
        return "" if answer is None else ", ".join(self.labels(question, answer))

    def is_asked(self, question: str) -> bool:
        """Whether a question is asked or may come to be asked."""
        return self.judge.is_asked(question) is not Truth.FAILS

    def level(self, scale: str, level: str) -> str:
        """The label of a level."""
        return self.prose.scales[scale].levels[level].label

    def either(self, texts: Iterable[str]) -> str:
        """Join texts by "or"."""
        *others, last = texts
        return (
            self.say("%(some)s or %(last)s", some=", ".join(others), last=last) if others else last
        )

    def day(self, day: date) -> str:
        """Write a day in full."""
        return write_day(day, self.language)

    def moment(self, moment: datetime) -> str:
        """Write a moment as day and time of day in Kazakhstan."""
        local = local_time(moment)
        return f"{self.day(local.date())}, {local:%H:%M} (UTC+5)"


def answer_labels(prose: Prose, question: str, answer: Answer) -> tuple[str, ...]:
    """What was answered, in words: option by option, or as one day, number or text."""
    match answer:
        case Unsure():
            return (prose.option(question, UNSURE).label,)
        case Chosen(options=options):
            return tuple(prose.option(question, option).label for option in options)
        case Dated(day=day):
            return (write_day(day, prose.language),)
        case Counted(number=number):
            return (str(number),)
        case Written(text=text):
            return (text,)


def own_words(text: str) -> tuple[str, ...]:
    """What somebody wrote, in paragraphs; of very many lines each is followed by the next at once.

    Thousands of lines of one letter each would fill a hundred pages, and nobody would read them.
    """
    if text.count("\n") <= _MOST_LINES:
        return paragraphs(text)
    return (_LINE_MARK.join(line.strip() for line in text.split("\n") if line.strip()),)


def paragraphs(text: str) -> tuple[str, ...]:
    """Divide a text at its empty lines; line breaks within a paragraph stay."""
    return tuple(part.strip("\n") for part in text.split("\n\n") if part.strip())
