"""Calls about files: attached, listed, taken along and removed by programs as by people."""

from __future__ import annotations

import hashlib

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from riskq.services import Desk, evidence, screenings
from riskq.services.workspaces import Right
from tests.attachments import PDF, PNG, padded_pdf
from tests.web.members import SECRET, Place, hand_in, make_place
from tests.web.test_api import Program, code_of, seat_of, token_of
from tests.web.test_vendor_files import place_with_a_file

BYTES = "application/octet-stream"


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


@pytest.fixture
def program(app: Flask, desk: Desk, place: Place) -> Program:
    return Program(app, token_of(desk, place))


def path_in(place: Place, end: str = "") -> str:
    return f"/assessments/{place.assessment}/evidence{end}"


def attach(program: Program, place: Place, name: str, body: bytes, **head: str) -> TestResponse:
    path = path_in(place, f"/system-name?name={name}")
    return program.ask("POST", path, body, **{"Content_Type": BYTES, **head})


def test_a_file_is_attached_listed_taken_along_and_removed(program: Program, place: Place) -> None:
    made = attach(program, place, "Сызба.png", PNG)
    assert made.status_code == 201
    file = made.get_json()
    assert (file["question"], file["name"], file["type"]) == (
        *("system-name", "Сызба.png", "image/png"),
    )
    assert (file["bytes"], file["sha256"]) == (len(PNG), hashlib.sha256(PNG).hexdigest())
    assert {one["name"] for one in program.get(path_in(place))} == {"Sorting.pdf", "Сызба.png"}
    path = path_in(place, f"/system-name/{file['id']}")
    response = program.ask("GET", path)
    assert response.get_data() == PNG
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert program.ask("DELETE", path).status_code == 204
    assert code_of(program.ask("GET", path)) == "no-file"
    assert [one["id"] for one in program.get(path_in(place))] == [place.file]
    events = program.get(f"/assessments/{place.assessment}/history")["items"]
    assert [one["actor"] for one in events[:2]] == ["A program", "A program"]


def test_a_file_sent_twice_with_one_key_is_attached_once(program: Program, place: Place) -> None:
    first, again = (
        attach(program, place, "a.pdf", PDF, Idempotency_Key="file a").get_json() for _ in range(2)
    )
    assert first == again
    assert len(program.get(path_in(place))) == 2


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("a.pdf", b"", "file-empty"),
        ("a.pdf", b"no pdf at all", "file-type"),
        ("a.png", PDF, "file-ending"),
        (" ", PDF, "name"),
        ("a.pdf", PDF[:-20], "file-damaged"),
        ("a.pdf", padded_pdf(evidence.MOST_BYTES + 1), "http-413"),
    ],
    ids=["empty", "text", "other ending", "no name", "cut off", "too large"],
)
def test_what_is_no_file_to_attach_is_a_problem(
    program: Program, place: Place, name: str, body: bytes, code: str
) -> None:
    before = program.get(path_in(place))
    assert code_of(attach(program, place, name, body)) == code
    assert program.get(path_in(place)) == before


def test_the_largest_file_is_taken(program: Program, place: Place) -> None:
    body = padded_pdf(evidence.MOST_BYTES)
    assert attach(program, place, "a.pdf", body).get_json()["bytes"] == len(body)


def test_a_file_goes_to_an_answer_of_the_questionnaire(program: Program, place: Place) -> None:
    head = {"Content_Type": BYTES}
    unknown, other = (path_in(place, f"/{name}?name=a.pdf") for name in ("nothing", "sector"))
    assert code_of(program.ask("POST", unknown, PDF, **head)) == "no-question"
    assert code_of(program.ask("POST", other, PDF, **head)) == "no-answer"
    assert code_of(attach(program, place, "a.pdf", PDF, Content_Type="text/plain")) == "not-bytes"
    assert len(program.get(path_in(place))) == 1


def test_whoever_may_only_look_attaches_and_removes_nothing(
    app: Flask, desk: Desk, place: Place
) -> None:
    program = Program(app, token_of(desk, place, Right.SEE))
    assert code_of(attach(program, place, "a.pdf", PDF)) == "right"
    path = path_in(place, f"/system-name/{place.file}")
    assert code_of(program.ask("DELETE", path)) == "right"
    assert program.ask("GET", path).get_data() == PDF


def test_a_foreign_workspace_has_none_of_it(app: Flask, desk: Desk, place: Place) -> None:
    foreign = Program(app, token_of(desk, make_place(desk, "zhaiyk")))
    for end in ("", f"/system-name/{place.file}"):
        assert code_of(foreign.ask("GET", path_in(place, end))) == "no-assessment"


def test_files_of_a_vendor_are_there_once_they_were_submitted(app: Flask, desk: Desk) -> None:
    place = place_with_a_file(desk)
    program = Program(app, token_of(desk, place, Right.SEE))
    path = f"/screenings/{place.screening}/vendors/{place.vendor}/evidence"
    assert program.get(path) == []
    of = screenings.find_screening(desk, seat_of(desk, place, "owner"), place.screening)
    vendor = screenings.vendors_of(desk, of)[place.vendor]
    hidden = screenings.look_at(desk, of, place.vendor).opened
    assert hidden is not None
    (kept,) = evidence.files_of(desk, hidden)
    assert code_of(program.ask("GET", f"{path}/system-name/{kept.id}")) == "no-file"
    hand_in(desk, screenings.link_secret(SECRET, vendor.id, vendor.issue))
    (file,) = program.get(path)
    assert (file["id"], file["name"]) == (kept.id, "Passport.pdf")
    assert program.ask("GET", f"{path}/system-name/{kept.id}").get_data() == PDF
    foreign = Program(app, token_of(desk, make_place(desk, "zhaiyk")))
    assert code_of(foreign.ask("GET", path)) == "no-screening"


def test_long_answers_and_many_vendors_are_taken(program: Program, place: Place) -> None:
    vendors = [{"name": f"Өнім беруші {'ұзақ ' * 20}{one}"} for one in range(1000)]
    path = f"/screenings/{place.screening}/vendors"
    assert program.ask("POST", path, {"vendors": vendors}).get_json() == {"added": 1000}
    much = {"sequence": 0, "answers": {"system-name": "ұ" * 1_000_000}}
    answers = f"/assessments/{place.assessment}/answers"
    assert code_of(program.ask("PATCH", answers, much)) == "http-413"
