"""The folder in which a service keeps its own, unless it is told of another place."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

__all__ = ["INSTANCE_FOLDER", "own_database", "own_secret"]

INSTANCE_FOLDER = Path(__file__).resolve().parents[1] / "instance"
"""Where the service keeps its data and its secret unless it is told otherwise."""


def own_database() -> str:
    """The path of this instance's database; its folder is made, for the service alone."""
    INSTANCE_FOLDER.mkdir(mode=0o700, exist_ok=True)
    return str(INSTANCE_FOLDER / "riskq.db")


def own_secret(name: str) -> str:
    """A secret of this instance, kept under a name; made when first asked for, whole or not."""
    INSTANCE_FOLDER.mkdir(mode=0o700, exist_ok=True)
    path = INSTANCE_FOLDER / name
    if not path.exists():
        # A link appears at once with its whole content, whichever of several workers comes first.
        with tempfile.NamedTemporaryFile("w", dir=INSTANCE_FOLDER, encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            with contextlib.suppress(FileExistsError):
                os.link(file.name, path)
    return path.read_text("utf-8").strip()
