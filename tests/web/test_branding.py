"""A workspace hands over reports in its own name, and in nobody else's."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader

from riskq.engine import read_answers
from riskq.i18n import LANGUAGES
from riskq.report import Inspector, Renderer
from riskq.services import Desk, Verifier, resume, start, submit, workspaces
from riskq.services.workspaces import Seat
from riskq.settings import SealSettings
from riskq.store import USERS
from tests.ai_law import EDITION, NAME, answers_of, questionnaire
from tests.brand.pictures import SVG, png
from tests.marks import ONE_QUICKLY
from tests.papers import pages_of
from tests.web.browser import Browser
from tests.web.members import Place, enter, make_place
from tests.web.test_clients import at

OURS = {"name": "Кеңес ЖШС", "colour": "#7A1F3D", "footer": "Астана · kenes.example.kz"}


@pytest.fixture
def place(desk: Desk) -> Place:
    """A workspace with a submitted assessment."""
    made = make_place(desk)
    made.assessment = take_in_submitted(desk, seat_of(desk, made))
    return made


def seat_of(desk: Desk, place: Place) -> Seat:
    """The seat of the owner."""
    (owner,) = desk.store.read(
        lambda unit: USERS.find(unit, "where email = ?", place.email("owner"))
    )
    return workspaces.take_seat(desk, owner, place.workspace)


def take_in_submitted(desk: Desk, seat: Seat, title: str = "Triage") -> str:
    """A submitted assessment that belongs to the workspace."""
    answers = read_answers(questionnaire(), answers_of("hospital-triage-ready"), EDITION.max)
    started = start(desk, NAME, "en", answers)
    opened = resume(desk, started.secret)
    submit(desk, opened, seen=opened.record.sequence, language="en")
    workspaces.claim(desk, seat, resume(desk, started.secret), title)
    return started.id


@pytest.fixture
def browser(app: Flask, place: Place) -> Browser:
    return enter(app, place.email("owner"))


def set_brand(browser: Browser, place: Place, logo: bytes = SVG, **changes: object) -> int:
    """Send the form with a file; the status of what comes back."""
    browser.get(at(place, "brand"))
    token = dict(browser.page.forms[0].fields)["csrf_token"]
    sent = {"csrf_token": token, **OURS, **changes, "logo": (io.BytesIO(logo), "logo.svg")}
    return browser.client.post(at(place, "brand"), data=sent).status_code


def report_of(browser: Browser, place: Place, language: str = "en") -> bytes:
    response = browser.client.get(f"/{language}/a/{place.assessment}/report-1.pdf")
    assert response.status_code == 200
    return response.get_data()


@pytest.mark.slow
@pytest.mark.parametrize("language", ONE_QUICKLY)
def test_reports_of_the_workspace_bear_its_name(
    browser: Browser, place: Place, language: str
) -> None:
    assert set_brand(browser, place) == 303
    pdf = report_of(browser, place, language)
    first, second, *_ = pages_of(pdf)
    assert OURS["name"] in first
    assert OURS["footer"] in second
    told = json.loads(PdfReader(io.BytesIO(pdf)).attachments["assessment.json"][0])["brand"]
    assert (told["name"], told["colour"], told["logo"]["type"]) == (
        *(OURS["name"], "#7a1f3d"),
        "image/svg+xml",
    )


@pytest.mark.slow
def test_the_same_brand_gives_the_same_pages_and_another_gives_others(
    desk: Desk, browser: Browser, place: Place, tmp_path: Path
) -> None:
    before = Inspector(SealSettings(tmp_path)).inspect(report_of(browser, place)).data
    set_brand(browser, place)
    brand = workspaces.brand_in(desk, place.workspace)
    first = report_of(browser, place)
    set_brand(browser, place, png((64, 64)))
    second = report_of(browser, place)
    set_brand(browser, place)
    assert workspaces.brand_in(desk, place.workspace) == brand
    assert report_of(browser, place) == first != second
    # Without a brand it is what it was.
    browser.get(at(place, "brand"))
    browser.send_with({"name": "", "colour": "", "footer": "", "no-logo": "yes"})
    after = Inspector(SealSettings(tmp_path)).inspect(report_of(browser, place)).data
    assert after == before


@pytest.mark.slow
def test_its_pages_are_proved_by_whoever_knows_nothing_of_the_workspace(
    desk: Desk, browser: Browser, place: Place, tmp_path: Path
) -> None:
    set_brand(browser, place)
    pdf = report_of(browser, place)
    with Renderer() as renderer:
        verifier = Verifier(desk.catalogue, Inspector(SealSettings(tmp_path)), renderer)
        assert verifier.verify(pdf, desk.today(), "en").is_printed_so


@pytest.mark.slow
def test_nobody_elses_reports_bear_it(
    app: Flask, desk: Desk, browser: Browser, place: Place
) -> None:
    set_brand(browser, place)
    other = make_place(desk, "steppe")
    other.assessment = take_in_submitted(desk, seat_of(desk, other))
    theirs = report_of(enter(app, other.email("reader")), other)
    assert OURS["name"] not in pages_of(theirs)[0]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": "x" * 81}, "at most 80 characters"),
        ({"name": ""}, "a logo needs one"),
        ({"colour": "#ffff00"}, "can be read on white"),
        ({"colour": "red"}, "can be read on white"),
        ({"footer": "x" * 161}, "at most 160 characters"),
        ({"logo": b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"}, "as a logo"),
        ({"logo": b"GIF89a"}, "as a logo"),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_is_changed(
    desk: Desk, browser: Browser, place: Place, changes: dict[str, object], told: str
) -> None:
    logo = changes.get("logo", SVG)
    assert isinstance(logo, bytes)
    texts = {name: text for name, text in changes.items() if name != "logo"}
    browser.get(at(place, "brand"))
    token = dict(browser.page.forms[0].fields)["csrf_token"]
    sent = {"csrf_token": token, **OURS, **texts}
    for path in ("brand", "brand/preview"):
        file = (io.BytesIO(logo), "logo")
        page = browser.post(at(place, path), {**sent, "logo": file})  # type: ignore[dict-item]  # A file is sent as its bytes and name.
        assert page.status == 422
        assert told in page.text
        assert 'value="Астана' in page.html or "footer" in texts
    assert workspaces.brand_in(desk, place.workspace).name == ""


@pytest.mark.slow
def test_an_example_is_shown_and_nothing_saved(desk: Desk, browser: Browser, place: Place) -> None:
    browser.get(at(place, "brand"))
    token = dict(browser.page.forms[0].fields)["csrf_token"]
    sent = {"csrf_token": token, **OURS, "logo": (io.BytesIO(SVG), "logo.svg")}
    response = browser.client.post(at(place, "brand/preview"), data=sent)
    assert response.content_type == "application/pdf"
    assert OURS["name"] in pages_of(response.get_data())[0]
    assert workspaces.brand_in(desk, place.workspace).name == ""


def test_the_logo_stays_until_it_is_taken_away(desk: Desk, browser: Browser, place: Place) -> None:
    assert browser.get(at(place, "brand/logo")).path == at(place, "brand")
    set_brand(browser, place)
    browser.get(at(place, "brand"))
    browser.send(name="Other")
    brand = workspaces.brand_in(desk, place.workspace)
    assert brand.name == "Other"
    assert brand.logo is not None
    response = browser.client.get(at(place, "brand/logo"))
    assert (response.content_type, response.get_data()) == ("image/svg+xml", brand.logo.body)
    browser.get(at(place, "brand"))
    browser.send_with({"no-logo": "yes"})
    assert workspaces.brand_in(desk, place.workspace).logo is None
    assert "Changed the name and logo on reports" in browser.get(at(place, "history")).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_the_language(app: Flask, place: Place, language: str) -> None:
    page = enter(app, place.email("owner"), language).get(at(place, "brand", language))
    assert (page.status, page.language) == (200, language)


@pytest.mark.slow
def test_without_its_own_a_workspace_has_the_brand_of_the_service(
    browser: Browser, place: Place
) -> None:
    report = PdfReader(io.BytesIO(report_of(browser, place)))
    assert "brand" not in json.loads(report.attachments["assessment.json"][0])


@pytest.mark.slow
def test_what_a_vendor_answered_is_not_handed_over_in_the_buyers_name(
    browser: Browser, place: Place
) -> None:
    set_brand(browser, place)
    place.assessment = place.vendor_assessment
    assert OURS["name"] not in pages_of(report_of(browser, place))[0]
