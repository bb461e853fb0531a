"""The page of one question: everything that its template shows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct
from wtforms import Form

from riskq.questionnaire import UNSURE, Cited, Kind, Questionnaire, cite
from riskq.services import Opened, evidence
from riskq.web.access import held_here, private_link
from riskq.web.addresses import (
    check_address,
    files_address,
    overview_address,
    question_address,
)
from riskq.web.forms import ANSWER, BECAUSE, FormFault
from riskq.web.locale import language
from riskq.web.so_far import Standing, scales_in_words, standing_of
from riskq.web.state import state

__all__ = ["Fixed", "Keys", "Place", "fixed_words", "page_values"]


class Fixed(Struct, frozen=True):
    """What a question's page shows whatever the answers are."""

    kind: str
    is_long: bool
    max_length: int
    unsure_label: str
    exclusive: tuple[str, ...]
    instead: tuple[tuple[str, str], ...]
    section_title: str
    section_intro: str
    cited: tuple[Cited, ...]


class Place(Struct, frozen=True):
    """Where a question stands on the way, and the ways out of it."""

    number: int
    total: int
    back: str
    overview: str
    private_url: str


class Keys(Struct, frozen=True):
    """What each part of the page depends on; ``None`` for a part that must not be kept."""

    question: tuple[str, ...]
    progress: tuple[object, ...]
    fields: tuple[object, ...] | None
    so_far: tuple[object, ...]


@lru_cache(maxsize=1024)
def fixed_words(questionnaire: Questionnaire, name: str, language: str) -> Fixed:
    """The words around a question, found once an edition and language."""
    question = questionnaire.by_id[name]
    section = questionnaire.section_of[name]
    prose = questionnaire.prose[language]
    is_first = section.questions[0].id == name
    return Fixed(
        kind=question.kind.value,
        is_long=question.kind is Kind.LONG_TEXT,
        max_length=question.length.max if question.length else 200,
        unsure_label=prose.option(name, UNSURE).label if question.unsure else "",
        exclusive=tuple(option.id for option in question.options if option.exclusive),
        instead=tuple((item, prose.option(name, item).label) for item in question.accepts),
        section_title=prose.sections[section.id].title,
        section_intro=prose.sections[section.id].intro if is_first else "",
        cited=tuple(
            cite(questionnaire.law, citation, language, questionnaire.edition)
            for citation in question.cites
        ),
    )


def place_of(opened: Opened, name: str, came_from: str) -> Place:
    """Number of the question, how many there may be, and the address before it."""
    asked = opened.journey.asked
    index = asked.index(name)
    here = opened.record.id
    overview = overview_address(here)
    if came_from == "check":
        back = check_address(here)
    elif came_from == "overview" or index == 0:
        back = overview
    else:
        back = question_address(here, asked[index - 1])
    private_url = "" if opened.record.sequence or held_here() else private_link(here)
    return Place(index + 1, len(asked), back, overview, private_url)


def page_values(
    opened: Opened, name: str, form: Form, faults: tuple[FormFault, ...], came_from: str
) -> Mapping[str, object]:
    """Everything that ``question.html`` needs, beside what the form sends back."""
    spoken = language()
    standing = standing_of(opened)
    errors = {fault.field: fault.text for fault in faults}
    place = place_of(opened, name, came_from)
    own = (opened.questionnaire.digest, spoken, name)
    return {
        "keys": _keys(opened, own, place, standing, None if faults else form),
        "question": opened.questionnaire.prose[spoken].questions[name],
        "fixed": fixed_words(opened.questionnaire, name, spoken),
        "place": place,
        "answer": form[ANSWER],
        "because": form[BECAUSE] if opened.questionnaire.by_id[name].justify else None,
        "errors": errors,
        "error_list": tuple(errors.items()),
        "came_from": came_from,
        "files": _files_of(opened, name, came_from),
        "so_far": scales_in_words(opened.questionnaire, spoken, standing),
        "is_new": opened.record.sequence == 0 and held_here() is None,
    }


def _files_of(opened: Opened, name: str, came_from: str) -> tuple[int, str]:
    """How many files the answer has, and where they are; without an answer none is sought."""
    if name not in opened.answers:
        return 0, ""
    address = files_address(opened.record.id, name, came_from)
    return len(evidence.files_of(state().desk, opened, name)), address


def _keys(
    opened: Opened, own: tuple[str, str, str], place: Place, standing: Standing, form: Form | None
) -> Keys:
    """Under what the parts are kept; ``own`` is the digest, the language, and the question."""
    return Keys(
        question=own,
        progress=(*own, place.number, place.total),
        fields=None if form is None else _fields_key(opened, own, form),
        so_far=(*own[:2], standing),
    )


def _fields_key(opened: Opened, own: tuple[str, str, str], form: Form) -> tuple[object, ...] | None:
    """Choices are kept; what somebody wrote is not."""
    if opened.questionnaire.by_id[own[2]].kind not in (Kind.ONE, Kind.MANY):
        return None
    if BECAUSE in form and form[BECAUSE].data:
        return None
    chosen = form[ANSWER].data
    return (*own, tuple(chosen) if isinstance(chosen, list) else chosen)
