"""What editions changed is told of each of them, in three languages that say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from riskq.checks import check_edition
from riskq.errors import QuestionnaireError
from riskq.i18n import LANGUAGES
from riskq.questionnaire import (
    Catalogue,
    ChangeLog,
    EditionChanges,
    Texts,
    digest_of,
    load_changes,
)
from tests.builders import CHANGES, Folder

NAMES = Catalogue().names()


def log_of(name: str) -> ChangeLog:
    """The log of a published questionnaire."""
    catalogue = Catalogue()
    log = load_changes(catalogue.edition(name, catalogue.editions(name)[0]))
    assert log is not None
    return log


def texts_of(changes: EditionChanges) -> Iterator[Texts]:
    """Everything that is told of an edition."""
    yield from (changes.describes, *changes.points, *changes.affected, changes.unaffected)


@pytest.mark.parametrize("name", NAMES)
def test_every_published_edition_is_told_of_the_newest_first(name: str) -> None:
    days = [one.edition for one in log_of(name).editions]
    assert days == sorted(Catalogue().editions(name), reverse=True)


@pytest.mark.parametrize("name", NAMES)
def test_the_languages_tell_the_same_numbers_and_are_translated(name: str) -> None:
    for changes in log_of(name).editions:
        for texts in texts_of(changes):
            told = [texts[language] for language in LANGUAGES]
            numbers = {tuple(sorted(set(re.findall("[0-9]+", text)))) for text in told}
            assert len(set(told)) == len(LANGUAGES)
            assert len(numbers) == 1, told


def test_the_editions_after_one_up_to_another_are_told_together() -> None:
    log = log_of("kz-ai-law")
    first, second = date(2026, 1, 18), date(2026, 8, 25)
    assert log.between(first, second) == (log.of(second),)
    assert log.between(second, second) == ()
    assert log.of(date(2026, 8, 24)) is None


def test_a_questionnaire_may_have_no_log(folder: Folder) -> None:
    assert load_changes(folder.edition) is None


def test_the_log_is_read_and_belongs_to_no_digest(folder: Folder) -> None:
    digest = digest_of(folder.edition)
    log = load_changes(folder.write("changes.yml", CHANGES).edition)
    assert log is not None
    assert [one.affected[0].en for one in log.editions] == ["Owners"]
    assert digest_of(folder.edition) == digest
    assert check_edition(folder.edition).has_errors is False


def test_what_is_wrong_with_the_log_is_told(folder: Folder) -> None:
    folder.write("changes.yml", CHANGES.replace("points:", "point:"))
    with pytest.raises(QuestionnaireError) as caught:
        load_changes(folder.edition)
    assert {problem.code for problem in caught.value.problems} == {"unknown-key", "missing-key"}
    told = {finding.code for finding in check_edition(folder.edition).findings}
    assert {"unknown-key", "missing-key"} <= told


def test_a_log_of_another_name_is_told_to_be_unread(folder: Folder) -> None:
    folder.write("changes.yaml", CHANGES)
    (found,) = (f for f in check_edition(folder.edition).findings if f.code == "unread-file")
    assert (found.where, found.mend) == ("small/changes.yaml:1", "Rename it to changes.yml.")
