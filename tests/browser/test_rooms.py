"""No barrier on any page of accounts, workspaces and screenings, on a phone and on a desktop."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from riskq.i18n import LANGUAGES
from riskq.services import Desk
from tests.browser.conftest import SECRET
from tests.browser.standing import Standing, make_standing
from tests.browser.tours import TOURS, Tourist
from tests.browser.walker import violations
from tests.marks import some_quickly

pytestmark = pytest.mark.browser

KINDS = [f"{name} {language}" for name in TOURS for language in LANGUAGES]


@pytest.fixture(scope="session")
def standing(desk: Desk) -> Standing:
    return make_standing(desk, SECRET, "rooms")


@pytest.mark.slow
@pytest.mark.parametrize("kind", some_quickly(KINDS, len(KINDS)))
def test_the_pages_of_a_tour_show_no_barrier(
    service: str, chromium: Browser, desk: Desk, standing: Standing, kind: str
) -> None:
    name, language = kind.split()
    page = chromium.new_context().new_page()
    tourist = Tourist(page, service, language, desk, standing)
    found = [f"{place}: {one}" for place in TOURS[name](tourist) for one in violations(page)]
    page.context.close()
    assert found == []
