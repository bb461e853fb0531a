"""SQL of ours as PostgreSQL reads it: the statements are written once, for SQLite.

What differs is little: how a place for a value is written, one reserved name, one function, and
the types of columns. Everything between quotation marks is left as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["to_definition", "to_statement"]

_PARTS = re.compile(r"'(?:[^']|'')*'|\?|%|\buser\b|\binstr\(")
_WORDS = {"?": "%s", "%": "%%", "user": '"user"', "instr(": "strpos("}

_TYPE = re.compile(r"(\w+) (text|integer|blob)\b")
# Texts sort by their letters' numbers, as in SQLite, whatever language the server was set up in.
_TYPES = {"text": 'text collate "C"', "integer": "bigint", "blob": "bytea"}
_END = re.compile(r"\)\s*strict(, without rowid)?\s*$")


@lru_cache(maxsize=1024)
def to_statement(sql: str) -> str:
    """A statement that reads or changes rows."""
    return _PARTS.sub(_word, sql)


def _word(found: re.Match[str]) -> str:
    part = found[0]
    # The driver looks for its own signs between quotation marks too.
    return _WORDS.get(part) or part.replace("%", "%%")


def to_definition(sql: str) -> str:
    """A statement that makes or changes a table or an index; it has no places for values."""
    typed = _TYPE.sub(lambda found: f"{found[1]} {_TYPES[found[2]]}", sql)
    return _END.sub(")", re.sub(r"\buser\b", '"user"', typed))
