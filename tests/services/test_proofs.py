"""What is proved of editions is found by their names and days, and made once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from riskq.errors import UnknownQuestionnaireError
from riskq.services import (
    Desk,
    cases_of,
    changes_between,
    checked,
    compared,
    mutation_of,
    proof_of,
)
from tests.builders import MUTANTS
from tests.services.conftest import FIRST, SECOND, Service


def test_an_edition_is_checked_once(service: Service) -> None:
    found = checked(service.desk, "small", FIRST)
    assert (found.name, found.cases, found.has_errors) == ("small/2026-05-01", 1, False)
    assert found.combinations > 1
    assert checked(service.desk, "small", FIRST.isoformat()) is found


def test_a_fault_of_an_edition_is_among_its_findings(service: Service) -> None:
    service.folder.change("rules.yml", "levels: [low, high]", "levels: [low, middle, high]")
    for code in ("kk", "ru", "en"):
        label = "low: {label: Low}, middle: {label: Middle}"
        service.folder.change(f"text/{code}.yml", "low: {label: Low}", label)
    codes = {finding.code for finding in checked(service.desk, "small", FIRST).findings}
    assert "level-never-reached" in codes


def test_two_editions_are_compared_once(service: Service) -> None:
    found = compared(service.desk, "small", FIRST, SECOND)
    assert (found.old, found.new) == ("small/2026-05-01", "small/2026-09-01")
    assert {(c.what, c.id) for c in found.logic if c.change == "changed"} == {
        ("level", "risk"), ("because", "risk"), ("duty", "review"),
    }  # fmt: skip
    assert compared(service.desk, "small", FIRST, SECOND) is found


def test_cases_and_the_record_of_mutants_are_those_of_the_edition(service: Service) -> None:
    assert [case.id for case in cases_of(service.desk, "small", SECOND)] == ["harmful"]
    assert mutation_of(service.desk, "small", FIRST) is None
    service.folder.write("mutants.yml", MUTANTS)
    record = mutation_of(service.desk, "small", FIRST)
    assert record is not None
    assert record.tried == 72


def test_a_proof_is_told_in_words_with_the_cases_and_their_sources(service: Service) -> None:
    view = proof_of(service.desk, "small", FIRST, "ru")
    assert (view.title, view.edition_text) == ("Small", "Редакция: 1 мая 2026 года.")
    assert view.digest == service.desk.catalogue.load("small", FIRST).digest
    (case,) = view.cases
    assert (case.title, case.source, case.url) == ("Вредная", "Статья 2", "")
    assert case.levels == (("Scope", "Inside"), ("Risk", "High"))


def test_a_claim_that_a_finding_belies_is_not_made(service: Service) -> None:
    service.folder.change("rules.yml", "levels: [low, high]", "levels: [low, middle, high]")
    for code in ("kk", "ru", "en"):
        label = "low: {label: Low}, middle: {label: Middle}"
        service.folder.change(f"text/{code}.yml", "low: {label: Low}", label)
    # The same words stand in all three languages, and the second edition has the level of old.
    sound, faulty = (
        [claim.text for claim in proof_of(service.desk, "small", day, "en").claims if claim.holds]
        for day in (SECOND, FIRST)
    )
    (belied,) = set(sound) - set(faulty)
    assert "every level is reached" in belied
    assert not [text for text in sound if "complete in three languages" in text]


def test_an_edition_tells_what_it_changed_and_the_first_what_it_covers(service: Service) -> None:
    first, second = (proof_of(service.desk, "small", day, "en").changes for day in (FIRST, SECOND))
    assert first is not None
    assert second is not None
    assert (first.is_first, first.affected) == (True, ("Owners",))
    assert (second.is_first, second.affected) == (False, ("Whoever guesses",))
    assert second.day_text == "1 September 2026"


def test_a_comparison_is_told_with_all_editions_after_the_older_one(service: Service) -> None:
    found = changes_between(service.desk, "small", FIRST, SECOND, "kk")
    assert [(one.day, one.describes) for one in found] == [(SECOND, "Заң")]
    assert changes_between(service.desk, "small", SECOND, FIRST, "kk") == ()


def test_without_a_log_nothing_is_told_of_changes(service: Service) -> None:
    (service.folder.root / "small" / "changes.yml").unlink()
    assert proof_of(service.desk, "small", FIRST, "en").changes is None
    assert changes_between(service.desk, "small", FIRST, SECOND, "en") == ()


@pytest.mark.parametrize("ask", [checked, cases_of, mutation_of])
@pytest.mark.parametrize(("name", "day"), [("none", "2026-05-01"), ("small", "2026-05-02")])
def test_what_is_not_there_is_said_to_be_unknown(
    service: Service, ask: Callable[[Desk, str, str], object], name: str, day: str
) -> None:
    with pytest.raises(UnknownQuestionnaireError):
        ask(service.desk, name, day)
    with pytest.raises(UnknownQuestionnaireError):
        compared(service.desk, name, FIRST.isoformat(), day)
    with pytest.raises(UnknownQuestionnaireError):
        proof_of(service.desk, name, day, "en")
    with pytest.raises(UnknownQuestionnaireError):
        changes_between(service.desk, name, FIRST.isoformat(), day, "en")
