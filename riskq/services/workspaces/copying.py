"""Copies an assessment of a workspace as the start of another: its answers, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial

from msgspec import Struct

from riskq.engine import Answers
from riskq.services.assessments import start
from riskq.services.desk import Desk
from riskq.services.encryption import DataKey
from riskq.services.opening import Opened, open_assessment, open_by_id
from riskq.services.workspaces.clients import client_in
from riskq.services.workspaces.holding import Held, deleted_if_refused, take_in
from riskq.services.workspaces.seats import record
from riskq.store import Holding, Unit, fold

__all__ = ["Copy", "copy", "plan_copy"]


class Copy(Struct, frozen=True):
    """What a copy would take along, by the edition in force today.

    ``not_taken`` are the questions whose answers that edition does not take.
    """

    source: Opened
    answers: Answers
    not_taken: tuple[str, ...]


def plan_copy(desk: Desk, held: Held) -> Copy:
    """What a copy would take along; raises as ``open_assessment`` does."""
    source = open_by_id(desk, held.holding.assessment)
    name = source.record.questionnaire
    questionnaire = desk.catalogue.load(name, desk.catalogue.in_force(name, desk.today()))
    # What reads the files of others is large; it is loaded by whoever copies.
    from riskq.services.verification import taken_answers

    raw = _raw_answers(source)
    answers = taken_answers(questionnaire, raw)
    return Copy(source, answers, tuple(question for question in raw if question not in answers))


def _raw_answers(source: Opened) -> Mapping[str, object]:
    """All answers in the form of an answers file, those that are set aside as well."""
    found = {}
    for stored in source.record.answers:
        value = json.loads(stored.value)
        has_words = bool(stored.because)
        found[stored.question] = (
            {"answer": value, "because": stored.because} if has_words else value
        )
    return found


def copy(desk: Desk, held: Held, title: str, client: str | None = None) -> str:
    """Begin another assessment with the same answers, and give its id.

    Revisions, history, files, tags and notes stay with the old one. Raises ``NoClientError`` and as
    ``open_assessment`` does.
    """
    planned, seat, now = plan_copy(desk, held), held.seat, desk.clock()
    title, source = title.strip(), planned.source.record
    if client is not None:
        desk.store.read(lambda unit: client_in(unit, seat, client))
    started = start(desk, source.questionnaire, source.language, planned.answers, seat.actor)
    holding = Holding(started.id, seat.workspace.id, title, now, fold(title), client)

    def change(unit: Unit, key: DataKey | None) -> None:
        told = {"title": title, "old": held.holding.title}
        record(unit, seat, now, "assessment-copied", started.id, **told)
        take_in(desk, unit, holding, key)

    with deleted_if_refused(desk, started.id):
        key = open_assessment(desk, started.id, started.secret).key
        desk.store.change(partial(change, key=key))
    desk.recent.forget(started.id)
    return started.id
