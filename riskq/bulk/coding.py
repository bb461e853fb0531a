"""The cells of a table as codes and faults: each different text is read once."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from msgspec import Struct

from riskq.bulk.cells import CellReader

__all__ = ["CellFault", "code_cells", "find_faults"]

_UNREAD = 2**32 - 1
"""Stands for a text that has not been read yet."""

_ODD = "[\\x00-\\x1f\\x7f-\\x9f\u2028\u2029]"
"""Characters that the reader of answers changes or refuses in a free text."""


class CellFault(Struct, frozen=True):
    """A cell that could not be read: its row, from 0, its question, and what is wrong with it."""

    place: int
    question: str
    fault: str


def code_cells(
    readers: Mapping[str, CellReader], places: Mapping[str, str], frame: pl.DataFrame
) -> list[pl.Series]:
    """The codes of the columns that are read, by their new names, and what is wrong by row.

    ``places`` are the columns of the questions: texts, and null or blank where there is no answer.
    What is wrong comes last, as the column ``faults``: a sentence or two for each cell.
    """
    for reader in readers.values():
        reader.trim()
    texts = frame.select(_text(reader, places).alias(name) for name, reader in readers.items())
    codes = texts.select(_code(name, reader) for name, reader in readers.items())
    # Few tables have anything that no table before them had; they are read a second time.
    new = {name: reader for name, reader in readers.items() if codes[name].max() == _UNREAD}
    for name, reader in new.items():
        reader.read_all(texts[name].filter(codes[name] == _UNREAD).unique().to_list())
    if new:
        codes = codes.with_columns(texts.select(_code(name, one) for name, one in new.items()))
    return [*codes.get_columns(), _faults(readers, texts)]


def _text(reader: CellReader, places: Mapping[str, str]) -> pl.Expr:
    """The cells of a column; plain free texts, nearly all different, become one and the same."""
    question = reader.question
    texts = pl.col(places[question.id]).fill_null("")
    if not question.is_text or question.options:
        return texts
    low, high = (question.length.min, question.length.max) if question.length else (1, 200)
    length = texts.str.strip_chars().str.len_chars()
    is_plain = length.is_between(max(low, 1), high) & ~texts.str.contains(_ODD)
    return pl.when(is_plain).then(pl.lit("x" * max(low, 1))).otherwise(texts)


def _code(name: str, reader: CellReader) -> pl.Expr:
    codes = pl.Series([cell.code for cell in reader.known.values()], dtype=pl.UInt32)
    place = pl.col(name).cast(pl.Enum(list(reader.known)), strict=False).to_physical()
    return pl.lit(codes).gather(place.cast(pl.UInt32)).fill_null(_UNREAD).alias(name)


def _faults(readers: Mapping[str, CellReader], texts: pl.DataFrame) -> pl.Series:
    found = []
    for name, reader in readers.items():
        told = _told(reader)
        if told:
            told = {text: f"{reader.question.id}: {fault}" for text, fault in told.items()}
            sentences = pl.col(name).replace_strict(
                list(told), list(told.values()), default=None, return_dtype=pl.String
            )
            found.append(sentences)
    if not found:
        return pl.Series("faults", [""], pl.String).new_from_index(0, texts.height)
    return texts.select(pl.concat_str(found, separator=" ", ignore_nulls=True).alias("faults"))[
        "faults"
    ]


def _told(reader: CellReader) -> dict[str, str]:
    """The texts in which something is wrong, and what."""
    return {text: cell.fault for text, cell in reader.known.items() if cell.fault}


def find_faults(
    readers: Mapping[str, CellReader], places: Mapping[str, str], frame: pl.DataFrame, most: int
) -> tuple[int, list[CellFault]]:
    """How many cells of the table that was read last are faulty, and the first of them by row."""
    count = 0
    found: list[CellFault] = []
    for reader in readers.values():
        told, name = _told(reader), reader.question.id
        if told:
            texts = frame[places[name]]
            rows = texts.is_in(list(told)).arg_true()
            count += len(rows)
            found += [CellFault(row, name, told[texts[row]]) for row in rows.head(most)]
    return count, sorted(found, key=lambda fault: fault.place)[:most]
