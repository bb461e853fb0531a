"""The whole story of a buyer in a real browser: four people, each in a browser of their own."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import fastexcel
import pytest
import xlsxwriter
from playwright.sync_api import Browser, FilePayload, Page

from riskq.services import Desk, accounts, screenings, workspaces
from tests.ai_law import answers_of, questionnaire
from tests.browser.conftest import SECRET
from tests.browser.people import PHONE, SCREEN, opened, press, seen, sign_in
from tests.browser.walker import Walker
from tests.users import add_user
from tests.web.members import hand_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OWNER, REVIEWER = "owner@story.example", "reviewer@story.example"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST, SECOND = "Өнім беруші 01", "Өнім беруші 02"
VENDORS = 20
LIGHTEST = questionnaire().prose["en"].scales["risk"].levels["minimal"].label
NONE = "not assessed"


def vendor_list() -> FilePayload:
    """The vendors as a buyer has them in a spreadsheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("Vendor", "E-mail", "BIN"))
        for number in range(1, VENDORS + 1):
            row = (f"Өнім беруші {number:02}", f"v{number}@vendors.example", f"{number:012}")
            sheet.write_row(number, 0, row)
    return {"name": "vendors.xlsx", "mimeType": SHEET, "buffer": file.getvalue()}


def invite_reviewer(owner: Page) -> str:
    """Invite somebody who has no account; the link to send."""
    press(owner, "Members")
    owner.get_by_label("E-mail").fill(REVIEWER)
    owner.get_by_role("radio", name="Reviewer").check()
    press(owner, "Make the invitation")
    return owner.get_by_label("Link of the invitation").input_value()


def join(reviewer: Page, link: str) -> None:
    """Join with a new account."""
    reviewer.goto(link)
    reviewer.get_by_label("Your name, as colleagues see it").fill("Бота")
    reviewer.get_by_label("New password", exact=True).fill("nine yellow camels")
    reviewer.get_by_label("The new password once more").fill("nine yellow camels")
    press(reviewer, "Join")


def begin(owner: Page) -> str:
    """Begin a screening and invite the vendors of the file; the address of its table."""
    press(owner, "Screenings")
    press(owner, "Begin a screening")
    owner.get_by_label("Title").fill("Voice assistants")
    owner.get_by_label("Last day for answers").fill("2099-12-31")
    owner.get_by_role("radio", name="Қазақша").check()
    press(owner, "Begin")
    owner.get_by_label("A file").set_input_files([vendor_list()])
    press(owner, "Continue")
    assert f"Vendors to invite: {VENDORS}." in seen(owner)
    assert owner.locator("tbody tr").count() == VENDORS
    press(owner, "Invite them")
    return owner.url.removesuffix("links")


def answer(vendor: Page, service: str, link: str) -> str:
    """Come in by the link, answer everything, and submit; the address of the overview."""
    vendor.goto(link)
    assert "Voice assistants" in seen(vendor)
    press(vendor, "Бастау")
    overview = vendor.url
    vendor.locator("main .button.primary").click()
    vendor.wait_for_url("**/q/*")
    walker = Walker(vendor, service, "kk", answers_of("rule-calculator"))
    walker.walk()
    walker.submit()
    return overview


def answer_by_services(desk: Desk, table: str) -> None:
    """Let the second vendor submit."""
    user = next(user for user in accounts.list_users(desk) if user.email == OWNER)
    seat = workspaces.take_seat(desk, user, table.split("/")[5])
    of = screenings.find_screening(desk, seat, table.rstrip("/").rpartition("/")[2])
    vendors = screenings.vendors_of(desk, of).values()
    (vendor,) = [vendor for vendor in vendors if vendor.name == SECOND]
    secret = screenings.link_secret(SECRET, vendor.id, vendor.issue)
    screenings.begin_answers(desk, secret, "kk")
    hand_in(desk, secret)


def ask_again(reviewer: Page, table: str) -> None:
    """Mark the name of the system of the first vendor, and ask."""
    reviewer.goto(table)
    press(reviewer, FIRST)
    # The vendor says that it is no AI system: the law asks for no degree of risk then.
    assert NONE in seen(reviewer)
    assert LIGHTEST not in seen(reviewer)
    review(reviewer, "system-name")
    reviewer.get_by_label("Comment").fill("Қай нұсқасы?")
    reviewer.get_by_label("Ask the vendor to clarify this answer").check()
    press(reviewer, "Save")
    assert "Questions marked: 1." in seen(reviewer)
    press(reviewer, "Ask to clarify")
    assert "The vendor is answering again." in seen(reviewer)


def review(reviewer: Page, question: str) -> None:
    with reviewer.expect_event("domcontentloaded"):
        reviewer.locator(f'main a[href$="/answers/{question}"]').click()


def clarify(vendor: Page, overview: str) -> None:
    """See the comment, change that answer and no other, and submit again."""
    vendor.goto(overview)
    assert "Қай нұсқасы?" in seen(vendor)
    vendor.goto(f"{overview}q/model-based")
    assert vendor.locator('main form, main [name="answer"]').count() == 0
    vendor.goto(f"{overview}q/system-name?from=overview")
    vendor.locator('main [name="answer"]').fill("Калькулятор 2.1")
    with vendor.expect_event("domcontentloaded"):
        vendor.locator("main form button").first.click()
    vendor.goto(f"{overview}check")
    with vendor.expect_event("domcontentloaded"):
        vendor.locator('form[action*="/submit"] button').click()
    vendor.goto(overview)
    assert vendor.locator('main a[href*="/q/"]').count() == 0


def compare(reviewer: Page, table: str) -> None:
    """Look at both side by side."""
    reviewer.goto(table)
    assert f"{VENDORS} of {VENDORS} vendors" in seen(reviewer)
    for name in (FIRST, SECOND):
        reviewer.get_by_role("checkbox", name=f"Compare: {name}").check()
    press(reviewer, "Compare the chosen, up to five")
    assert reviewer.locator("thead th").all_inner_texts() == [FIRST, SECOND]
    assert "Калькулятор 2.1" in seen(reviewer)
    assert reviewer.locator("tr.differs").count() > 0


def accept(reviewer: Page) -> None:
    """Take an answer of the first vendor otherwise than it was given, and accept the rest."""
    press(reviewer, FIRST)
    assert "submission 2" in seen(reviewer)
    review(reviewer, "model-based")
    reviewer.locator('main input[name="answer"][value="yes"]').check()
    press(reviewer, "Save")
    risk = reviewer.locator("tr.differs").filter(has_text="Degree of risk")
    claimed, accepted = risk.locator("td").all_inner_texts()
    assert claimed == NONE
    assert accepted.startswith(f"{LIGHTEST}, ")
    reviewer.get_by_role("radio", name="Accept").check()
    reviewer.get_by_label("Reason").fill("Тариф есебіне жеткілікті")
    press(reviewer, "Save the decision")
    assert "Accepted" in seen(reviewer)
    assert "Тариф есебіне жеткілікті" in seen(reviewer)


def taken_along(owner: Page, kind: str) -> bytes:
    """Download the table."""
    with owner.expect_download() as begun:
        owner.get_by_role("link", name=kind.upper(), exact=True).click()
    assert begun.value.suggested_filename == f"riskq-vendors.{kind}"
    return Path(begun.value.path()).read_bytes()


def check_exports(owner: Page, table: str) -> None:
    """Read what the three files say of the vendors."""
    owner.goto(table)
    told = json.loads(taken_along(owner, "json"))
    assert len(told) == VENDORS
    (first,) = [row for row in told if row["vendor"] == FIRST]
    assert (first["state"], first["decision"], first["revision"]) == ("accepted", "accepted", 2)
    assert first["reason"] == "Тариф есебіне жеткілікті"
    assert (first["risk.claimed"], first["risk.accepted"]) == ("", "minimal;medium;high")
    states = [row["state"] for row in told]
    assert (states.count("invited"), states.count("submitted")) == (VENDORS - 2, 1)
    text = taken_along(owner, "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    plain = [
        {name: "" if cell is None else str(cell) for name, cell in row.items()} for row in told
    ]
    assert rows == plain
    sheet = fastexcel.read_excel(taken_along(owner, "xlsx")).load_sheet("vendors")
    names = [column.name for column in sheet.available_columns()]
    assert names == list(first)


def test_a_buyer_asks_twenty_vendors_and_decides(
    service: str, chromium: Browser, desk: Desk
) -> None:
    workspaces.found(desk, add_user(desk, OWNER, "Аида"), "Алатау")
    owner, reviewer = opened(chromium, SCREEN), opened(chromium, SCREEN)
    vendor = opened(chromium, PHONE)
    sign_in(owner, service, OWNER)
    press(owner, "Алатау")
    join(reviewer, invite_reviewer(owner))
    table = begin(owner)
    link = owner.locator("#link-1").input_value()
    assert "/kk/i/" in link
    overview = answer(vendor, service, link)
    ask_again(reviewer, table)
    clarify(vendor, overview)
    answer_by_services(desk, table)
    compare(reviewer, table)
    accept(reviewer)
    check_exports(owner, table)
    for page in (owner, reviewer, vendor):
        page.context.close()
