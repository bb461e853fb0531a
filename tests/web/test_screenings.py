"""A buyer's round in a browser without scripts: invite, answer, ask again, compare, decide."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import pytest
import xlsxwriter
from flask import Flask

from riskq.i18n import LANGUAGES
from riskq.services import Desk, screenings
from riskq.store import unit
from tests.web.browser import Browser, Page
from tests.web.conftest import Clock
from tests.web.members import Place, enter, hand_in, make_place

LIST = "Alatau Scoring; info@alatau.example; 0101\nЖайық ЖШС;;7\nBad; no mail;\n;x@y.kz;\n"


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


def base(place: Place, rest: str = "") -> str:
    return f"/en/w/{place.workspace}/screenings{rest}"


def form_of(page: Page, ending: str) -> dict[str, str | list[str]]:
    """What the form that goes to such an address sends as it stands."""
    (form,) = [form for form in page.forms if form.action.endswith(ending)]
    return dict(form.fields)


def begin(buyer: Browser, place: Place, **changes: str) -> str:
    """Begin a screening, and give the address of its table."""
    buyer.get(base(place, "/new"))
    sent = {"name": "Voice assistants", "deadline": "2026-12-31", "language": "ru", **changes}
    page = buyer.send(**sent)
    assert page.heading == "Invite vendors", page.text
    return page.path.removesuffix("invite")


def invite(buyer: Browser, table: str, text: str = LIST) -> Page:
    buyer.get(f"{table}invite")
    page = buyer.send(list=text)
    assert page.heading == "Look at the list", page.text
    return buyer.send()


def links(page: Page) -> list[str]:
    return re.findall(r'value="http://localhost(/\w\w/i/[\w-]{43})"', page.html)


def test_a_list_is_looked_at_line_by_line_before_anybody_is_invited(
    app: Flask, place: Place
) -> None:
    buyer = enter(app, place.email("editor"))
    table = begin(buyer, place)
    buyer.get(f"{table}invite")
    page = buyer.send(list=LIST)
    assert "Line 3: This is no e-mail address – Bad (no mail)" in page.text
    assert "Line 4: The name is missing – (x@y.kz)" in page.text
    assert "Vendors to invite: 2." in page.text
    assert "There are no vendors here yet" in Browser.get(buyer, table).text
    buyer.get(f"{table}invite")
    buyer.send(list=LIST)
    page = buyer.send()
    assert page.heading == "Links of the invitations"
    assert len(set(links(page))) == 2
    assert all(link.startswith("/ru/i/") for link in links(page))


def test_a_spreadsheet_of_vendors_is_read_by_its_columns(app: Flask, place: Place) -> None:
    buyer = enter(app, place.email("owner"))
    table = begin(buyer, place)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("E-mail", "Vendor", "Remark"))
        for number in range(20):
            sheet.write_row(number + 1, 0, (f"v{number}@x.kz", f"Vendor {number}", "x"))
    token = form_of(buyer.get(f"{table}invite"), "invite")["csrf_token"]
    sent = {"csrf_token": token, "list": "", "file": (io.BytesIO(file.getvalue()), "list.xlsx")}
    buyer.page = Page(buyer.client.post(f"{table}invite", data=sent))
    assert "Vendors to invite: 20." in buyer.page.text
    assert len(links(buyer.send())) == 20


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("list.xlsx", b"PK\x03\x04 no sheet at all", "cannot be read as a spreadsheet"),
        ("list.csv", b"a\x00b\n", "cannot be read as a list"),
        ("list.csv", b"\xff\xfe\xff", "cannot be read as a list"),
        ("list.csv", b"a\n" * 5_002, "too many lines"),
        ("list.csv", b"\n\n", "at least one vendor"),
    ],
)
def test_what_is_no_list_is_told(
    app: Flask, place: Place, name: str, content: bytes, told: str
) -> None:
    buyer = enter(app, place.email("owner"))
    path = base(place, f"/{place.screening}/invite")
    token = form_of(buyer.get(path), "invite")["csrf_token"]
    sent = {"csrf_token": token, "list": "", "file": (io.BytesIO(content), name)}
    page = Page(buyer.client.post(path, data=sent))
    assert page.status == 422
    assert told in page.text
    history = buyer.get(f"/en/w/{place.workspace}/history").text
    is_read = told == "at least one vendor"
    assert (f"Gave a list of vendors that was refused: {name}" in history) != is_read


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_vendor_comes_in_by_one_click_and_is_told_for_whom(
    app: Flask, place: Place, desk: Desk, language: str
) -> None:
    buyer = enter(app, place.email("editor"))
    link = links(invite(buyer, begin(buyer, place)))[0].replace("/ru/", f"/{language}/")
    vendor = Browser(app, language)
    page = vendor.get(link)
    assert (page.status, page.language) == (200, language)
    assert "Alatau" in page.text
    assert page.heading == "Voice assistants"
    page = vendor.send()
    assert re.fullmatch(rf"/{language}/a/\w+/", page.path)
    assert "Voice assistants" in page.text
    hand_in(desk, link.rpartition("/")[2])
    page = vendor.get(page.path)
    assert not [each for each in page.links if "/q/" in each]
    assert vendor.get(f"{page.path}q/system-name").status == 200
    assert "textarea" not in vendor.page.html
    assert vendor.get(f"{page.path}delete").status == 403


def test_looking_at_an_invitation_writes_nothing(app: Flask, place: Place, desk: Desk) -> None:
    buyer = enter(app, place.email("editor"))
    (first, _) = links(invite(buyer, begin(buyer, place)))
    for _time in range(2):
        Browser(app).get(first)
    assert desk.store.read(lambda unit: unit.rows("select count(*) from assessments")) == [(2,)]


def test_a_wrong_link_says_so(app: Flask) -> None:
    page = Browser(app).get("/en/i/" + "A" * 43)
    assert (page.status, page.heading) == (410, "This invitation does not work any more")


def vendor_page(place: Place) -> str:
    return base(place, f"/{place.screening}/vendors/{place.vendor}")


def test_the_whole_round(app: Flask, place: Place) -> None:
    reviewer = enter(app, place.email("reviewer"))
    page = reviewer.get(vendor_page(place))
    assert "as claimed" in page.text
    reviewer.get(f"{vendor_page(place)}/answers/system-name")
    page = reviewer.send(answer="Another name", comment="Which one?", asks="yes")
    assert "Another name" in page.text
    assert "To be clarified" in page.text
    page = reviewer.post(f"{vendor_page(place)}/ask", form_of(page, "/ask"))
    assert "The vendor is answering again." in page.text
    editor = enter(app, place.email("editor"))
    (link,) = links(editor.get(base(place, f"/{place.screening}/links")))
    vendor = Browser(app)
    vendor.get(link)
    page = vendor.send()
    assert "Which one?" in page.text
    vendor.get(f"{page.path}q/system-name")
    vendor.send(answer="Sorter 2")
    vendor.get(f"{page.path}check")
    vendor.send()
    page = reviewer.get(vendor_page(place))
    assert "submission 2" in page.text
    assert "Another name" not in page.text
    decide, form = f"{vendor_page(place)}/decide", form_of(page, "/decide")
    assert "Give a reason" in reviewer.post(decide, {**form, "decision": "accepted"}).text
    assert "Choose a decision" in reviewer.post(decide, {**form, "reason": "x"}).text
    form |= {"decision": "accepted", "reason": "Sound answers"}
    page = reviewer.post(decide, form)
    assert "Sound answers" in page.text
    assert "Accepted" in reviewer.get(base(place, f"/{place.screening}/")).text
    history = reviewer.get(f"/en/w/{place.workspace}/history").text
    for told in ("Asked a vendor to clarify", "Decided about a vendor", "Reviewed an answer"):
        assert told in history


def test_a_decision_about_an_older_submission_is_refused(
    app: Flask, place: Place, desk: Desk
) -> None:
    reviewer = enter(app, place.email("reviewer"))
    sent = form_of(reviewer.get(vendor_page(place)), "/decide")
    late = {**sent, "decision": "accepted", "reason": "Good"}
    reviewer.post(
        f"{vendor_page(place)}/decide", {**sent, "decision": "returned", "reason": "Thin"}
    )
    (link,) = links(enter(app, place.email("editor")).get(base(place, f"/{place.screening}/links")))
    hand_in(desk, link.rpartition("/")[2])
    page = reviewer.post(f"{vendor_page(place)}/decide", late)
    assert (page.status, page.heading) == (
        409,
        "The vendor's page has changed since you opened it",
    )
    assert "Submitted, to review" in reviewer.get(base(place, f"/{place.screening}/")).text


def drafted(buyer: Browser, app: Flask, place: Place) -> str:
    """Have the vendor, asked again, write an answer that it does not submit; its assessment."""
    buyer.get(f"{vendor_page(place)}/answers/system-name")
    page = buyer.send(asks="yes")
    buyer.post(f"{vendor_page(place)}/ask", form_of(page, "/ask"))
    (link,) = links(buyer.get(base(place, f"/{place.screening}/links")))
    vendor = Browser(app)
    vendor.get(link)
    at = vendor.send().path
    vendor.get(f"{at}q/system-name")
    vendor.send(answer="A draft of ours")
    assert "A draft of ours" in vendor.get(at).text
    return at


def test_what_a_vendor_has_not_submitted_is_not_shown_to_the_buyer(
    app: Flask, place: Place
) -> None:
    buyer = enter(app, place.email("owner"))
    at = drafted(buyer, app, place)
    for page in ("", "check", "q/system-name", "map", "history", "data.json"):
        assert buyer.get(f"{at}{page}").status == 404, page
    shown = buyer.get(f"{at}result")
    assert shown.status == 200
    assert "A draft of ours" not in shown.html
    for link in shown.links:
        if link.startswith("/en/"):
            assert buyer.client.get(link).status_code < 400, link
    assert "A draft of ours" not in buyer.get(vendor_page(place)).html


def test_what_a_vendor_took_back_before_it_submitted_is_not_shown_afterwards(
    app: Flask, place: Place
) -> None:
    buyer = enter(app, place.email("owner"))
    at = f"/en/a/{place.vendor_assessment}/"
    assert buyer.get(at).status == 200
    for page in ("history", "data.json"):
        assert f"{at}{page}" not in buyer.get(at).links
        assert buyer.get(f"{at}{page}").status == 404, page


def test_a_decision_about_what_was_taken_back_meanwhile_is_refused(
    app: Flask, place: Place
) -> None:
    one, two = enter(app, place.email("reviewer")), enter(app, place.email("owner"))
    sent = form_of(one.get(vendor_page(place)), "/decide")
    sent |= {"decision": "returned", "reason": "Too thin"}
    late = {**form_of(two.get(vendor_page(place)), "/decide"), "decision": "accepted"}
    one.post(f"{vendor_page(place)}/decide", sent)
    page = two.post(f"{vendor_page(place)}/decide", {**late, "reason": "Good"})
    assert page.status == 409


def test_two_vendors_stand_side_by_side_with_their_differences_marked(
    app: Flask, place: Place, desk: Desk
) -> None:
    buyer = enter(app, place.email("editor"))
    table = base(place, f"/{place.screening}/")
    page = invite(buyer, table, "=HYPERLINK(1)\nОрал")
    secrets = [link.rpartition("/")[2] for link in links(page)]
    for secret in secrets:
        if not screenings.find_by_link(desk, secret).vendor.assessment:
            screenings.begin_answers(desk, secret, "en")
            hand_in(desk, secret)
    page = buyer.get(table)
    chosen = re.findall(r'name="vendor" value="(\w+)"', page.html)
    assert len(chosen) == 3
    query = "&".join(f"vendor={name}" for name in chosen)
    page = buyer.get(f"{table}compare?{query}")
    assert page.html.count('scope="col"') == 3
    assert "differs" not in page.text
    buyer.get(f"{table}vendors/{chosen[0]}/answers/system-name")
    buyer.send(answer="Otherwise")
    page = buyer.get(f"{table}compare?{query}&only=differences")
    assert page.html.count('class="differs"') == 1
    assert "Otherwise" in page.text
    assert buyer.get(f"{table}compare?vendor=nobody").status == 404
    assert "at least two" in buyer.get(f"{table}compare").text


def test_no_formula_leaves_in_a_table(app: Flask, place: Place) -> None:
    buyer = enter(app, place.email("editor"))
    table = base(place, f"/{place.screening}/")
    invite(buyer, table, "=1+1\n@SUM(A1)\n+7\n-2\n")
    text = buyer.client.get(f"{table}vendors.csv").get_data(as_text=True)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert {row[0] for row in rows[1:]} == {"'=1+1", "'@SUM(A1)", "'+7", "'-2", "Sorting Ltd"}
    rows = json.loads(buyer.client.get(f"{table}vendors.json").get_data())
    assert {row["vendor"] for row in rows} == {"=1+1", "@SUM(A1)", "+7", "-2", "Sorting Ltd"}
    links_file = buyer.client.get(f"{table}links.csv").get_data(as_text=True)
    assert "\r\n=" not in links_file
    sheet = buyer.client.get(f"{table}vendors.xlsx")
    assert sheet.headers["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(sheet.get_data())) as book:
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    assert buyer.get(f"{table}vendors.exe").status == 404


def test_a_letter_holds_the_link_in_the_language_of_the_screening(app: Flask, place: Place) -> None:
    buyer = enter(app, place.email("editor"))
    table = begin(buyer, place, message="Құрметті әріптестер!")
    (first, _) = links(invite(buyer, table))
    page = buyer.get(f"{table}links")
    (letter, *_rest) = [link for link in page.links if link.endswith("/letter")]
    page = buyer.get(letter)
    assert first in page.html
    assert "Вопросы о вашей системе ИИ" in page.html
    assert "Құрметті әріптестер!" in page.html
    mail = buyer.client.get(f"{letter}.eml?kind=reminder")
    assert mail.content_type == "message/rfc822"
    assert b"X-Unsent: 1" in mail.get_data()
    page = buyer.get(f"{letter}?kind=reminder")
    buyer.send()
    assert "reminded on" in buyer.page.text


def test_a_letter_to_an_address_beyond_ascii_can_be_taken_along(app: Flask, place: Place) -> None:
    buyer = enter(app, place.email("editor"))
    page = invite(buyer, begin(buyer, place), "Жайық;хат@жайық.қаз")
    (letter,) = [link for link in page.links if link.endswith("/letter")]
    mail = buyer.client.get(f"{letter}.eml")
    assert mail.status_code == 200
    assert "To: хат@жайық.қаз" in mail.get_data().decode()


def test_a_button_that_was_pressed_by_two_closes_and_does_not_open_again(
    app: Flask, place: Place
) -> None:
    one, two = enter(app, place.email("editor")), enter(app, place.email("owner"))
    path = base(place, f"/{place.screening}")
    sent = [form_of(each.get(f"{path}/terms"), "/close") for each in (one, two)]
    assert "Closed." in one.post(f"{path}/close", sent[0]).text
    assert "Closed." in two.post(f"{path}/close", sent[1]).text
    again = form_of(one.get(f"{path}/terms"), "/close")
    assert "Closed." not in one.post(f"{path}/close", again).text


def test_faulty_terms_are_told_and_kept(app: Flask, place: Place) -> None:
    buyer = enter(app, place.email("editor"))
    buyer.get(base(place, "/new"))
    page = buyer.send(name="", deadline="2020-01-01", language="de", message="Keep this")
    assert page.status == 422
    for told in ("Enter a name", "Enter a day from today on", "Choose a language"):
        assert told in page.text
    assert "Keep this" in page.html
    page = buyer.send(name="T", deadline="31.12.2026", language="kk")
    assert page.heading == "Invite vendors"


def test_a_late_vendor_is_told_and_found(app: Flask, place: Place, clock: Clock) -> None:
    buyer = enter(app, place.email("editor"))
    table = begin(buyer, place)
    invite(buyer, table)
    clock.move(days=60)
    buyer = enter(app, place.email("editor"))
    page = buyer.get(f"{table}?state=late")
    assert "2 of 2 vendors" in page.text


def test_the_table_of_many_vendors_asks_as_many_questions_as_that_of_few(
    app: Flask, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    rows = unit.SqliteUnit.rows

    def counting(self: unit.SqliteUnit, sql: str, values: object = ()) -> list[unit.Row]:
        asked.append(sql)
        return rows(self, sql, values)  # type: ignore[arg-type]  # It is passed on as it came.

    buyer = enter(app, place.email("editor"))
    table = base(place, f"/{place.screening}/")
    monkeypatch.setattr(unit.SqliteUnit, "rows", counting)
    buyer.get(table)
    few = len(asked)
    monkeypatch.undo()
    invite(buyer, table, "\n".join(f"Vendor {number}" for number in range(300)))
    asked.clear()
    monkeypatch.setattr(unit.SqliteUnit, "rows", counting)
    page = buyer.get(table)
    assert len(asked) == few
    assert page.html.count('scope="row"><a href="/en/w/') >= 50
    assert "301 of 301 vendors" in page.text


@pytest.mark.slow
def test_a_report_that_a_vendor_sent_is_verified_and_taken_in(app: Flask, place: Place) -> None:
    buyer = enter(app, place.email("editor"))
    (pdf_link, *_others) = [
        link
        for link in buyer.get(f"/en/a/{place.vendor_assessment}/result").links
        if link.endswith(".pdf")
    ]
    pdf = buyer.client.get(pdf_link).get_data()
    assert pdf.startswith(b"%PDF")
    table = base(place, f"/{place.screening}/")
    invite(buyer, table, "Sends paper")
    page = buyer.get(f"{table}?text=sends")
    (vendor,) = [link for link in page.links if "/vendors/" in link]
    token = form_of(buyer.get(f"{vendor}/report"), "/report")["csrf_token"]
    wrong = {"csrf_token": token, "file": (io.BytesIO(b"no report"), "x.pdf")}
    page = Page(buyer.client.post(f"{vendor}/report", data=wrong))
    assert not [form for form in page.forms if form.action.endswith("/take")]
    sent = {"csrf_token": token, "file": (io.BytesIO(pdf), "report.pdf")}
    page = Page(buyer.client.post(f"{vendor}/report", data=sent))
    form = form_of(page, "/take")
    bent = {**form, "report": f"{form['report']}x"}
    assert buyer.post(f"{vendor}/report/take", bent).status == 400
    page = buyer.post(f"{vendor}/report/take", form)
    assert "as claimed" in page.text
    assert "Submitted, to review" in buyer.get(f"{table}?text=sends").text
    page = buyer.post(f"{vendor}/report/take", form)
    assert "The vendor has submitted already" in page.text
    (link,) = [
        link
        for link in links(buyer.get(f"{table}links"))
        if "Sends paper" in Browser(app, "en").get(link).text
    ]
    sender = Browser(app)
    sender.get(link)
    told = sender.get(f"{sender.send().path}history").text
    assert "The buyer" in told
    assert "Editor" not in told
    assert "Took in a report of a vendor" in buyer.get(f"/en/w/{place.workspace}/history").text
