"""What is kept of an edition counts for just the files and the program that it was read by."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from riskq.questionnaire import (
    DATA_FOLDER,
    Catalogue,
    Edition,
    Questionnaire,
    keep_all,
    load_edition,
)
from riskq.questionnaire.kept import find_kept

ROOT = Path(__file__).parents[2]
COMPILE = "import sys; from riskq.cli import main; sys.exit(main(['compile']))"
READ = (
    "import sys; from riskq.questionnaire import Catalogue\n"
    "loaded = Catalogue().load('kz-ai-law', '2026-08-25')\n"
    "print(loaded.digest, 'yaml' in sys.modules)"
)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Python is told to keep what it makes."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """An edition in a folder of the test."""
    folder = shutil.copytree(DATA_FOLDER, tmp_path / "questionnaires")
    return Edition(folder / "kz-ai-law" / "2026-08-25", folder / "law")


def keep(edition: Edition) -> None:
    keep_all([edition], load_edition)


def kept_files(place: Path) -> list[Path]:
    return sorted(place.rglob("*.edition*"))


def test_where_nothing_is_kept_nothing_is_found(edition: Edition) -> None:
    assert find_kept(edition) is None


def test_all_editions_are_found_as_they_are_read(place: Path) -> None:
    editions = tuple(Catalogue().meant(()))
    assert len(editions) > 1
    keep_all(editions, load_edition)
    assert len(kept_files(place)) == len(editions)
    for one in editions:
        # An edition is equal to itself alone; what it says is written out.
        assert repr(find_kept(one)) == repr(load_edition(one))


@pytest.mark.parametrize(
    "name", ["questions.yml", "rules.yml", "text/kk.yml", "text/en.yml", "../../law/kz.yml"]
)
def test_any_other_byte_of_a_file_has_it_read_anew(edition: Edition, name: str) -> None:
    keep(edition)
    assert find_kept(edition) is not None
    file = edition.folder / name
    before = file.read_bytes()
    file.write_bytes(before + b"\n")
    assert find_kept(edition) is None
    file.write_bytes(before)
    assert find_kept(edition) is not None
    file.unlink()
    assert find_kept(edition) is None


def test_a_file_that_came_has_it_read_anew(edition: Edition) -> None:
    keep(edition)
    (edition.law_folder / "another.yml").write_text("acts: []\n")
    assert find_kept(edition) is None


def test_an_edition_in_another_folder_is_another(edition: Edition, tmp_path: Path) -> None:
    keep(edition)
    moved = Edition(edition.folder.rename(edition.folder.with_name("2026-08-26")), tmp_path)
    assert find_kept(moved) is None


def test_what_is_no_whole_file_is_not_looked_at(edition: Edition, place: Path) -> None:
    keep(edition)
    (file,) = kept_files(place)
    whole = file.read_bytes()
    harmful = b"cos\nsystem\n(S'false'\ntR."
    for length in (0, 1, 31, 32, 33, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:length])
        assert find_kept(edition) is None, length
    for at in (0, 31, 32, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert find_kept(edition) is None, at
    file.write_bytes(whole[:32] + harmful)
    assert find_kept(edition) is None
    # Whole, but no edition, or nothing that this program can load.
    for body in (pickle.dumps("text"), b"criskq.questionnaire\nGone\n.", harmful[:3]):
        file.write_bytes(hashlib.sha256(body).digest() + body)
        assert find_kept(edition) is None, body
    file.write_bytes(whole)
    assert find_kept(edition) is not None


def test_only_the_last_ones_are_kept(edition: Edition, place: Path) -> None:
    keep(edition)
    (before,) = kept_files(place)
    with (edition.folder / "rules.yml").open("a") as file:
        file.write("\n# Another word.\n")
    keep(edition)
    (after,) = kept_files(place)
    assert before.name != after.name
    assert find_kept(edition) is not None


def test_what_changes_while_it_is_read_is_not_kept(edition: Edition, place: Path) -> None:
    rules = edition.folder / "rules.yml"

    def read(edition: Edition) -> Questionnaire:
        found = load_edition(edition)
        rules.write_bytes(rules.read_bytes() + b"\n# Another word.\n")
        return found

    keep_all([edition], read)
    assert kept_files(place) == []
    assert find_kept(edition) is None


def test_what_is_faulty_is_not_kept_and_hinders_no_other(edition: Edition, place: Path) -> None:
    draft = Edition(edition.folder.parent / "2027-01-01", edition.law_folder)
    (draft.folder / "text").mkdir(parents=True)
    (draft.folder / "text" / "kk.yml").write_text("language: kk\n")

    def read(one: Edition) -> Questionnaire | None:
        return None if one == draft else load_edition(one)

    keep_all([draft, edition], read)
    assert len(kept_files(place)) == 1
    assert find_kept(draft) is None
    assert find_kept(edition) is not None


def test_what_was_left_unfinished_goes(edition: Edition, place: Path) -> None:
    keep(edition)
    (file,) = kept_files(place)
    old, new = (file.with_name(f"{file.name}.{number}") for number in (4711, 4712))
    for unfinished in (old, new):
        unfinished.write_bytes(b"half")
    os.utime(old, (0, 0))
    keep(edition)
    assert kept_files(place) == [file, new]


@pytest.mark.slow
def test_the_program_keeps_all_and_another_program_reads_anew(tmp_path: Path, place: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(ROOT / "riskq", other / "riskq", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(DATA_FOLDER, tmp_path / "data")
    (other / "questionnaires").symlink_to(tmp_path / "data")
    surroundings = {**os.environ, "PYTHONPATH": str(other), "PYTHONPYCACHEPREFIX": str(place)}

    def run(*words: str) -> str:
        command = [sys.executable, "-W", "error", *words]
        done = subprocess.run(
            command, env=surroundings, cwd=other, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    digest, reads_files = run("-c", READ).split()
    assert reads_files == "True"
    for module in ("questionnaire/model.py", "i18n.py"):
        run("-c", COMPILE)
        assert run("-c", READ).split() == [digest, "False"]
        with (other / "riskq" / module).open("a") as file:
            file.write("\n# Another program.\n")
        assert run("-c", READ).split() == [digest, "True"]
