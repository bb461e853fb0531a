"""The JSON form of answers and conclusions, for the command line, downloads and revisions.

Its shape is public: other people's programs read it. New keys may be added; none goes away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from riskq.engine import (
    Answer,
    Answers,
    Conclusion,
    Judge,
    ScaleResult,
    Truth,
    WhatIf,
    write_answer,
)
from riskq.questionnaire import Questionnaire
from riskq.report import AttachedFile

__all__ = [
    "FORMAT",
    "Form",
    "answers_form",
    "assessment_form",
    "conclusion_form",
    "file_form",
    "what_if_form",
]

FORMAT = "riskq-assessment/1"

Form = dict[str, object]


def conclusion_form(questionnaire: Questionnaire, conclusion: Conclusion) -> Form:
    """A conclusion as plain mappings and lists, ready for ``json.dumps``."""
    book = questionnaire.rulebook
    journey = conclusion.journey
    duties = {duty.id: duty for duty in book.duties}
    return {
        "questionnaire": questionnaire.id,
        "edition": questionnaire.edition.isoformat(),
        "digest": questionnaire.digest,
        "scales": {scale.id: _scale(questionnaire, scale) for scale in conclusion.scales},
        "duties": [
            {
                "id": duty.id,
                "state": duty.state.value,
                "applies": duty.applies.value,
                "cites": list(duties[duty.id].cites),
            }
            for duty in conclusion.duties
        ],
        "notices": [item.id for item in conclusion.notices if item.holds is Truth.HOLDS],
        "requirements": [
            {"id": item.id, "met": item.met.value, "applies": item.applies.value}
            for item in conclusion.requirements
        ],
        "journey": {
            "asked": list(journey.asked),
            "next": journey.next,
            "counted": answers_form(questionnaire, journey.counted),
            "set_aside": answers_form(questionnaire, journey.set_aside),
        },
        "decides": list(conclusion.decides),
    }


def _scale(questionnaire: Questionnaire, result: ScaleResult) -> Form:
    scale = questionnaire.rulebook.scale(result.id)
    rules = [scale.rule(name) for name in result.because]
    return {
        "level": result.level,
        "possible": list(result.possible),
        "because": [
            {
                "rule": rule.id,
                "level": rule.level,
                "reading": rule.reading.value,
                "cites": list(rule.cites),
            }
            for rule in rules
        ],
        "applies": result.applies.value,
        "if_applies": list(result.if_applies),
        "decides": list(result.decides),
    }


def what_if_form(judge: Judge) -> Form:
    """By scale: the smallest changes of a settled level, and how to settle an open one."""
    questionnaire, form = judge.questionnaire, {}
    for scale in questionnaire.rulebook.scales:
        what_if = WhatIf(judge, scale.id)
        form[scale.id] = {
            "changes": [
                {
                    "answers": answers_form(questionnaire, change.answers),
                    "possible": list(change.possible),
                    "design": all(questionnaire.by_id[name].design for name in change.answers),
                }
                for change in what_if.changes()
            ],
            "ask_first": list(what_if.order()),
        }
    return dict(form)


def answers_form(questionnaire: Questionnaire, answers: Answers) -> Mapping[str, object]:
    """Answers in the form of an answers file, in the questionnaire's order."""
    names = [question.id for question in questionnaire.questions if question.id in answers]
    return {name: _answer(questionnaire, name, answers[name]) for name in names}


def _answer(questionnaire: Questionnaire, name: str, answer: Answer) -> object:
    value = write_answer(questionnaire.by_id[name], answer)
    return {"answer": value, "because": answer.because} if answer.because else value


def assessment_form(
    judge: Judge,
    *,
    created_at: datetime | None,
    submitted_at: datetime | None,
    language: str,
    files: Sequence[AttachedFile] = (),
) -> Form:
    """An assessment with its answers, its times and its conclusion, as of the judge's day.

    ``files`` are those attached to the answers; without any there is no key for them.
    """
    questionnaire = judge.questionnaire
    return {
        "format": FORMAT,
        "questionnaire": questionnaire.id,
        "edition": questionnaire.edition.isoformat(),
        "digest": questionnaire.digest,
        "language": language,
        "on": judge.on.isoformat(),
        "created_at": _moment(created_at),
        "submitted_at": _moment(submitted_at),
        "answers": answers_form(questionnaire, judge.answers),
        "conclusion": conclusion_form(questionnaire, judge.conclusion),
        **({"evidence": [file_form(file) for file in files]} if files else {}),
    }


def file_form(file: AttachedFile) -> Form:
    """A file attached to an answer: what it was, and what proves it."""
    return {
        "question": file.question,
        "name": file.name,
        "type": file.type,
        "bytes": file.bytes,
        "sha256": file.sha256,
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
