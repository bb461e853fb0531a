"""A browser that keeps public pages still shows everybody the pages that are theirs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from riskq.services import Desk
from tests.users import PASSWORD, add_user

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EMAIL = "kept@pages.example"


def test_who_signs_in_and_out_sees_no_page_that_was_kept_for_the_other(
    service: str, chromium: Browser, desk: Desk
) -> None:
    add_user(desk, EMAIL, "Дана")
    page = chromium.new_context().new_page()
    page.goto(f"{service}/en/privacy")
    stranger = page.locator("header").inner_text()
    page.goto(f"{service}/en/sign-in")
    page.fill("#email", EMAIL)
    page.fill("#password", PASSWORD)
    with page.expect_event("domcontentloaded"):
        page.locator("main form .button.primary").click()
    page.goto(f"{service}/en/privacy")
    member = page.locator("header").inner_text()
    assert member != stranger
    page.goto(f"{service}/en/account")
    with page.expect_event("domcontentloaded"):
        page.locator("form[action$='sign-out'] button").click()
    page.goto(f"{service}/en/privacy")
    assert page.locator("header").inner_text() == stranger
    page.context.close()
