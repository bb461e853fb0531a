"""What people of a story do in their browsers, by the words that stand on the pages."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, ViewportSize

from tests.users import PASSWORD

__all__ = ["PHONE", "SCREEN", "opened", "press", "seen", "sign_in"]

PHONE: ViewportSize = {"width": 360, "height": 740}
SCREEN: ViewportSize = {"width": 1280, "height": 900}


def opened(chromium: Browser, viewport: ViewportSize) -> Page:
    """A page in a browser that knows nobody."""
    page = chromium.new_context(viewport=viewport, accept_downloads=True).new_page()
    page.set_default_timeout(15_000)
    return page


def press(page: Page, name: str) -> None:
    """Press the button or follow the link of such a name, and wait for the page after it."""
    with page.expect_event("domcontentloaded"):
        button = page.get_by_role("button", name=name, exact=True)
        link = page.get_by_role("link", name=name, exact=True)
        button.or_(link).first.click()


def seen(page: Page) -> str:
    """The words of the page, one blank between them."""
    return " ".join(page.locator("main").inner_text().split())


def sign_in(page: Page, service: str, email: str) -> None:
    """Sign in, in English, as somebody whose password is the one of all tests."""
    page.goto(f"{service}/en/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")
