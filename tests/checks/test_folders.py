"""Folders: which of them are editions, which only look like one, and which days they speak of."""

from __future__ import annotations

import shutil

import pytest

from riskq.checks import check_edition
from riskq.cli import main
from riskq.questionnaire import DATA_FOLDER, Catalogue
from tests.builders import Folder


def no_editions(folder: Folder) -> list[tuple[str, str]]:
    """The folders that are told to be no edition, when the folder of all is checked unnamed."""
    checked = map(check_edition, Catalogue(folder.root).meant([]))
    found = [one for each in checked for one in each.findings if one.code == "no-edition"]
    return [(one.where, one.what) for one in found]


def test_a_folder_whose_name_is_no_day_is_told(folder: Folder) -> None:
    shutil.copytree(folder.edition.folder, folder.root / "small" / "2026-9-1")
    what = "has files of an edition, and its name is no day: nothing finds it"
    assert no_editions(folder) == [("small/2026-9-1", what)]


@pytest.mark.parametrize("name", ["questions.yaml", "rules.yml", "rules.yaml", "text/ru.yml"])
def test_a_folder_without_questions_is_told(folder: Folder, name: str) -> None:
    path = folder.root / "small" / "2026-09-01" / name
    path.parent.mkdir(parents=True)
    path.write_text("language: ru\n", "utf-8")
    what = "has files of an edition, and no questions.yml: nothing finds it"
    assert no_editions(folder) == [("small/2026-09-01", what)]


def test_a_misnamed_file_of_questions_is_told_once(folder: Folder) -> None:
    folder.path("questions.yml").rename(folder.path("questions.yaml"))
    found = check_edition(folder.edition).findings
    told = [one for one in found if "questions.y" in str(one)]
    assert [one.code for one in told] == ["no-edition", "unread-file"]
    assert told[1].mend == "Rename it to questions.yml."


def test_other_folders_are_no_editions(folder: Folder) -> None:
    (folder.root / "small" / "drafts" / "text").mkdir(parents=True)
    (folder.root / "small" / "drafts" / "notes.yml").write_text("x: y\n", "utf-8")
    assert no_editions(folder) == []


def test_the_published_folder_is_checked_as_its_path_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check"]) == 0
    unnamed = capsys.readouterr().out
    assert main(["check", str(DATA_FOLDER)]) == 0
    assert capsys.readouterr().out == unnamed


def days_told(folder: Folder) -> list[str]:
    """What is told of the days of the first edition."""
    found = check_edition(folder.edition).findings
    return [f"{one.what}. {one.mend}" for one in found if one.code == "wrong-in-force"]


def test_rules_are_in_force_from_the_day_of_their_edition(folder: Folder) -> None:
    folder.change("rules.yml", "{from: 2026-05-01}", "{from: 2026-05-02}")
    (told,) = days_told(folder)
    assert told.startswith("in_force is from 2026-05-02, and the edition holds from 2026-05-01. ")


@pytest.mark.parametrize("until", ["2026-08-31", "2026-07-31"])
def test_rules_are_in_force_until_the_next_edition(folder: Folder, until: str) -> None:
    shutil.copytree(folder.edition.folder, folder.root / "small" / "2026-09-01")
    folder.change("rules.yml", "{from: 2026-05-01}", f"{{from: 2026-05-01, until: {until}}}")
    what = f"in_force is until {until}, and the next edition holds from 2026-09-01"
    told = [f"{what}. Write until: 2026-08-31."]
    assert days_told(folder) == (told if until == "2026-07-31" else [])


def test_rules_that_no_edition_follows_have_no_end(folder: Folder) -> None:
    folder.change("rules.yml", "{from: 2026-05-01}", "{from: 2026-05-01, until: 2027-01-01}")
    (told,) = days_told(folder)
    assert told.startswith("in_force is until 2027-01-01, and no edition follows. ")
