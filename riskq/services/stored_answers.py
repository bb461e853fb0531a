"""Stored answers, typed as an edition of the questionnaire takes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from weakref import WeakKeyDictionary

from riskq.engine import Answer, AnswerFault, Answers, Chosen, Unsure, read_answer
from riskq.questionnaire import UNSURE, Kind, Questionnaire
from riskq.store import Assessment, StoredAnswer

__all__ = ["typed_answers"]

_CHOICES: WeakKeyDictionary[Questionnaire, Mapping[tuple[str, str], Answer]] = WeakKeyDictionary()


def typed_answers(questionnaire: Questionnaire, record: Assessment) -> Answers:
    """The answers of a record that an edition takes; ``decrypt_record`` has made them readable."""
    choices = _choices(questionnaire)
    found: dict[str, Answer] = {}
    for stored in record.answers:
        known = None if stored.because else choices.get((stored.question, stored.value))
        answer = known or _typed(questionnaire, stored)
        if answer is not None:
            found[stored.question] = answer
    return found


def _choices(questionnaire: Questionnaire) -> Mapping[tuple[str, str], Answer]:
    """The typed answer for each single choice as the store writes it: most answers by far."""
    found = _CHOICES.get(questionnaire)
    if found is None:
        found = {
            (question.id, json.dumps(option)): Unsure() if option == UNSURE else Chosen((option,))
            for question in questionnaire.questions
            if question.kind is Kind.ONE
            for option in question.accepts
        }
        _CHOICES[questionnaire] = found
    return found


def _typed(questionnaire: Questionnaire, stored: StoredAnswer) -> Answer | None:
    """The answer; ``None`` where it was given under another edition and this one takes no such."""
    question = questionnaire.by_id.get(stored.question)
    raw = json.loads(stored.value)
    if stored.because:
        raw = {"answer": raw, "because": stored.because}
    try:
        # What was accepted once stays accepted: a date may not turn "future" by a clock set back.
        return None if question is None else read_answer(question, raw, date.max)
    except AnswerFault:
        return None
