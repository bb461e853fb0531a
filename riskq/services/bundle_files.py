"""The files of which a bundle is made: answers as they come, by themselves or packed in a ZIP."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO
from itertools import islice
from pathlib import PurePosixPath

from msgspec import Struct

from riskq.errors import AnswersError, RiskqError
from riskq.questionnaire import MAX_BYTES, Questionnaire
from riskq.services.answer_files import is_answers_name, read_answers_body
from riskq.services.bundle_faults import BundleFilesError
from riskq.services.json_form import answers_form
from riskq.store import NewItem

__all__ = ["GivenFile", "new_items", "unpacked"]

_MOST_BYTES = 10_000_000
"""How much all files of a bundle may hold when they are unpacked."""

_YAML_WEIGHT = 5
"""How many times as long as JSON it takes to read."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Ways of packing that are unpacked piece by piece; others swell as a whole."""

_PLACE = re.compile(r"[a-z0-9-]{1,60}", re.ASCII)

_LONGEST_NAME = 120
_MOST_PLACES = 8


class GivenFile(Struct, frozen=True):
    """A file with the name that its owner gave it."""

    name: str
    body: bytes


def unpacked(files: Iterable[GivenFile], most: int) -> tuple[GivenFile, ...]:
    """The files, those in a ZIP taken out, in the order of their names; others than answers too.

    Raises ``BundleFilesError``: "none", "too-many", "too-large", "damaged" for a ZIP.
    """
    found: list[GivenFile] = []
    room = _MOST_BYTES
    for file in files:
        is_zip = file.name.lower().endswith(".zip")
        for one in _taken_out(file, most) if is_zip else [file]:
            found.append(one)
            room -= len(one.body) * (1 if one.name.endswith(".json") else _YAML_WEIGHT)
            if len(found) > most:
                raise BundleFilesError("too-many")
            if room < 0:
                raise BundleFilesError("too-large")
    if not found:
        raise BundleFilesError("none")
    return tuple(sorted(found, key=lambda file: file.name))


def _taken_out(packed: GivenFile, most: int) -> Iterator[GivenFile]:
    try:
        with zipfile.ZipFile(BytesIO(packed.body)) as archive:
            # One more than there may be tells that there are too many.
            wanted = filter(_is_meant, archive.infolist())
            for entry in islice(wanted, most + 1):
                yield _read(archive, entry)
    except RiskqError:
        raise
    except Exception as error:  # A ZIP may be broken in any way there is.
        raise BundleFilesError("damaged") from error


def _is_meant(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a file that somebody put there; programs that pack add their own."""
    parts = PurePosixPath(entry.filename).parts
    is_folder = not parts or entry.filename.endswith("/")
    return not is_folder and not any(part.startswith((".", "__MACOSX")) for part in parts)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> GivenFile:
    if entry.compress_type not in _METHODS:
        raise BundleFilesError("damaged")
    with archive.open(entry) as file:
        # What the directory says of sizes need not be so.
        return GivenFile(entry.filename, file.read(MAX_BYTES + 1))


def new_items(
    questionnaire: Questionnaire, files: Iterable[GivenFile], on: date
) -> Iterator[NewItem]:
    """An item for each file; one that cannot be read says why."""
    for file in files:
        name = _shown(file.name)
        try:
            answers = read_answers_body(questionnaire, _ending(file.name), file.body, on)
        except AnswersError as error:
            yield NewItem(name, None, _detail(error))
        else:
            form = answers_form(questionnaire, answers)
            yield NewItem(name, json.dumps(form, ensure_ascii=False))


def _shown(name: str) -> str:
    """The last part of a name, without signs that steer."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(sign for sign in last if sign.isprintable())[:_LONGEST_NAME] or "?"


def _ending(name: str) -> str:
    """What tells the form of a file, and nothing else of its name, which messages would repeat."""
    ending = PurePosixPath(name.lower()).suffix
    return ending if is_answers_name(ending) else ""


def _detail(error: AnswersError) -> str:
    """What is wrong: a code, and the questions or lines concerned."""
    problems = error.problems
    where = dict.fromkeys(problem.where.rpartition(":")[2].strip() for problem in problems)
    is_unreadable = any(problem.code in _OF_FILES for problem in problems)
    places = [
        place
        for place in where
        if _PLACE.fullmatch(place) and (not is_unreadable or place.isdigit())
    ]
    return " ".join(["unreadable" if is_unreadable else "not-taken", *places[:_MOST_PLACES]])


_OF_FILES = frozenset(
    {
        *("file-name", "unreadable-file", "too-big", "no-mapping", "no-json", "bad-yaml"),
        *("second-document", "bad-key", "duplicate-key", "control-character", "markup"),
        *("yaml-alias", "yaml-anchor", "yaml-tag", "too-many"),
    }
)
"""The codes of faults of a whole file; others are about single answers."""
