"""Editions as they were read, kept as Python keeps modules: in ``__pycache__`` beside this one.

To read the files of an edition is most of what a command does, and much of a start. ``riskq
compile`` keeps what it read, under a name that says of which files, down to the last byte, and by
which program; where one of them is another, the files are read. As with modules, whoever may write
there may write the program too.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from collections.abc import Iterable, Iterator
from importlib.util import cache_from_source
from pathlib import Path
from typing import cast

from riskq.questionnaire.folders import Edition
from riskq.questionnaire.model import Questionnaire

__all__ = ["find_kept", "keep_all"]

_DIGEST = 32
_ENDING = f".{sys.implementation.cache_tag}.edition"


def find_kept(edition: Edition) -> Questionnaire | None:
    """The edition, if what is kept was read from just these files; None also where one is missing.

    Nothing is looked at that is no whole file of ours.
    """
    try:
        written = (_folder() / _name_of(edition)).read_bytes()
    except OSError:
        return None
    body = written[_DIGEST:]
    if hashlib.sha256(body).digest() != written[:_DIGEST]:
        return None
    # Questionnaires are graphs of values of many types, which no form of data but this one keeps.
    return cast("Questionnaire", pickle.loads(body))  # noqa: S301 - From beside the program itself.


def keep_all(read: Iterable[tuple[Edition, Questionnaire]]) -> None:
    """Keep these editions, and no others any more. Raises ``OSError``."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    names = set()
    for edition, questionnaire in read:
        names.add(name := _name_of(edition))
        body = pickle.dumps(questionnaire, protocol=pickle.HIGHEST_PROTOCOL)
        # Whoever reads it meanwhile finds a whole one or none.
        unfinished = folder / f"{name}.new"
        unfinished.write_bytes(hashlib.sha256(body).digest() + body)
        unfinished.replace(folder / name)
    for path in folder.glob(f"*{_ENDING}"):
        if path.name not in names:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    """Where Python keeps this module, wherever it is told to have it."""
    return Path(cache_from_source(__file__)).parent


def _name_of(edition: Edition) -> str:
    """The name for just this program and these files. Raises ``OSError``."""
    seal = hashlib.sha256()
    for path in _decisive(edition):
        body = path.read_bytes()
        seal.update(
            f"{path.parent.parent.name}/{path.parent.name}/{path.name}:{len(body)}\n".encode()
        )
        seal.update(body)
    return f"{edition.folder.parent.name}-{edition.folder.name}-{seal.hexdigest()[:32]}{_ENDING}"


def _decisive(edition: Edition) -> Iterator[Path]:
    """The files on which it hangs what an edition is read as: the program's and its own."""
    yield from sorted(Path(__file__).parent.glob("*.py"))
    yield edition.folder / "questions.yml"
    yield edition.folder / "rules.yml"
    yield from edition.files("text/*.yml")
    yield from edition.law_files()
