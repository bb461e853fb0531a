"""The answers as they were given: by section, with the failure scenarios, and those set aside."""

from __future__ import annotations

from riskq.engine import Answer, Chosen, Unsure, Written
from riskq.questionnaire import Question
from riskq.report.subject import Subject, own_words
from riskq.report.views import AnswerView, FactView, SectionView, SystemView

__all__ = ["document_kind", "section_views", "set_aside_views", "system_view"]

SYSTEM_NAME, SYSTEM_PURPOSE, ORGANISATION = "system-name", "system-purpose", "organisation"
"""The questions whose texts name what is assessed, in every questionnaire that asks them."""

ROLE, FOREIGN_ROLES = "role", ("assessor",)
"""The question who answers, and the roles of those who look at somebody else's system."""


def section_views(subject: Subject) -> tuple[SectionView, ...]:
    """The sections in which something is asked, with an entry for every question asked."""
    asked = frozenset(subject.conclusion.journey.asked)
    sections = []
    for section in subject.questionnaire.sections:
        answers = tuple(
            _answer_view(subject, question, subject.counted(question.id))
            for question in section.questions
            if question.id in asked
        )
        if answers:
            title = subject.prose.sections[section.id].title
            sections.append(SectionView(section.id, title, answers))
    return tuple(sections)


def set_aside_views(subject: Subject) -> tuple[AnswerView, ...]:
    """The answers that are kept but not counted, since their questions are not asked any more."""
    by_id = subject.questionnaire.by_id
    aside = subject.conclusion.journey.set_aside
    return tuple(_answer_view(subject, by_id[name], answer) for name, answer in aside.items())


def _answer_view(subject: Subject, question: Question, answer: Answer | None) -> AnswerView:
    because = "" if answer is None else answer.because
    is_text = isinstance(answer, Written)
    labels = () if answer is None or is_text else subject.labels(question.id, answer)
    return AnswerView(
        id=question.id,
        ask=subject.ask(question.id),
        labels=labels,
        text=own_words(answer.text) if isinstance(answer, Written) else (),
        scenario=own_words(because),
        scenario_missing=question.justify and answer is not None and not because,
        is_unsure=isinstance(answer, Unsure),
    )


def system_view(subject: Subject) -> SystemView:
    """What was assessed: its name, whose it is, its purpose, and the choices of that section."""
    purpose = subject.counted(SYSTEM_PURPOSE)
    return SystemView(
        name=subject.counted_text(SYSTEM_NAME),
        organisation=subject.counted_text(ORGANISATION),
        role=subject.counted_text(ROLE),
        purpose=own_words(purpose.text) if isinstance(purpose, Written) else (),
        facts=tuple(_facts(subject)),
    )


def document_kind(subject: Subject) -> str:
    """What sort of document this is: an assessment of one's own system, or of somebody else's."""
    role = subject.counted(ROLE)
    if isinstance(role, Chosen) and role.options[0] in FOREIGN_ROLES:
        return subject.say("Assessment of somebody else's AI system")
    return subject.say("Self-assessment of an AI system")


def _facts(subject: Subject) -> list[FactView]:
    first = subject.questionnaire.sections[0]
    return [
        FactView(subject.ask(question.id), subject.counted_text(question.id))
        for question in first.questions
        if question.options and subject.counted(question.id) is not None
    ]
