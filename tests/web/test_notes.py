"""A private note is seen by members on two pages of their workspace, and nowhere else."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader

from riskq.engine import read_answers
from riskq.services import Desk, resume, start, submit, workspaces
from riskq.store import USERS, Unit, User
from riskq.web.state import KEY
from tests.ai_law import EDITION, NAME, answers_of, questionnaire
from tests.marks import ONE_QUICKLY
from tests.papers import pages_of
from tests.web.browser import Browser
from tests.web.members import Place, enter, make_place
from tests.web.test_rights import address, rules_with

NOTE = "ZEBRA the client hesitates"
OF_CLIENT = "GIRAFFE pays late"
CASE = "hospital-triage-ready"


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


@pytest.fixture
def secret(desk: Desk, place: Place) -> str:
    """The link of a submitted assessment that is taken into the workspace, with notes on both."""
    answers = read_answers(questionnaire(), answers_of(CASE), EDITION.max)
    started = start(desk, NAME, "en", answers)
    opened = resume(desk, started.secret)
    submit(desk, opened, seen=opened.record.sequence, language="en")
    owner = next(one for one in desk.store.read(_users) if one.email == place.email("owner"))
    seat = workspaces.take_seat(desk, owner, place.workspace)
    workspaces.claim(desk, seat, resume(desk, started.secret), "Scoring", place.client)
    held = workspaces.held_in(desk, seat, started.id)
    said = workspaces.describe(desk, held)
    noted = workspaces.Description(said.title, said.client, ("fox",), NOTE)
    workspaces.redescribe(desk, held, noted, said.digest)
    facts = workspaces.facts_of(workspaces.find_client(desk, seat, place.client))
    told = workspaces.ClientFacts(facts.name, OF_CLIENT)
    workspaces.change_client(desk, seat, place.client, told, facts.digest)
    place.assessment = started.id
    return started.secret


def _users(unit: Unit) -> tuple[User, ...]:
    return USERS.find(unit, "")


def is_private(text: str) -> bool:
    return not any(word in text for word in ("ZEBRA", "GIRAFFE", "Sorting Office", "fox"))


@pytest.mark.parametrize("role", ["owner", "reader"])
def test_members_read_it(app: Flask, place: Place, secret: str, role: str) -> None:
    del secret
    browser = enter(app, place.email(role))
    page = browser.get(f"/en/w/{place.workspace}/assessments/{place.assessment}")
    assert NOTE in page.text
    page = browser.get(f"/en/w/{place.workspace}/clients/{place.client}")
    assert OF_CLIENT in page.text


def test_no_page_of_the_assessment_shows_it(app: Flask, place: Place, secret: str) -> None:
    del secret
    browser = enter(app, place.email("owner"))
    shown = 0
    for method, rule in rules_with(app, "assessment"):
        if method == "GET" and "workspace" not in rule.arguments:
            response = browser.client.get(address(app, rule, place), follow_redirects=True)
            body = response.get_data()
            # The packed bytes of a PDF may spell a short word by chance.
            is_paper = response.mimetype == "application/pdf"
            text = " ".join(pages_of(body)) if is_paper else body.decode("utf-8", "ignore")
            assert is_private(text), rule.endpoint
            shown += response.status_code == 200
    assert shown > 10


@pytest.mark.slow
@pytest.mark.parametrize("language", ONE_QUICKLY)
def test_no_report_carries_it(app: Flask, place: Place, secret: str, language: str) -> None:
    del secret
    browser = enter(app, place.email("owner"))
    response = browser.client.get(f"/{language}/a/{place.assessment}/report-1.pdf")
    assert response.status_code == 200
    paper = response.get_data()
    assert is_private(" ".join(pages_of(paper)))
    report = PdfReader(io.BytesIO(paper))
    assert is_private(report.attachments["assessment.json"][0].decode())
    assert is_private(str(report.metadata))


def test_no_download_carries_it(app: Flask, place: Place, secret: str) -> None:
    del secret
    browser = enter(app, place.email("owner"))
    response = browser.client.get(f"/en/a/{place.assessment}/data.json")
    told = json.loads(response.get_data())
    assert told["revisions"]
    assert is_private(json.dumps(told))


def test_the_holder_of_the_link_sees_nothing(app: Flask, place: Place, secret: str) -> None:
    browser = Browser(app)
    for path in (
        f"/en/r/{secret}",
        f"/en/a/{place.assessment}/",
        f"/en/a/{place.assessment}/data.json",
        f"/en/a/{place.assessment}/report-1.pdf",
        f"/en/w/{place.workspace}/assessments/{place.assessment}",
    ):
        page = browser.get(path)
        assert page.status == 404 or page.path == "/en/sign-in"
        assert is_private(page.html)


def test_the_history_tells_that_and_not_what(app: Flask, place: Place, secret: str) -> None:
    del secret
    page = enter(app, place.email("reader")).get(f"/en/w/{place.workspace}/history")
    assert "Changed the private note of an assessment: Scoring" in page.text
    assert "Changed the private note of a client: Sorting Office" in page.text
    assert "ZEBRA" not in page.html
    assert "GIRAFFE" not in page.html


def test_it_is_gone_from_the_files_once_replaced(
    app: Flask, desk: Desk, place: Place, secret: str
) -> None:
    del secret
    browser = enter(app, place.email("editor"))
    browser.get(f"/en/w/{place.workspace}/assessments/{place.assessment}")
    browser.send(note="")
    browser.get(f"/en/w/{place.workspace}/clients/{place.client}/delete")
    browser.send()
    desk.store.close()
    for file in desk_files(app):
        assert b"ZEBRA" not in file
        assert b"GIRAFFE" not in file


def desk_files(app: Flask) -> list[bytes]:
    """What stands in the files of the database."""
    path = Path(app.extensions[KEY].settings.database)
    return [file.read_bytes() for file in path.parent.glob(f"{path.name}*")]


@pytest.mark.parametrize(
    ("note", "told"),
    [("x" * 5001, "5001 characters"), ("a\x07b", "a character that cannot be stored")],
)
def test_what_is_no_note_is_told(app: Flask, place: Place, note: str, told: str) -> None:
    browser = enter(app, place.email("editor"))
    browser.get(f"/en/w/{place.workspace}/assessments/{place.assessment}")
    page = browser.send(note=note)
    assert page.status == 422
    assert told in page.text
    page = browser.send(note="первая строка\r\n\r\n<b>вторая</b>")
    assert page.status == 200
    assert "&lt;b&gt;вторая" in page.html
