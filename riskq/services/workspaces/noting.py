"""Private notes: how long they may be, and which signs they may have."""

from __future__ import annotations

__all__ = ["MOST_NOTE", "can_be_kept"]

MOST_NOTE = 5000
"""How many characters a private note may have."""


def as_kept(note: str) -> str:
    """A note as it is stored; browsers and some programs part lines otherwise than we do."""
    return note.replace("\r\n", "\n")


def can_be_kept(note: str) -> bool:
    """Whether every sign of a note can be shown; its lines are parted by line feeds alone."""
    return all(line.isprintable() for line in note.replace("\t", " ").split("\n"))
