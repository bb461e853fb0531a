"""Calls about the assessments of a workspace."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from riskq.engine import read_answers, write_answer
from riskq.i18n import LANGUAGES
from riskq.services import (
    Opened,
    conclusion_form,
    find_revision,
    list_revisions_of,
    resume,
    save_answers,
    start,
    submit,
    workspaces,
)
from riskq.store import book_of
from riskq.web.access import brand_of
from riskq.web.api import shapes
from riskq.web.api.calls import PAGES, Asked, Call, Right, Seat, bytes_of, call, page_of
from riskq.web.api.places import BEFORE, events_of
from riskq.web.api.problems import ProblemError
from riskq.web.state import state

__all__ = ["answers_of"]


@call(
    Call(
        *("GET", "/assessments", Right.SEE),
        "The assessments of the workspace, the last touched first.",
        gives=shapes.AssessmentList,
        asks=PAGES,
    )
)
def assessments(seat: Seat) -> shapes.AssessmentList:
    """A page of assessments."""
    first, most = page_of()
    held = workspaces.held_of(state().desk, seat, most=most, after=first)
    lines = [
        shapes.AssessmentLine(
            one.id,
            one.title,
            one.questionnaire,
            one.edition,
            one.answers,
            one.last_revision,
            one.touched_at,
        )
        for one in held
    ]
    return shapes.AssessmentList(lines, workspaces.count_of(state().desk, seat))


@call(
    Call(
        *("POST", "/assessments", Right.EDIT),
        "Begin an assessment, with answers or without.",
        takes=shapes.AssessmentSent,
        gives=shapes.AssessmentGiven,
        status=201,
    )
)
def begin(seat: Seat, sent: shapes.AssessmentSent) -> shapes.AssessmentGiven:
    """Begin an assessment of the workspace."""
    desk = state().desk
    edition = desk.catalogue.in_force(sent.questionnaire, desk.today())
    loaded = desk.catalogue.load(sent.questionnaire, edition)
    answers = read_answers(loaded, sent.answers, desk.today())
    started = start(desk, sent.questionnaire, sent.language, answers)
    with workspaces.deleted_if_refused(desk, started.id):
        workspaces.claim(desk, seat, resume(desk, started.secret), sent.title)
    return _given(workspaces.held_in(state().desk, seat, started.id))


def _given(held: workspaces.Held) -> shapes.AssessmentGiven:
    opened = workspaces.open_held(state().desk, held)
    record = opened.record
    return shapes.AssessmentGiven(
        id=record.id,
        title=held.holding.title,
        questionnaire=record.questionnaire,
        edition=record.edition,
        sequence=record.sequence,
        answers=answers_of(opened),
        conclusion=conclusion_form(opened.questionnaire, opened.conclusion),
        revisions=[
            shapes.RevisionGiven(one.number, one.submitted_at, one.sha256)
            for one in list_revisions_of(state().desk, opened)
        ],
    )


def answers_of(opened: Opened) -> dict[str, Any]:
    """The answers in the form of an answers file."""
    found: dict[str, Any] = {}
    for name, answer in opened.answers.items():
        raw = write_answer(opened.questionnaire.by_id[name], answer)
        found[name] = {"answer": raw, "because": answer.because} if answer.because else raw
    return found


@call(
    Call(
        *("GET", "/assessments/{assessment}", Right.SEE),
        "An assessment with its answers, its conclusion and its revisions.",
        gives=shapes.AssessmentGiven,
    )
)
def assessment(seat: Seat, assessment: str) -> shapes.AssessmentGiven:
    """One assessment."""
    return _given(workspaces.held_in(state().desk, seat, assessment))


@call(
    Call(
        *("PATCH", "/assessments/{assessment}/answers", Right.EDIT),
        "Save answers, all or none of them.",
        takes=shapes.AnswersSent,
        gives=shapes.AssessmentGiven,
    )
)
def change(seat: Seat, assessment: str, sent: shapes.AnswersSent) -> shapes.AssessmentGiven:
    """Save answers over the state of a sequence."""
    desk, held = state().desk, workspaces.held_in(state().desk, seat, assessment)
    opened = workspaces.open_held(desk, held)
    given = {name: raw for name, raw in sent.answers.items() if raw is not None}
    gone = [name for name, raw in sent.answers.items() if raw is None]
    answers = read_answers(opened.questionnaire, given, desk.today())
    save_answers(desk, opened, answers, gone, seen=sent.sequence, by=seat.actor)
    return _given(held)


@call(
    Call(
        *("POST", "/assessments/{assessment}/revisions", Right.EDIT),
        "Submit the answers as a revision.",
        takes=shapes.SubmissionSent,
        gives=shapes.RevisionGiven,
        status=201,
    )
)
def freeze(seat: Seat, assessment: str, sent: shapes.SubmissionSent) -> shapes.RevisionGiven:
    """Submit an assessment."""
    desk = state().desk
    opened = workspaces.open_held(desk, workspaces.held_in(state().desk, seat, assessment))
    made = submit(desk, opened, seen=sent.sequence, language=sent.language, by=seat.actor)
    return shapes.RevisionGiven(made.record.number, made.record.submitted_at, made.record.sha256)


@call(
    Call(
        *("GET", "/assessments/{assessment}/revisions/{number}/report.pdf", Right.SEE),
        "The sealed report of a revision.",
        gives=bytes,
        asks=(Asked("language", "kk unless given", {"enum": list(LANGUAGES)}),),
        kind="application/pdf",
    )
)
def report(seat: Seat, assessment: str, number: str) -> Response:
    """The report of a revision, as a PDF."""
    language = request.args.get("language", "kk")
    if language not in LANGUAGES:
        raise ProblemError(400, "language", "The language is kk, ru or en.")
    held = workspaces.held_in(state().desk, seat, assessment)
    opened = workspaces.open_held(state().desk, held)
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0
    found = find_revision(state().desk, opened, wanted) if wanted else None
    if found is None:
        raise ProblemError(404, "no-revision", "The assessment has no such revision.")
    pdf = state().documents.pdf(found, language, state().settings.origin, brand_of(seat))
    return bytes_of(pdf, "application/pdf", f"riskq-{found.number.lower()}-{language}.pdf")


@call(
    Call(
        *("DELETE", "/assessments/{assessment}", Right.EDIT),
        "Delete an assessment with its answers and revisions, for good.",
        status=204,
    )
)
def remove(seat: Seat, assessment: str) -> None:
    """Delete an assessment."""
    workspaces.delete_held(state().desk, workspaces.held_in(state().desk, seat, assessment))
    state().documents.forget(assessment)


@call(
    Call(
        *("GET", "/assessments/{assessment}/history", Right.SEE),
        "Every change of an assessment, the newest first.",
        gives=shapes.EventList,
        asks=(BEFORE,),
    )
)
def history_of(seat: Seat, assessment: str) -> shapes.EventList:
    """The history of an assessment."""
    held = workspaces.held_in(state().desk, seat, assessment)
    return events_of(book_of(assessment), workspaces.open_held(state().desk, held))
