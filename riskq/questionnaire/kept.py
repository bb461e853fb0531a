"""Editions as they were read, kept as Python keeps modules: in ``__pycache__`` beside this one.

To read the files of an edition is most of what a command does, and much of a start. ``riskq
compile`` keeps what it read, under a name that says of which files, down to the last byte, and by
which program; where one of them is another, the files are read. As with modules, whoever may write
there may write the program too.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path

import msgspec

from riskq.i18n import LANGUAGES
from riskq.questionnaire.folders import Edition
from riskq.questionnaire.model import Questionnaire

__all__ = ["find_kept", "keep_all"]

_DIGEST = 32
_SUFFIX = ".edition"
_ENDING = f".{sys.implementation.cache_tag}{_SUFFIX}"
_HOUR = 3600
_PACKAGE = Path(__file__).resolve().parent


def find_kept(edition: Edition) -> Questionnaire | None:
    """The edition, if what is kept was read from just these files; None also where one is missing.

    Nothing is looked at that is no whole file of ours, and what no longer loads is not used.
    """
    name = _name_if_whole(edition)
    try:
        written = b"" if name is None else (_folder() / name).read_bytes()
    except OSError:
        return None
    body = written[_DIGEST:]
    if hashlib.sha256(body).digest() != written[:_DIGEST]:
        return None
    try:
        # Questionnaires are graphs of values of many types, which no form of data but this keeps.
        found = pickle.loads(body)  # noqa: S301 - From beside the program itself.
    except Exception:  # noqa: BLE001 - Whatever is wrong with it, the files are there to be read.
        return None
    return found if isinstance(found, Questionnaire) else None


def keep_all(editions: Iterable[Edition], read: Callable[[Edition], Questionnaire | None]) -> None:
    """Read these editions and keep them, and no others any more.

    What cannot be read, or changes while it is read, is not kept. Raises ``OSError``.
    """
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    names = set()
    for edition in editions:
        name = _name_if_whole(edition)
        found = read(edition)
        if found is None or name is None or name != _name_if_whole(edition):
            continue
        names.add(name)
        body = pickle.dumps(found, protocol=pickle.HIGHEST_PROTOCOL)
        # Whoever reads it meanwhile finds a whole one or none.
        unfinished = folder / f"{name}.{os.getpid()}"
        unfinished.write_bytes(hashlib.sha256(body).digest() + body)
        unfinished.replace(folder / name)
    for path in folder.glob(f"*{_ENDING}*"):
        # Somebody else may be about to finish one.
        is_new = path.suffix != _SUFFIX and time.time() - path.stat().st_mtime < _HOUR
        if path.name not in names and not is_new:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    """Where Python keeps this module, wherever it is told to have it."""
    return Path(cache_from_source(__file__)).parent


def _name_if_whole(edition: Edition) -> str | None:
    """The name for just this program and these files; None where one of them is missing."""
    seal = hashlib.sha256(_program())
    try:
        for path in _files(edition):
            body = path.read_bytes()
            seal.update(f"{path.parent.name}/{path.name}:{len(body)}\n".encode())
            seal.update(body)
    except OSError:
        return None
    name, day = edition.folder.parent.name, edition.folder.name
    seal.update(f"{name}/{day}".encode())
    return f"{name}-{day}-{seal.hexdigest()[:32]}{_ENDING}"


def _files(edition: Edition) -> Iterator[Path]:
    yield edition.folder / "questions.yml"
    yield edition.folder / "rules.yml"
    yield from edition.files("text/*.yml")
    yield from edition.law_files()


@cache
def _program() -> bytes:
    """What reads: its modules as they were when this process first asked, and what they lean on.

    A process that goes on while another version is installed must not take that one's editions.
    """
    seal = hashlib.sha256(repr((LANGUAGES, msgspec.__version__)).encode())
    modules = (*sorted(_PACKAGE.glob("*.py")), *(_PACKAGE.parent / one for one in _BESIDE))
    for path in modules:
        seal.update(hashlib.sha256(path.read_bytes()).digest())
    return seal.digest()


_BESIDE = ("errors.py", "i18n.py")
"""Modules of the program beside this package that decide what is read."""

_program()
