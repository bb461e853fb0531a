"""Files that a vendor attached: a buyer takes them along as long as the answers lie with it."""

from __future__ import annotations

import hashlib
from io import BytesIO

import pytest
from flask import Flask

from riskq.services import Desk, evidence, resume, screenings
from tests.attachments import PDF
from tests.web.browser import Browser
from tests.web.members import SECRET, Place, enter, hand_in, make_place
from tests.web.test_branding import seat_of


def place_with_a_file(desk: Desk) -> Place:
    """A screening with a vendor that was sent back, and has attached a file since then."""
    made = make_place(desk)
    of = screenings.find_screening(desk, seat_of(desk, made), made.screening)
    screenings.add_vendors(desk, of, SECRET, [screenings.NewVendor("Ұшқын")])
    (vendor,) = [one for one in screenings.vendors_of(desk, of).values() if one.name == "Ұшқын"]
    secret = screenings.link_secret(SECRET, vendor.id, 1)
    screenings.begin_answers(desk, secret, "en")
    hand_in(desk, secret)
    looked = screenings.look_at(desk, of, vendor.id)
    screenings.decide(desk, of, looked, "returned", "Attach the passport")
    given = evidence.Given("Passport.pdf", BytesIO(PDF))
    evidence.attach(desk, resume(desk, secret), "system-name", given, "vendor")
    made.vendor = vendor.id
    made.vendor_assessment = resume(desk, secret).record.id
    return made


@pytest.fixture
def place(desk: Desk) -> Place:
    return place_with_a_file(desk)


def page_of(place: Place) -> str:
    return f"/en/w/{place.workspace}/screenings/{place.screening}/vendors/{place.vendor}"


def files_in(buyer: Browser, place: Place) -> list[str]:
    return [link for link in buyer.get(page_of(place)).links if "/files/" in link]


@pytest.mark.parametrize("role", ["owner", "reader"])
def test_a_buyer_takes_a_file_along_once_it_was_submitted(
    app: Flask, desk: Desk, place: Place, role: str
) -> None:
    buyer = enter(app, place.email(role))
    assert files_in(buyer, place) == []
    assert "Passport.pdf" not in buyer.page.text
    of = screenings.find_screening(desk, seat_of(desk, place), place.screening)
    vendor = screenings.vendors_of(desk, of)[place.vendor]
    hand_in(desk, screenings.link_secret(SECRET, vendor.id, vendor.issue))
    (link,) = files_in(buyer, place)
    assert f"SHA-256 {hashlib.sha256(PDF).hexdigest()[:16]}…" in buyer.page.text
    response = buyer.client.get(link)
    assert response.get_data() == PDF
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert buyer.client.post(f"{link}/remove").status_code in (400, 403, 409)
    assert files_in(buyer, place) == [link]


def test_nobody_else_takes_it_along(app: Flask, desk: Desk, place: Place) -> None:
    of = screenings.find_screening(desk, seat_of(desk, place), place.screening)
    vendor = screenings.vendors_of(desk, of)[place.vendor]
    hand_in(desk, screenings.link_secret(SECRET, vendor.id, vendor.issue))
    (link,) = files_in(enter(app, place.email("owner")), place)
    foreign = make_place(desk, "zhaiyk")
    assert enter(app, foreign.email("owner")).get(link).status == 404
    assert Browser(app).get(link).status == 404
