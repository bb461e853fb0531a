"""The words of a questionnaire in one language: the format of ``text/kk.yml``, ``ru`` and ``en``.

Everything is keyed by the ids of ``questions.yml`` and ``rules.yml``; there is no logic here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from msgspec import field

from riskq.questionnaire.forms import Id, Text
from riskq.questionnaire.place import Placed

__all__ = [
    "DutyText",
    "LevelText",
    "NamedText",
    "OptionText",
    "Prose",
    "QuestionText",
    "RequirementText",
    "RuleText",
    "ScaleText",
    "SectionText",
]


class OptionText(Placed, frozen=True):
    """The label of an option, and a hint below it where one helps."""

    BRIEF: ClassVar[str] = "label"
    label: Text
    hint: str = ""


class SectionText(Placed, frozen=True):
    """The heading of a section and what it is about."""

    title: Text
    intro: str = ""


class QuestionText(Placed, frozen=True):
    """A question in words: the question, help, why it is asked, and the prompt of a scenario.

    ``examples`` only illustrate: a page folds them away, so what decides the answer is in ``help``.
    """

    ask: Text
    help: str = ""
    examples: str = ""
    why: str = ""
    options: Mapping[Id, OptionText] = field(default_factory=dict)
    justify: str = ""


class LevelText(Placed, frozen=True):
    """The name of a level and what it means for the reader."""

    label: Text
    meaning: str = ""


class ScaleText(Placed, frozen=True):
    """The name of a scale, what it tells, and its levels."""

    title: Text
    levels: Mapping[Id, LevelText]
    about: str = ""


class RuleText(Placed, frozen=True):
    """Why the level follows; for the headline scale also the verdict in a sentence or two."""

    reason: Text
    verdict: str = ""


class DutyText(Placed, frozen=True):
    """A duty in words: its name, what to do, when or how often, and which evidence to keep."""

    title: Text
    what: Text
    when: str = ""
    evidence: str = ""


class NamedText(Placed, frozen=True):
    """A heading and a text, for notices, fines and open points."""

    title: Text
    text: Text


class RequirementText(Placed, frozen=True):
    """What must be there, and how to get there."""

    title: Text
    how: str = ""


class Prose(Placed, frozen=True):
    """All words of a questionnaire in one language."""

    language: Id
    title: Text
    summary: Text
    interpretation: Text
    answers: Mapping[Id, Text]
    sections: Mapping[Id, SectionText]
    questions: Mapping[Id, QuestionText]
    scales: Mapping[Id, ScaleText]
    rules: Mapping[Id, RuleText]
    at_hand: tuple[Text, ...] = ()
    roles: Mapping[Id, Text] = field(default_factory=dict)
    facts: Mapping[Id, Text] = field(default_factory=dict)
    duties: Mapping[Id, DutyText] = field(default_factory=dict)
    notices: Mapping[Id, NamedText] = field(default_factory=dict)
    requirements: Mapping[Id, RequirementText] = field(default_factory=dict)
    fines: Mapping[Id, NamedText] = field(default_factory=dict)
    bodies: Mapping[Id, Text] = field(default_factory=dict)
    limits: Mapping[Id, NamedText] = field(default_factory=dict)

    def option(self, question: str, option: str) -> OptionText:
        """The words of an option: the question's own, else the label that all questions share."""
        own = self.questions[question].options.get(option)
        return own if own is not None else OptionText(self.answers[option])
