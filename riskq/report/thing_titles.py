"""What a reader calls a thing of a questionnaire: titles, questions and labels instead of ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from riskq.report.subject import Subject

__all__ = ["kind_text", "option_label", "sort_text", "thing_title"]


class _Titled(Protocol):
    """Words that have a title among them."""

    @property
    def title(self) -> str: ...


def thing_title(subject: Subject, kind: str, path: tuple[str, ...]) -> str | None:
    """The words of a thing, ``None`` where the edition has none for it.

    ``path`` is its id, after the id of what it belongs to; empty for what there is once.
    """
    if not path:
        return _whole(subject).get(kind)
    if kind == "option":
        ask = _named(subject, "question", path[0])
        return None if ask is None else f"{ask} – {option_label(subject, *path)}"
    return _named(subject, kind, path[-1])


def option_label(subject: Subject, question: str, option: str) -> str:
    """The label of an option; its id where the edition has no words for it."""
    text = subject.prose.questions.get(question)
    known = text is not None and (option in text.options or option in subject.prose.answers)
    return subject.option(question, option) if known else option


def sort_text(subject: Subject, what: str) -> str:
    """What sort of thing the rules make of answers."""
    say = subject.say
    return {
        "level": say("Level"),
        "because": say("Reason of the level"),
        "applies": say("Whether the scale applies"),
        "duty": say("Duty"),
        "requirement": say("Whether the condition is of interest"),
        "met": say("Whether the condition is met"),
        "notice": say("Warning"),
        "fine": say("Fine"),
        "question": say("Whether the question is asked"),
    }[what]


def kind_text(subject: Subject, kind: str) -> str:
    """What sort of thing a questionnaire has, in one word or two."""
    say = subject.say
    return {
        **dict.fromkeys(("level", "because", "applies"), say("Scale")),
        **dict.fromkeys(("requirement", "met"), say("Condition")),
        "duty": say("Duty"),
        "notice": say("Warning"),
        "fine": say("Fine"),
        "question": say("Question"),
        "section": say("Section"),
        "option": say("Option"),
        "rule": say("Reason"),
        "limit": say("Open point"),
        "documents": say("Data"),
        "bodies": say("Data"),
    }[kind]


def _whole(subject: Subject) -> Mapping[str, str]:
    say = subject.say
    return {
        "questionnaire": say("The questionnaire as a whole"),
        "rules": say("The questionnaire as a whole"),
        "documents": say("Documents required by level"),
        "bodies": say("State bodies to ask"),
    }


def _named(subject: Subject, kind: str, name: str) -> str | None:
    """The words of a thing that has an id of its own."""
    prose, language = subject.prose, subject.language
    titles: dict[str, Mapping[str, _Titled]] = {
        **dict.fromkeys(("level", "because", "applies", "scale"), prose.scales),
        "duty": prose.duties,
        "requirement": prose.requirements,
        "met": prose.requirements,
        "section": prose.sections,
        "notice": prose.notices,
        "fine": prose.fines,
        "limit": prose.limits,
    }
    if kind == "question":
        return prose.questions[name].ask if name in prose.questions else None
    if kind == "rule":
        return prose.rules[name].reason if name in prose.rules else None
    if kind == "act":
        acts = subject.questionnaire.law.acts
        return acts[name].short[language] if name in acts else None
    known = titles.get(kind, {})
    return known[name].title if name in known else None
