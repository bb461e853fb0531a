"""Doors that give names late: all are given, and no page carries from its start what few need."""

import subprocess
import sys
from importlib import import_module

import pytest

DOORS = (
    "riskq.services.tokens",
    *("riskq.questionnaire", "riskq.report", "riskq.services", "riskq.services.accounts"),
    *("riskq.services.provider", "riskq.services.screenings", "riskq.services.workspaces"),
)
FEW_ASK = (
    *("questionnaire.loader", "questionnaire.cases", "report.map_drawing", "report.form_page"),
    *("report.comparison_compose", "report.proof_views", "report.verification"),
    *("services.maps", "services.blank_forms", "services.bundles", "services.comparisons"),
    *("services.importing", "services.papers", "services.proofs", "services.tables"),
    *("services.verification", "bulk", "checks", "cli.answers", "cli.users"),
    *("services.accounts.users", "services.provider.signing_in"),
    *("services.screenings.rounds", "services.workspaces.membership"),
    *("web.accounts", "web.workspaces", "web.screenings", "web.tables", "web.api"),
)


@pytest.mark.parametrize("door", DOORS)
def test_a_door_gives_every_name_that_it_shows(door: str) -> None:
    package = import_module(door)
    missing = [name for name in package.__all__ if not hasattr(package, name)]
    assert missing == []


def test_a_name_is_given_once_and_known_from_then_on() -> None:
    services = import_module("riskq.services")
    given = services.map_of
    assert services.map_of is given
    assert "map_of" in vars(services)


def test_a_name_that_no_part_has_is_refused() -> None:
    services = import_module("riskq.services")
    with pytest.raises(AttributeError, match=r'"riskq\.services" has no "map_out"'):
        _ = services.map_out


def test_pages_carry_nothing_that_few_ask_for() -> None:
    parts = {f"riskq.{part}" for part in FEW_ASK}
    parts |= {"authlib", "joserfc", "typing_extensions"}
    code = f"import sys, riskq.cli, riskq.web.app; print(*{parts} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == []
