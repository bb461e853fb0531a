"""Calls about clients, descriptions and due dates: what pages do, and no more."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from riskq.services import Desk
from tests.web.members import Place, make_place
from tests.web.test_api import Program, code_of, token_of


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


@pytest.fixture
def program(app: Flask, desk: Desk, place: Place) -> Program:
    return Program(app, token_of(desk, place))


def test_a_client_is_added_changed_and_removed(program: Program, place: Place) -> None:
    made = program.ask("POST", "/clients", {"name": " Тұлпар ЖШС "})
    assert made.status_code == 201
    client = made.get_json()
    assert (client["name"], client["note"]) == ("Тұлпар ЖШС", "")
    assert code_of(program.ask("POST", "/clients", {"name": "тұлпар жшс"})) == "client-exists"
    path = f"/clients/{client['id']}"
    sent = {"name": "Тұлпар", "note": "Pays late.\n", "digest": client["digest"]}
    changed = program.ask("PUT", path, sent).get_json()
    assert (changed["name"], changed["note"]) == ("Тұлпар", "Pays late.")
    stale = program.ask("PUT", path, {**sent, "note": "Other"})
    assert (stale.status_code, code_of(stale)) == (409, "changed")
    assert {one["name"] for one in program.get("/clients")} >= {"Тұлпар"}
    assert program.ask("DELETE", path).status_code == 204
    assert code_of(program.ask("GET", path)) == "no-client"
    assert place.client in {one["id"] for one in program.get("/clients")}


def test_an_assessment_is_described_and_due(program: Program, place: Place) -> None:
    path = f"/assessments/{place.assessment}/description"
    said = program.get(path)
    sent = {
        "title": "Letters",
        "client": place.client,
        "tags": ["Health", "#pilot ", "health"],
        "note": "Ask again.",
        "review_on": "2026-11-20",
        "digest": said["digest"],
    }
    changed = program.ask("PUT", path, sent)
    assert changed.status_code == 200
    expected = {**sent, "tags": ["health", "pilot"], "digest": changed.get_json()["digest"]}
    assert program.get(path) == expected
    stale = program.ask("PUT", path, {**sent, "title": "Other"})
    assert (stale.status_code, code_of(stale)) == (409, "changed")
    (due,) = [one for one in program.get("/due") if one["assessment"] == place.assessment]
    assert (due["on"], due["is_set"], due["client"]) == ("2026-11-20", True, place.client)
    assert program.get("/due?days=0") == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"tags": ["x" * 31]}, "tags"),
        ({"tags": [f"tag {number}" for number in range(13)]}, "tags"),
        ({"tags": ["saas, cloud"]}, "tags"),
        ({"tags": ["a;b"]}, "tags"),
        ({"note": "a\x07b"}, "content"),
        ({"client": "nothing"}, "no-client"),
        ({"title": ""}, "content"),
        ({"title": " \t "}, "content"),
        ({"review_on": "soon"}, "content"),
    ],
)
def test_what_cannot_be_written_is_a_problem(
    program: Program, place: Place, change: dict[str, Any], code: str
) -> None:
    path = f"/assessments/{place.assessment}/description"
    said = program.get(path)
    found = program.ask("PUT", path, {**said, **change})
    assert code_of(found) == code
    assert program.get(path) == said


def test_lines_of_a_note_may_be_parted_as_on_windows(program: Program, place: Place) -> None:
    path = f"/clients/{place.client}"
    said = program.get(path)
    sent = {"name": said["name"], "note": "One\r\ntwo", "digest": said["digest"]}
    assert program.ask("PUT", path, sent).get_json()["note"] == "One\ntwo"


def test_a_client_needs_a_name_that_is_seen(program: Program) -> None:
    before = program.get("/clients")
    assert code_of(program.ask("POST", "/clients", {"name": "  "})) == "content"
    assert program.get("/clients") == before


def test_a_foreign_workspace_has_none_of_it(app: Flask, desk: Desk, place: Place) -> None:
    foreign = Program(app, token_of(desk, make_place(desk, "zhaiyk")))
    assert code_of(foreign.ask("GET", f"/clients/{place.client}")) == "no-client"
    found = foreign.ask("GET", f"/assessments/{place.assessment}/description")
    assert code_of(found) == "no-assessment"
    assert place.client not in {one["id"] for one in foreign.get("/clients")}
