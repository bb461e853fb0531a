"""Reports of many assessments of a workspace: chosen, made in the background, taken as a ZIP."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask
from pypdf import PdfReader

from riskq.brand import Brand
from riskq.i18n import LANGUAGES
from riskq.report import Renderer, Sealer
from riskq.services import BundleMaker, Desk, workspaces
from riskq.services.workspaces import Seat
from tests.keys import KEYS
from tests.papers import pages_of
from tests.web.browser import Browser
from tests.web.conftest import MakeApp
from tests.web.members import Place, enter, make_place
from tests.web.test_branding import seat_of, take_in_submitted
from tests.web.test_bundles import state_of
from tests.web.test_clients import at

OURS = Brand("Кеңес ЖШС", "Астана", "#7a1f3d")


def attachment_of(pdf: bytes) -> bytes:
    (found,) = PdfReader(io.BytesIO(pdf)).attachments["assessment.json"]
    return found


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


@pytest.fixture
def seat(desk: Desk, place: Place) -> Seat:
    return seat_of(desk, place)


@pytest.fixture
def maker(app: Flask, sealer: Sealer) -> Iterator[BundleMaker]:
    desk = state_of(app).bundles
    with Renderer() as renderer:
        yield BundleMaker(desk.store, desk.catalogue, renderer, sealer, desk.clock, keys=KEYS)


def choose(browser: Browser, place: Place, *chosen: str, language: str = "ru") -> str:
    """Ask for the reports of some assessments; the id of the bundle that is begun."""
    browser.get(at(place, "reports"))
    page = browser.send_with({"assessment": list(chosen), "reports-in": language})
    assert page.heading == "Your reports are being made", page.text
    return page.path.rpartition("/")[2]


@pytest.mark.slow
def test_the_chosen_reports_are_those_of_their_own_pages(
    app: Flask, desk: Desk, seat: Seat, place: Place, maker: BundleMaker
) -> None:
    first, second = (take_in_submitted(desk, seat, title) for title in ("A/B v1.2", "Ұшақ"))
    workspaces.set_brand(desk, seat, OURS)
    browser = enter(app, place.email("reader"))
    bundle = choose(browser, place, first, second)
    while maker.make_next(bundle, 0):
        pass
    response = browser.client.get(f"/en/reports/{bundle}/reports.zip")
    with zipfile.ZipFile(io.BytesIO(response.data)) as packed:
        assert packed.namelist() == ["1-A-B v1.2-ru.pdf", "2-Ұшақ-ru.pdf"]
        made = packed.read("1-A-B v1.2-ru.pdf")
    own = browser.client.get(f"/ru/a/{first}/report-1.pdf").get_data()
    assert attachment_of(made) == attachment_of(own)
    assert pages_of(made) == pages_of(own)
    assert OURS.name in pages_of(made)[0]
    told = json.loads(attachment_of(made))
    assert told["number"] == f"{first.upper()}-1"
    assert "Had reports made, as many as 2" in browser.get(at(place, "history")).text


def test_what_cannot_be_made_says_why_beside_the_others(
    app: Flask, desk: Desk, seat: Seat, place: Place
) -> None:
    submitted = take_in_submitted(desk, seat)
    browser = enter(app, place.email("editor"))
    bundle = choose(browser, place, submitted, place.assessment)
    page = browser.get(f"/en/reports/{bundle}")
    assert "1 of 2" in page.text
    assert "Sorting letters.pdf It was never submitted." in page.text


def test_nothing_of_a_foreign_workspace_is_taken(
    app: Flask, desk: Desk, seat: Seat, place: Place
) -> None:
    other = make_place(desk, "steppe")
    theirs = take_in_submitted(desk, seat_of(desk, other))
    ours = take_in_submitted(desk, seat, "Ours")
    browser = enter(app, place.email("owner"))
    browser.get(at(place, "reports"))
    page = browser.send_with({"assessment": [theirs]})
    assert page.status == 422
    bundle = choose(browser, place, theirs, ours)
    assert len(state_of(app).bundles.store.items(bundle)) == 1


def test_all_of_a_client_are_chosen_and_what_was_never_submitted_cannot_be(
    app: Flask, desk: Desk, seat: Seat, place: Place
) -> None:
    take_in_submitted(desk, seat, "Of nobody")
    browser = enter(app, place.email("reader"))
    page = browser.get(at(place, f"clients/{place.client}"))
    (link,) = [link for link in page.links if f"/reports?client={place.client}" in link]
    page = browser.get(link)
    assert "Sorting letters" in page.text
    assert "never submitted" in page.text
    assert "Of nobody" not in page.text
    assert "disabled" in page.html
    page = browser.get(at(place, "reports"))
    assert page.html.count("checked") == 1


def test_without_a_choice_it_is_asked_again(
    app: Flask, desk: Desk, seat: Seat, place: Place
) -> None:
    take_in_submitted(desk, seat)
    browser = enter(app, place.email("owner"))
    browser.get(at(place, "reports"))
    page = browser.send_with({"assessment": [], "reports-in": "kk"})
    assert page.status == 422
    assert "Choose at least one assessment" in page.text
    assert '<option value="kk" selected>' in page.html


def test_the_bundle_is_its_makers_alone_until_it_is_deleted(
    app: Flask, desk: Desk, seat: Seat, place: Place
) -> None:
    browser = enter(app, place.email("owner"))
    bundle = choose(browser, place, take_in_submitted(desk, seat))
    other = enter(app, place.email("editor"))
    assert other.get(f"/en/reports/{bundle}").status == 404
    page = browser.get(f"/en/reports/{bundle}")
    form = next(form for form in page.forms if form.action.endswith("/delete"))
    assert browser.post(form.action, dict(form.fields)).path == "/en/workspaces"
    assert browser.get(f"/en/reports/{bundle}").status == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_the_language(app: Flask, place: Place, language: str) -> None:
    page = enter(app, place.email("reader"), language).get(at(place, "reports", language))
    assert (page.status, page.language) == (200, language)


def test_a_service_without_bundles_offers_none(make_app: MakeApp, place: Place) -> None:
    browser = enter(make_app(most_reports=0), place.email("owner"))
    assert "/reports" not in browser.get(at(place, "")).html.replace("/en/reports", "")
    assert browser.get(at(place, "reports")).status == 404
