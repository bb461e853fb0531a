"""Programs act by tokens: with the token's rights, in its workspace, and each request once."""

from __future__ import annotations

import re
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from riskq.services import Desk, Keeper, accounts, screenings, tokens, workspaces
from riskq.services.workspaces import Right
from riskq.store import GIVEN
from riskq.web.api import CALLS, description
from riskq.web.api.calls import Call
from tests.examples import names_of
from tests.stores import contents_of
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.members import Place, enter, hand_in, make_place

ALL = (Right.SEE, Right.REVIEW, Right.EDIT)


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


def token_of(desk: Desk, place: Place, *rights: Right, role: str = "owner") -> str:
    return tokens.make_token(desk, seat_of(desk, place, role), "A program", rights or ALL, 30)


def seat_of(desk: Desk, place: Place, role: str) -> workspaces.Seat:
    user = next(one for one in accounts.list_users(desk) if one.email == place.email(role))
    return workspaces.take_seat(desk, user, place.workspace)


class Program:
    """A program with a token."""

    def __init__(self, app: Flask, token: str) -> None:
        self.client: FlaskClient = app.test_client(use_cookies=False)
        self.head = {"Authorization": f"Bearer {token}"}

    def ask(self, method: str, path: str, sent: Any = None, **head: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in head.items()}
        more = {} if sent is None else {"data" if isinstance(sent, bytes) else "json": sent}
        return self.client.open(
            f"/api/v1{path}", method=method, headers={**self.head, **named}, **more
        )

    def get(self, path: str) -> Any:
        found = self.ask("GET", path)
        assert found.status_code == 200, found.get_data(as_text=True)
        return found.get_json()


@pytest.fixture
def program(app: Flask, desk: Desk, place: Place) -> Program:
    return Program(app, token_of(desk, place))


def path_of(one: Call, place: Place) -> str:
    values = {
        "assessment": place.assessment,
        "screening": place.screening,
        "vendor": place.vendor,
        "question": "system-name",
        "name": "kz-ai-law",
        "edition": "2026-08-25",
        "number": "1",
        "client": place.client,
        "file": place.file,
    }
    return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], one.path)


def code_of(response: TestResponse) -> str:
    assert response.content_type == "application/problem+json", response.get_data(as_text=True)
    problem = response.get_json()
    assert problem["status"] == response.status_code
    return str(problem["type"]).removeprefix("urn:riskq:problem:")


def test_no_call_is_answered_without_a_valid_token(
    app: Flask, desk: Desk, place: Place, clock: Clock, database: Path
) -> None:
    expired = token_of(desk, place)
    clock.move(days=31)
    revoked, seat = token_of(desk, place), seat_of(desk, place, "owner")
    for kept in tokens.list_tokens(desk, seat):
        tokens.revoke_token(desk, seat, kept.id)
    # The history is told of each token once, however often it is used.
    for token in (expired, revoked):
        Program(app, token).ask("GET", "/workspace")
    before = contents_of(database)
    for token in ("", "rq_nothing", expired, revoked):
        for one in CALLS:
            response = Program(app, token).ask(one.method, path_of(one, place), {})
            assert (response.status_code, code_of(response)) == (401, "token"), one.path
            assert response.headers["WWW-Authenticate"] == "Bearer"
    assert contents_of(database) == before
    history = enter(app, place.email("owner")).get(f"/en/w/{place.workspace}/history").text
    assert history.count("Refused a token that is over") == 2


def test_a_session_of_a_browser_opens_no_call(app: Flask, place: Place) -> None:
    browser = enter(app, place.email("owner"))
    for one in CALLS:
        path = f"/api/v1{path_of(one, place)}"
        assert browser.client.open(path, method=one.method, json={}).status_code == 401


@pytest.mark.parametrize("right", ALL)
def test_a_token_does_what_its_rights_allow(
    app: Flask, desk: Desk, place: Place, database: Path, right: Right
) -> None:
    program = Program(app, token_of(desk, place, right))
    before = contents_of(database)
    for one in CALLS:
        if one.right is not right:
            response = program.ask(one.method, path_of(one, place), {})
            assert (response.status_code, code_of(response)) == (403, "right"), one.path
    assert contents_of(database) == before


def test_a_token_may_no_more_than_its_maker(app: Flask, desk: Desk, place: Place) -> None:
    program = Program(app, token_of(desk, place, *ALL, role="reader"))
    assert program.get("/workspace")["rights"] == ["see"]
    workspaces.remove_member(desk, seat_of(desk, place, "owner"), place.users["reader"])
    assert program.ask("GET", "/workspace").status_code == 401


def test_nothing_of_a_foreign_workspace_is_there(
    desk: Desk, program: Program, database: Path
) -> None:
    foreign = make_place(desk, "steppe")
    before = contents_of(database, counts=False)
    for one in CALLS:
        path = path_of(one, foreign)
        if any(name in one.path for name in ("{assessment}", "{screening}", "{client}")):
            sent, head = BODIES.get((one.method, one.path)), {}
            if one.takes is bytes:
                sent, head = b"x", {"Content_Type": "application/octet-stream"}
            response = program.ask(one.method, path, sent, **head)
            assert response.status_code == 404, (one.method, one.path)
            assert "Steppe" not in response.get_data(as_text=True)
    assert contents_of(database, counts=False) == before


BODIES: dict[tuple[str, str], Any] = {
    ("PATCH", "/assessments/{assessment}/answers"): {"sequence": 0, "answers": {}},
    ("POST", "/assessments/{assessment}/revisions"): {"sequence": 0},
    ("PUT", "/assessments/{assessment}/description"): {"title": "x", "digest": ""},
    ("PUT", "/clients/{client}"): {"name": "x", "digest": ""},
    ("PUT", "/screenings/{screening}"): {"title": "x"},
    ("POST", "/screenings/{screening}/vendors"): {"vendors": [{"name": "x"}]},
    ("PUT", "/screenings/{screening}/vendors/{vendor}/reviews/{question}"): {},
    ("POST", "/screenings/{screening}/vendors/{vendor}/decision"): {
        "decision": "accepted",
        "reason": "x",
    },
}


def test_an_assessment_is_begun_answered_and_submitted(program: Program) -> None:
    sent = {
        "questionnaire": "kz-ai-law",
        "title": "By a program",
        "answers": {"system-name": "Sorter", "model-based": "no"},
    }
    response = program.ask("POST", "/assessments", sent)
    assert response.status_code == 201
    made = response.get_json()
    assert made["answers"] == {"system-name": "Sorter", "model-based": "no"}
    path = f"/assessments/{made['id']}"
    assert made["conclusion"]["journey"]["next"] is not None
    early = program.ask("POST", f"{path}/revisions", {"sequence": made["sequence"]})
    assert (early.status_code, code_of(early)) == (409, "incomplete")
    while (name := made["conclusion"]["journey"]["next"]) is not None:
        made = _answer(program, made, name)
    response = program.ask("POST", f"{path}/revisions", {"sequence": made["sequence"]})
    assert (response.status_code, response.get_json()["number"]) == (201, 1)
    assert [one["number"] for one in program.get(path)["revisions"]] == [1]
    events = program.get(f"{path}/history")["items"]
    assert {one["actor"] for one in events} == {"A program", "holder"}
    assert program.get("/assessments")["total"] == 2
    assert program.ask("DELETE", path).status_code == 204
    assert code_of(program.ask("GET", path)) == "no-assessment"


def _answer(program: Program, made: dict[str, Any], name: str) -> dict[str, Any]:
    """Answer the next question in whatever way it takes."""
    edition = program.get(f"/questionnaires/kz-ai-law/{made['edition']}")
    (question,) = [one for one in edition["questions"] if one["id"] == name]
    options = question["options"]
    raw: Any = options[0] if options else "Some text"
    raw = [options[-1]] if question["kind"] == "many" else raw
    sent = {"sequence": made["sequence"], "answers": {name: raw}}
    response = program.ask("PATCH", f"/assessments/{made['id']}/answers", sent)
    assert response.status_code == 200, response.get_data(as_text=True)
    found: dict[str, Any] = response.get_json()
    return found


def test_answers_are_saved_over_the_state_that_was_seen_or_not_at_all(
    program: Program, place: Place
) -> None:
    path = f"/assessments/{place.assessment}/answers"
    seen = program.get(f"/assessments/{place.assessment}")["sequence"]
    first = {"sequence": seen, "answers": {"system-name": "One"}}
    assert program.ask("PATCH", path, first).status_code == 200
    late = program.ask("PATCH", path, {**first, "answers": {"system-name": "Two"}})
    assert (late.status_code, code_of(late)) == (409, "changed")
    bad = {
        "sequence": seen + 1,
        "answers": {"system-name": "Two", "emergncy": "yes", "model-based": "x"},
    }
    response = program.ask("PATCH", path, bad)
    assert (response.status_code, code_of(response)) == (422, "answers")
    assert len(response.get_json()["problems"]) == 2
    assert program.get(f"/assessments/{place.assessment}")["answers"] == {"system-name": "One"}
    gone = {"sequence": seen + 1, "answers": {"system-name": None}}
    assert program.ask("PATCH", path, gone).get_json()["answers"] == {}


def test_the_round_of_a_buyer(program: Program, desk: Desk, app: Flask) -> None:
    sent = {"title": "Voices", "questionnaire": "kz-ai-law", "deadline": "2026-12-31"}
    made = program.ask("POST", "/screenings", sent).get_json()
    path = f"/screenings/{made['id']}"
    added = program.ask("POST", f"{path}/vendors", {"vendors": [{"name": "A"}, {"name": "B"}]})
    assert added.get_json() == {"added": 2}
    page = program.get(f"{path}/vendors?limit=1&page=2")
    assert (page["total"], [one["name"] for one in page["items"]]) == (2, ["B"])
    vendor = f"{path}/vendors/{page['items'][0]['id']}"
    told = program.get(vendor)
    assert told["claimed"] is told["accepted"] is None
    link = told["link"]
    assert Browser(app).get(link.removeprefix("http://localhost")).status == 200
    secret = link.rpartition("/")[2]
    screenings.begin_answers(desk, secret, "en")
    hand_in(desk, secret)
    review = {"comment": "Which?", "asks": True, "value": "Otherwise"}
    told = program.ask("PUT", f"{vendor}/reviews/system-name", review).get_json()
    assert told["reviews"][0]["value"] == "Otherwise"
    assert program.ask("POST", f"{vendor}/ask").get_json() == ["system-name"]
    early = program.ask("POST", f"{vendor}/decision", {"decision": "accepted", "reason": "x"})
    assert (early.status_code, code_of(early)) == (409, "not-submitted")
    hand_in(desk, secret)
    decision = {"decision": "accepted", "reason": "Sound"}
    assert program.ask("POST", f"{vendor}/decision", decision).get_json()["reason"] == "Sound"
    assert program.get(f"{path}/vendors?state=accepted")["total"] == 1
    assert code_of(program.ask("GET", f"{path}/vendors?state=x")) == "state"
    renewed = program.ask("POST", f"{vendor}/link").get_json()["link"]
    assert renewed != link
    assert program.ask("DELETE", f"{vendor}/link").status_code == 204
    assert program.ask("DELETE", vendor).status_code == 204
    assert {one["actor"] for one in program.get("/history")["items"]} >= {"A program"}


def test_a_request_with_a_key_is_done_once(program: Program) -> None:
    sent = {"questionnaire": "kz-ai-law", "title": "Once"}
    first = program.ask("POST", "/assessments", sent, Idempotency_Key="k1")
    again = program.ask("POST", "/assessments", sent, Idempotency_Key="k1")
    assert first.status_code == again.status_code == 201
    assert first.get_data() == again.get_data()
    assert again.headers["Idempotent-Replayed"] == "true"
    other = program.ask("POST", "/assessments", {**sent, "title": "x"}, Idempotency_Key="k1")
    assert (other.status_code, code_of(other)) == (422, "key-taken")
    assert program.get("/assessments")["total"] == 2


@pytest.mark.in_a_file
def test_what_is_given_again_waits_encrypted_and_for_a_day(
    program: Program, place: Place, desk: Desk, clock: Clock, database: Path
) -> None:
    path = f"/screenings/{place.screening}/vendors/{place.vendor}/link"
    link = program.ask("POST", path, Idempotency_Key="link").get_json()["link"]
    secret = link.rpartition("/")[2]
    (given,) = desk.store.read(lambda unit: GIVEN.find(unit, ""))
    assert secret.encode() not in given.body
    assert not [line for line in contents_of(database) if secret in line]
    again = program.ask("POST", path, Idempotency_Key="link")
    assert (again.get_json()["link"], again.headers["Idempotent-Replayed"]) == (link, "true")
    clock.move(days=2)
    tidying = Keeper(desk).tidy()
    assert tidying is not None
    tidying.join()
    assert desk.store.read(lambda unit: GIVEN.count(unit, "")) == 0


def test_an_answer_under_another_secret_is_not_given_again(desk: Desk, place: Place) -> None:
    token_of(desk, place)
    (token,) = tokens.list_tokens(desk, seat_of(desk, place, "owner"))
    asked = tokens.Keyed(token.id, "k", b"digest")
    assert tokens.give_again(desk, "a" * 40, asked) is None
    tokens.keep_answer(desk, "a" * 40, asked, 201, b"made")
    with pytest.raises(tokens.IdempotencyError, match="lost"):
        tokens.give_again(desk, "b" * 40, asked)
    found = tokens.give_again(desk, "a" * 40, asked)
    assert found is not None
    assert (found.status, found.body) == (201, b"made")
    # Whoever took too long does not write over what was answered meanwhile.
    tokens.keep_answer(desk, "a" * 40, asked, 500, b"late")
    tokens.forget(desk, asked)
    assert tokens.give_again(desk, "a" * 40, asked) == found


def test_a_request_that_failed_may_be_sent_again_with_its_key(program: Program) -> None:
    for _time in range(2):
        sent = {"questionnaire": "nothing", "title": "x"}
        response = program.ask("POST", "/assessments", sent, Idempotency_Key="k2")
        assert code_of(response) == "no-questionnaire"


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        (b"", "application/json", "json"),
        (b"{", "application/json", "json"),
        (b'{"title": "\xff"}', "application/json", "json"),
        (b"[]", "application/json", "content"),
        (b'{"title": 1}', "application/json", "content"),
        (b'{"title": "", "questionnaire": "kz-ai-law"}', "application/json", "content"),
        (b'{"title": "x", "questionnaire": "q", "more": 1}', "application/json", "content"),
        (b'{"title": "x"}', "text/plain", "not-json"),
    ],
)
def test_content_that_does_not_fit_is_told(
    program: Program, body: bytes, kind: str, code: str
) -> None:
    response = program.client.post(
        "/api/v1/assessments", data=body, content_type=kind, headers=program.head
    )
    assert code_of(response) == code


def test_what_is_not_there_is_a_problem_too(program: Program) -> None:
    assert code_of(program.ask("GET", "/nothing")) == "http-404"
    assert code_of(program.ask("DELETE", "/workspace")) == "http-405"
    assert code_of(program.ask("GET", "/questionnaires/kz-ai-law/2020-01-01")) == "no-questionnaire"
    assert code_of(program.ask("GET", "/assessments?page=0")) == "page"


def test_the_description_names_every_call_and_needs_no_token(app: Flask) -> None:
    told = app.test_client().get("/api/v1/openapi.json").get_json()
    assert told["openapi"] == "3.1.0"
    named = {
        (method.upper(), path) for path, methods in told["paths"].items() for method in methods
    }
    assert named == {(one.method, one.path) for one in CALLS}
    references = re.findall(r"#/components/schemas/(\w+)", str(told))
    assert set(references) <= set(told["components"]["schemas"])
    assert told == description()
    for language in ("kk", "ru", "en"):
        page = Browser(app, language).get(f"/{language}/api")
        assert page.status == 200
        assert "/api/v1/assessments/{assessment}" in page.text


def test_an_owner_makes_a_token_that_is_shown_once(app: Flask, place: Place) -> None:
    owner = enter(app, place.email("owner"))
    path = f"/en/w/{place.workspace}/tokens"
    owner.get(path)
    page = owner.send(name="", days="0", right=[])
    for told in ("Enter a name", "Choose at least one right", "Enter a number"):
        assert told in page.text
    page = owner.send(name="Importer", days="7", right=["see", "edit"])
    (secret,) = re.findall(r'value="(rq_[\w-]+)"', page.html)
    assert Program(app, secret).get("/workspace")["rights"] == ["see", "edit"]
    page = owner.get(f"{path}/made")
    assert secret not in page.html
    owner.send()
    assert Program(app, secret).ask("GET", "/workspace").status_code == 401
    assert "over since" in owner.get(path).text


def test_the_client_that_the_document_shows_works(app: Flask, desk: Desk, place: Place) -> None:
    names = names_of("api.md", 0)
    server = make_server("127.0.0.1", 0, app)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        riskq = names["Riskq"](f"http://127.0.0.1:{server.port}", token_of(desk, place))
        answers = {"model-based": "yes", "kazakhstan-link": ["operated-in-kz"], "emergency": "yes"}
        assert names["judge"](riskq, "Letter sorter", answers) == ["high"]
        assert names["judge"](riskq, "Letter sorter", answers) == ["high"]
        assert riskq.call("GET", "/assessments")["total"] == 2
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
