"""Letters by a mail server, as members and vendors meet them; without one, all is as before."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from riskq.services import Desk, letters
from tests import mail_server
from tests.mail_server import MailServer
from tests.web.browser import Browser, Page
from tests.web.conftest import Clock, MakeApp
from tests.web.members import SECRET, Place, enter, make_place

LIST = "Alatau Scoring; info@alatau.example; 0101\nЖайық ЖШС;;7\nТүрген; turgen@x.kz;\n"


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server.running() as running:
        yield running


@pytest.fixture
def app(make_app: MakeApp, mail: MailServer) -> Flask:
    return make_app(mail=mail.settings())


@pytest.fixture
def buyer(app: Flask, place: Place) -> Browser:
    return enter(app, place.email("editor"))


def post(desk: Desk, mail: MailServer) -> int:
    """Send what waits, as a worker does."""
    return letters.Postman(desk, mail.settings(), SECRET).send_due()


def press(browser: Browser, ending: str, kind: str = "invitation") -> Page:
    """Press a button of a form of the page."""
    (form,) = [form for form in browser.page.forms if form.action.endswith(ending)]
    return browser.post(form.action, {**dict(form.fields), "kind": kind})


def invite(buyer: Browser, place: Place) -> Page:
    """Invite vendors, and show the page of their links."""
    base = f"/en/w/{place.workspace}/screenings/{place.screening}/"
    buyer.get(f"{base}invite")
    buyer.send(list=LIST)
    page = buyer.send()
    assert page.path == f"{base}links"
    return page


def vendor_of(page: Page, name: str) -> str:
    """The address of a vendor's page."""
    (address,) = re.findall(rf'href="([^"]+)">{name}</a>', page.html)
    return str(address)


def test_all_invitations_are_sent_once(
    buyer: Browser, place: Place, desk: Desk, mail: MailServer
) -> None:
    page = invite(buyer, place)
    known = re.findall(r'value="http://localhost(/\w\w/i/[\w-]{43})"', page.html)
    page = press(buyer, "/links/send")
    assert "Letters that wait to be sent: 2." in page.text
    assert page.text.count("waits to be sent") == 2
    assert post(desk, mail) == 2
    assert {str(letter["To"]) for letter in mail.letters} == {"info@alatau.example", "turgen@x.kz"}
    for letter in mail.letters:
        (link,) = re.findall(r"http://localhost(/\S+)", letter.get_content())
        assert link in known
        assert letter["Reply-To"] == place.email("editor")
        assert Browser(buyer.client.application).get(link).status == 200
    page = buyer.get(page.path)
    assert page.text.count("sent by e-mail on 9 November 2026") == 2
    assert "There was nobody to write to" in press(buyer, "/links/send").text
    assert post(desk, mail) == 0


def test_who_has_not_submitted_is_reminded_once_a_day(
    buyer: Browser, place: Place, desk: Desk, mail: MailServer, clock: Clock
) -> None:
    address = invite(buyer, place).path
    press(buyer, "/links/send", "reminder")
    assert post(desk, mail) == 2
    assert all(str(letter["Subject"]).startswith("Reminder") for letter in mail.letters)
    page = buyer.get(address)
    assert "There was nobody" in press(buyer, "/links/send", "reminder").text
    clock.move(days=1)
    buyer = enter(buyer.client.application, place.email("editor"))
    buyer.get(address)
    press(buyer, "/links/send", "reminder")
    assert post(desk, mail) == 2
    page = buyer.get(vendor_of(page, "Alatau Scoring"))
    assert "reminded on 10 November 2026" in page.text


def test_one_vendor_is_written_to_from_its_page(
    buyer: Browser, place: Place, desk: Desk, mail: MailServer
) -> None:
    page = invite(buyer, place)
    address = vendor_of(page, "Alatau Scoring")
    buyer.get(address)
    page = press(buyer, "/send")
    assert page.path == address
    assert "Invitation: waits to be sent" in page.text
    mail.says["RCPT"] = "550 nobody"
    post(desk, mail)
    page = buyer.get(address)
    assert "Invitation: not sent , the mail server does not know the address" in page.text
    mail.says.clear()
    press(buyer, "/send")
    press(buyer, "/send", "reminder")
    assert post(desk, mail) == 1
    assert "Reminder: sent by e-mail" in buyer.get(address).text
    history = buyer.get(f"/en/w/{place.workspace}/history").text
    for told in ("Had a letter sent: Alatau Scoring", "Could not send the letter: Alatau Scoring"):
        assert told in history
    assert "This service" in history


def test_a_vendor_without_an_address_is_offered_no_letter(buyer: Browser, place: Place) -> None:
    page = invite(buyer, place)
    page = buyer.get(vendor_of(page, "Жайық ЖШС"))
    assert not [form for form in page.forms if form.action.endswith("/send")]


def test_a_link_that_was_withdrawn_is_not_sent(
    buyer: Browser, place: Place, desk: Desk, mail: MailServer
) -> None:
    page = invite(buyer, place)
    buyer.get(vendor_of(page, "Alatau Scoring"))
    press(buyer, "/send")
    press(buyer, "/withdraw")
    assert post(desk, mail) == 0


def test_a_round_that_is_closed_sends_nothing(
    buyer: Browser, place: Place, desk: Desk, mail: MailServer
) -> None:
    page = invite(buyer, place)
    press(buyer, "/links/send")
    buyer.get(page.path.replace("/links", "/terms"))
    press(buyer, "/close")
    assert post(desk, mail) == 0
    assert not [form for form in buyer.get(page.path).forms if form.action.endswith("/send")]


def test_only_the_newest_invitation_of_a_member_is_sent(
    app: Flask, place: Place, desk: Desk, mail: MailServer
) -> None:
    owner = enter(app, place.email("owner"))
    page = owner.page
    for _ in range(2):
        owner.get(f"/en/w/{place.workspace}/members")
        form = next(form for form in owner.page.forms if "email" in form.names)
        sent = {**dict(form.fields), "email": "new@alatau.example", "role": "editor"}
        page = owner.post(form.action, sent)
    (link,) = re.findall(r"http://localhost/en/join/[\w-]+", page.html)
    assert post(desk, mail) == 1
    assert link in mail.letters[0].get_content()


def test_a_member_is_invited_by_a_letter_beside_the_link(
    app: Flask, place: Place, desk: Desk, mail: MailServer
) -> None:
    owner = enter(app, place.email("owner"), "ru")
    members = owner.get(f"/ru/w/{place.workspace}/members").path
    form = next(form for form in owner.page.forms if "email" in form.names)
    sent = {**dict(form.fields), "email": "new@alatau.example", "role": "editor"}
    page = owner.post(form.action, sent)
    (link,) = re.findall(r"http://localhost/ru/join/[\w-]+", page.html)
    assert post(desk, mail) == 1
    (letter,) = mail.letters
    assert letter["Subject"] == "Приглашение в рабочее пространство «Alatau»"
    assert link in letter.get_content()
    assert "отправлено по почте 9 ноября 2026 года" in owner.get(members).text


def test_without_a_mail_server_nothing_is_offered_or_kept(
    make_app: MakeApp, place: Place, desk: Desk
) -> None:
    buyer = enter(make_app(), place.email("editor"))
    page = invite(buyer, place)
    assert not [form for form in page.forms if form.action.endswith("/send")]
    base = page.path.removesuffix("links")
    token = dict(buyer.get("/en/").forms[0].fields)["csrf_token"]
    assert buyer.post(f"{base}links/send", {"csrf_token": token}).status == 404
    page = buyer.get(vendor_of(buyer.get(f"{base}links"), "Alatau Scoring"))
    assert not [form for form in page.forms if form.action.endswith("/send")]
    assert buyer.post(f"{page.path}/send", {"csrf_token": token}).status == 404
    assert letters.newest_letters(desk, place.screening) == {}
