"""What the headline's best level needs: conditions met and missing, documents, whom to ask."""

from __future__ import annotations

from riskq.engine import Chosen, RequirementResult, Truth
from riskq.questionnaire import Documents, Requirement
from riskq.report.duty_views import (
    BodiesView,
    DocumentsView,
    DocumentView,
    ListingView,
    RequirementView,
)
from riskq.report.subject import Subject

__all__ = ["documents_view", "listing_view"]

_URGENCY = {Truth.FAILS: 0, Truth.OPEN: 1, Truth.HOLDS: 2}


def listing_view(subject: Subject) -> ListingView:
    """The conditions of the best level, unmet ones first, and the bodies to ask."""
    book = subject.questionnaire.rulebook
    known = {item.id: item for item in book.requirements}
    results = subject.conclusion.requirements
    views = [_requirement(subject, known[result.id], result) for result in results]
    items = tuple(sorted(views, key=lambda view: _URGENCY[view.met]))
    return ListingView(_intro(subject, items), items, _bodies(subject) if items else None)


def _intro(subject: Subject, items: tuple[RequirementView, ...]) -> str:
    headline = subject.questionnaire.rulebook.headline
    result = subject.conclusion.scale(headline.id)
    if any(item.is_open for item in items):
        return subject.say(
            "It is still open whether the system belongs to the class in question. What follows "
            "counts only if it does."
        )
    if result.level is None:
        return ""
    return subject.prose.scales[headline.id].levels[result.level].meaning


def _requirement(subject: Subject, item: Requirement, result: RequirementResult) -> RequirementView:
    text = subject.prose.requirements[item.id]
    states = {
        Truth.HOLDS: subject.say("Met"),
        Truth.FAILS: subject.say("Not met"),
        Truth.OPEN: subject.say("Not known"),
    }
    return RequirementView(
        id=item.id,
        title=text.title,
        how=text.how,
        met=result.met,
        state_text=states[result.met],
        cites=subject.cites(item.cites),
        is_advice=item.advice,
        is_open=result.applies is Truth.OPEN,
    )


def _bodies(subject: Subject) -> BodiesView | None:
    """Candidates by what was answered; none are told before the question is answered."""
    bodies = subject.questionnaire.rulebook.bodies
    answer = subject.counted(bodies.question) if bodies else None
    if bodies is None or not isinstance(answer, Chosen):
        return None
    found = {body for option in answer.options for body in bodies.options.get(option, ())}
    names = tuple(text for body, text in subject.prose.bodies.items() if body in found)
    if names:
        note = subject.say(
            "This is an opinion: the law does not name the body. Ask there whether it is theirs."
        )
    else:
        note = subject.say("The law names no body, and we have none to suggest for this sector.")
    return BodiesView(names, note, subject.cites(bodies.cites))


def documents_view(subject: Subject) -> DocumentsView | None:
    """The documents that the level requires; ``None`` where they are not asked about."""
    documents = subject.questionnaire.rulebook.documents
    if documents is None or not subject.is_asked(documents.question):
        return None
    result = subject.conclusion.scale(documents.scale)
    levels = [documents.levels.get(level, ()) for level in result.if_applies]
    items = [
        _document(subject, documents, option, [option in needed for needed in levels])
        for option in dict.fromkeys(option for needed in levels for option in needed)
    ]
    note = ""
    if any(item.needed is Truth.OPEN for item in items):
        names = subject.either(subject.level(documents.scale, level) for level in result.if_applies)
        note = subject.say("Which are needed is still open: %(levels)s.", levels=names)
    return DocumentsView(tuple(items), note, subject.cites(documents.cites))


def _document(
    subject: Subject, documents: Documents, option: str, needed_at: list[bool]
) -> DocumentView:
    needed = Truth.HOLDS if all(needed_at) else Truth.OPEN
    there = _is_there(subject, documents.question, option)
    texts = {
        Truth.HOLDS: subject.say("There"),
        Truth.FAILS: subject.say("Missing"),
        Truth.OPEN: subject.say("Not known"),
    }
    sure, maybe = subject.say("Needed"), subject.say("May be needed")
    return DocumentView(
        label=subject.option(documents.question, option),
        needed=needed,
        needed_text=sure if needed is Truth.HOLDS else maybe,
        there=there,
        there_text=texts[there],
    )


def _is_there(subject: Subject, question: str, option: str) -> Truth:
    answer = subject.counted(question)
    if not isinstance(answer, Chosen):
        return Truth.OPEN
    return Truth.HOLDS if option in answer.options else Truth.FAILS
