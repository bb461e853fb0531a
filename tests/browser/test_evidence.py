"""Attaching files in a real browser: by the form alone, without a barrier, and saved as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page

from tests.ai_law import answers_of
from tests.attachments import PDF, padded_pdf
from tests.browser.walker import Walker, violations
from tests.marks import ONE_QUICKLY

pytestmark = pytest.mark.browser


def a_file(name: str, content: bytes) -> FilePayload:
    """A file that the browser's owner chooses."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def attach(page: Page, chosen: Path | FilePayload) -> None:
    """Choose a file and send it."""
    page.set_input_files("#file", chosen)
    with page.expect_event("domcontentloaded"):
        page.click("main form .button.primary")


@pytest.mark.slow
@pytest.mark.parametrize("language", ONE_QUICKLY)
def test_a_person_attaches_takes_along_and_removes_a_file(
    service: str, chromium: Browser, language: str
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    walker = Walker(page, service, language, answers_of("rule-calculator"))
    walker.start()
    page.fill('[name="answer"]', "Есептегіш")
    walker.press('button[name="then"]')
    found = violations(page)
    attach(page, a_file("Есеп.pdf", PDF))
    found += violations(page)
    with page.expect_download() as download:
        page.click(".lines a")
    assert download.value.suggested_filename == "Есеп.pdf"
    assert Path(download.value.path()).read_bytes() == PDF
    attach(page, a_file("page.pdf", b"<html>"))
    found += violations(page)
    walker.press(".lines .tap")
    found += violations(page)
    walker.press("main form button")
    assert page.locator(".lines").count() == 0
    assert found == []
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("size", [11, 45])
def test_a_file_that_is_too_large_gets_a_page_and_no_broken_connection(
    service: str, chromium: Browser, tmp_path: Path, size: int
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    walker = Walker(page, service, "en", answers_of("rule-calculator"))
    walker.start()
    page.fill('[name="answer"]', "X")
    walker.press('button[name="then"]')
    large = tmp_path / "large.pdf"
    large.write_bytes(padded_pdf(size << 20))
    attach(page, large)
    assert page.inner_text("h1") == "The file is too large"
    context.close()
