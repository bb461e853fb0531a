"""Limits of what members and programs write: beyond them nothing is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from riskq.services import Desk, screenings, tokens, workspaces
from riskq.services.workspaces.clients import MOST_CLIENTS
from riskq.store import CLIENTS, Client, Unit
from tests.stores import contents_of
from tests.web.browser import Browser, Page, Sent
from tests.web.conftest import Clock
from tests.web.members import Place, enter, make_place
from tests.web.test_api import Program, code_of, seat_of, token_of


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


@pytest.fixture
def owner(app: Flask, place: Place) -> Browser:
    return enter(app, place.email("owner"))


def send(browser: Browser, at: str, to: str, ending: str, **fields: str | list[str]) -> Page:
    """Send the form of a page that goes to such an address, with some fields changed."""
    page = browser.get(f"{at}{to}")
    (form,) = [one for one in page.forms if one.action.endswith(ending)]
    sent: Sent = {**dict(form.fields), **fields}
    return browser.post(form.action, sent)


TEXTS = {
    "name of a client": ("/clients", "/clients", "name", 120),
    "note on a client": ("/clients/{client}", "/clients/{client}", "note", 5000),
    "name of a workspace": ("/name", "/name", "name", 120),
    "message of a screening": (
        *("/screenings/{screening}/terms", "/screenings/{screening}/terms"),
        *("message", 4000),
    ),
    "comment on an answer": (
        *("/screenings/{screening}/vendors/{vendor}/answers/system-name", "/answers/system-name"),
        *("comment", 2000),
    ),
    "reason of a decision": (
        *("/screenings/{screening}/vendors/{vendor}", "/decide"),
        *("reason", 2000),
    ),
}


@pytest.mark.parametrize("what", TEXTS)
def test_a_text_has_its_length_and_a_longer_one_is_not_kept(
    owner: Browser, place: Place, database: Path, what: str
) -> None:
    page, ending, field, most = TEXTS[what]
    ids = {"client": place.client, "screening": place.screening, "vendor": place.vendor}
    at, to, ending = f"/en/w/{place.workspace}", page.format(**ids), ending.format(**ids)
    others = {"decision": "accepted"} if field == "reason" else {}
    before = contents_of(database, counts=False)
    refused = send(owner, at, to, ending, **{**others, field: "Ә" * (most + 1)})
    assert refused.status == 422
    assert f"at most {most}" in refused.text
    assert contents_of(database, counts=False) == before
    assert send(owner, at, to, ending, **{**others, field: "Ә" * most}).status == 200
    assert contents_of(database, counts=False) != before


@pytest.mark.parametrize(("days", "status"), [("366", 200), ("367", 422), ("0", 422), ("-1", 422)])
def test_a_token_works_for_a_year_at_most(
    owner: Browser, place: Place, days: str, status: int
) -> None:
    at = f"/en/w/{place.workspace}"
    page = send(owner, at, "/tokens", "/tokens", name="x", days=days, right=["see"])
    assert page.status == status


def test_a_token_that_was_made_ends_after_a_year(
    app: Flask, desk: Desk, place: Place, clock: Clock
) -> None:

    token = tokens.make_token(
        desk, seat_of(desk, place, "owner"), "x", list(workspaces.Right), 9999
    )
    clock.move(days=365)
    assert Program(app, token).ask("GET", "/workspace").status_code == 200
    clock.move(days=1)
    assert Program(app, token).ask("GET", "/workspace").status_code == 401


def test_a_workspace_has_a_thousand_clients_at_most(
    owner: Browser, desk: Desk, place: Place
) -> None:
    now = desk.clock()

    def fill(unit: Unit) -> None:
        for number in range(MOST_CLIENTS - 2):
            name = f"client {number}"
            CLIENTS.add(unit, Client(f"id{number}", place.workspace, name, name, "", now))

    desk.store.change(fill)
    at = f"/en/w/{place.workspace}"
    assert send(owner, at, "/clients", "/clients", name="The last").status == 200
    page = send(owner, at, "/clients", "/clients", name="One too many")
    assert page.status in (409, 422)
    assert "One too many" not in owner.get(f"{at}/clients").text


def test_five_vendors_stand_side_by_side_at_most(owner: Browser, desk: Desk, place: Place) -> None:
    of = screenings.find_screening(desk, seat_of(desk, place, "owner"), place.screening)
    names = [screenings.NewVendor(f"Vendor {number}") for number in range(5)]
    screenings.add_vendors(desk, of, "s" * 40, names)
    ids = list(screenings.vendors_of(desk, of))
    assert len(ids) == 6
    chosen = "&".join(f"vendor={one}" for one in ids)
    page = owner.get(f"/en/w/{place.workspace}/screenings/{place.screening}/compare?{chosen}")
    assert page.status == 200
    assert "Five vendors at most" in page.text
    assert page.text.count("has not submitted yet") in (4, 5)


@pytest.mark.parametrize(
    ("asked", "status"),
    [("limit=200", 200), ("limit=201", 400), ("limit=0", 400), ("page=100001", 400)],
)
def test_a_list_of_the_api_has_two_hundred_lines_at_most(
    app: Flask, desk: Desk, place: Place, asked: str, status: int
) -> None:
    program = Program(app, token_of(desk, place))
    assert program.ask("GET", f"/assessments?{asked}").status_code == status


@pytest.mark.parametrize(("key", "status"), [("k" * 100, 201), ("k" * 101, 400), ("k\x01", 400)])
def test_an_idempotency_key_has_a_hundred_characters_at_most(
    app: Flask, desk: Desk, place: Place, key: str, status: int
) -> None:
    program = Program(app, token_of(desk, place))
    sent = {"questionnaire": "kz-ai-law", "title": "x", "answers": {}}
    answer = program.ask("POST", "/assessments", sent, Idempotency_Key=key)
    assert answer.status_code == status


@pytest.mark.parametrize(("length", "status"), [(900_000, 422), (1_000_001, 413)])
def test_a_call_has_a_megabyte_at_most(
    app: Flask, desk: Desk, place: Place, length: int, status: int
) -> None:
    program = Program(app, token_of(desk, place))
    sent = {"questionnaire": "kz-ai-law", "title": "x", "answers": {"system-name": "x" * length}}
    answer = program.ask("POST", "/assessments", sent)
    assert answer.status_code == status
    assert code_of(answer) in ("answers", "http-413")
