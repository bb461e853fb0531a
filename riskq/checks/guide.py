"""How a questionnaire is walked on paper: which question comes after which answer.

Nothing here is written by hand. A line before a question and an arrow after an answer are read off
the conditions on asking and proved over all answers, as the sheet of the questionnaire holds them.
An arrow stands only where one answer alone tells that the questions after it are not asked, and
only after a question of which the line tells exactly who answers it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from riskq.checks.sheet import Sheet
from riskq.checks.spelled import Instruction, instruct
from riskq.engine import FALSE, TRUE
from riskq.questionnaire import Question, Questionnaire, Section

__all__ = ["END", "Guide", "GuideQuestion", "GuideSection", "Instruction", "guide_of"]

END = ""
"""Where an arrow leads after which no question is asked."""


class GuideQuestion(Struct, frozen=True):
    """When to answer a question within its section, and where its options lead.

    ``jumps`` has the option ids after which questions are passed over, each with the question to
    go on with, or ``END``.
    """

    id: str
    when: Instruction
    jumps: Mapping[str, str]


class GuideSection(Struct, frozen=True):
    """When to answer a section, and the question to go on with otherwise, or ``END``."""

    id: str
    when: Instruction
    otherwise: str
    questions: tuple[GuideQuestion, ...]


class Guide(Struct, frozen=True):
    """All instructions of a questionnaire on paper."""

    sections: tuple[GuideSection, ...]

    @property
    def questions(self) -> tuple[GuideQuestion, ...]:
        """All questions, in the order in which they are asked."""
        return tuple(question for section in self.sections for question in section.questions)


def guide_of(questionnaire: Questionnaire) -> Guide:
    """The instructions that lead a person with a pen to exactly the questions that are asked."""
    return _Guiding(Sheet(questionnaire)).guide


class _Guiding(Struct, frozen=True, dict=True):
    """The instructions of one questionnaire, as they are found."""

    sheet: Sheet

    @property
    def guide(self) -> Guide:
        return Guide(tuple(map(self.section, self.sheet.questionnaire.sections)))

    @cached_property
    def gates(self) -> Mapping[str, Instruction]:
        """When each section is answered."""
        return {
            section.id: instruct(
                self.sheet, section.ask_if, self.sheet.gate(section.ask_if), within=TRUE
            )
            for section in self.sheet.questionnaire.sections
        }

    @cached_property
    def entered(self) -> Mapping[str, int]:
        """Where the line of each section lets a person in."""
        nodes = {name: self.sheet.told(gate.condition) for name, gate in self.gates.items()}
        return {name: TRUE if node is None else node for name, node in nodes.items()}

    def section(self, section: Section) -> GuideSection:
        last = section.questions[-1]
        outside = self.sheet.diagrams.negation(self.entered[section.id])
        return GuideSection(
            section.id,
            self.gates[section.id],
            self.following(last, outside),
            tuple(map(self.question, section.questions)),
        )

    def question(self, question: Question) -> GuideQuestion:
        section = self.sheet.questionnaire.section_of[question.id]
        goal, within = self.sheet.asked[question.id], self.entered[section.id]
        when = instruct(self.sheet, question.ask_if, goal, within)
        # A line that is not exact is met by people who are not asked; an arrow of theirs would
        # pass over what they are asked.
        return GuideQuestion(question.id, when, self.jumps(question) if when.is_exact else {})

    def jumps(self, question: Question) -> Mapping[str, str]:
        """The options after which the next question is never asked."""
        names = [other.id for other in self.sheet.questionnaire.questions]
        after = names.index(question.id) + 1
        usual = names[after] if after < len(names) else END
        found = {}
        for option in question.accepts:
            chosen = self.sheet.chosen(question, option)
            target = usual if chosen == FALSE else self.following(question, chosen)
            if target != usual:
                found[option] = target
        return found

    def following(self, question: Question, so_far: int) -> str:
        """The first question after one that may be asked, or the start of its section.

        Whoever comes into the middle of a section has not read when to answer it.
        """
        questionnaire, both = self.sheet.questionnaire, self.sheet.diagrams.both
        here = questionnaire.section_of[question.id]
        after = questionnaire.questions.index(question) + 1
        for other in questionnaire.questions[after:]:
            if both(so_far, self.sheet.asked[other.id]) != FALSE:
                section = questionnaire.section_of[other.id]
                is_inside = both(so_far, self.entered[section.id]) == so_far
                return other.id if section is here or is_inside else section.questions[0].id
        return END
