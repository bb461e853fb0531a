"""What is wrong with tables and their cells, and what blank tables explain, in words of the page.

Codes and values come from where tables are read, which knows no language; ``%(name)s`` in a text is
where a value goes.
"""

from __future__ import annotations

from collections.abc import Mapping

from riskq import services
from riskq.i18n import Words, write_number

__all__ = ["blank_words", "cell_words", "limits", "problem_text"]


def limits() -> Mapping[str, int]:
    """How much of a table is taken, as texts speak of it."""
    return {
        "size": services.MOST_TABLE_BYTES // 1_000_000,
        "rows": services.MOST_TABLE_ROWS,
        "seconds": services.WALL_SECONDS,
    }


def cell_words(_: Words) -> Mapping[str, str]:
    """What may be wrong with a cell, by the codes of ``FAULT_CODES``."""
    return {
        "mistyped-option": _(
            "“%(given)s” is no option of this question. Write “%(meant)s”, if you meant that."
        ),
        "unknown-option": _("“%(given)s” is no option of this question. Write one of: %(known)s."),
        "no-number": _("“%(given)s” is not a number. Write a number, such as 12.5."),
        "no-number-nor": _(
            "“%(given)s” is not a number. Write a number, such as 12.5, or one of: %(known)s."
        ),
        "no-day": _("“%(given)s” is not a day. Write year, month and day, such as 2026-08-25."),
        "no-day-nor": _(
            "“%(given)s” is not a day. Write year, month and day, such as 2026-08-25, or one of:"
            " %(known)s."
        ),
        "out-of-range": _("Write a number from %(low)s to %(high)s."),
        "in-future": _("“%(given)s” lies in the future. Write a day that has passed."),
        "too-short": _("The text is too short. Write at least %(low)s characters."),
        "too-long": _("The text has %(given)s characters. Shorten it to at most %(limit)s."),
        "bad-character": _("The text has a character that cannot be stored. Delete it."),
        "excluded-option": _(
            "“%(alone)s” excludes the other options. Write either it or the others."
        ),
        "nothing-chosen": _("No option is named here. Write one of: %(known)s."),
        "other": _("This cannot be read as an answer to the question."),
    }


def blank_words(_: Words) -> Mapping[str, str]:
    """What the second sheet of a blank table says beside the questions."""
    return {
        "sheet": _("Questions"),
        "column": _("Column"),
        "question": _("Question"),
        "write": _("What to write"),
        "means": _("What it means"),
        "several": _("several, parted by semicolons"),
        "text": _("a text"),
        "number": _("a number"),
        "date": _("a day, such as 2026-08-25"),
    }


def problem_text(problem: services.TableProblem, _: Words) -> str:
    """What is wrong with a table as a whole, and how to mend it."""
    text = {**_of_files(_), **_of_columns(_)}.get(problem.code)
    if text is None:
        text = _("The table cannot be read. Save it anew, as CSV UTF-8 or as XLSX.")
    most = problem.values.get("most", 0)
    shown = {"most": write_number(most, _.language)} if isinstance(most, int) else {}
    return text % {**limits(), **problem.values, **shown}


def _of_files(_: Words) -> dict[str, str]:
    csv = _("Save it as CSV UTF-8, with a line end after each row.")
    return {
        **_of_sizes(_),
        **_of_lines(_),
        "file-name": _("Give a file whose name ends in .csv, .xlsx, .jsonl or .parquet."),
        "no-columns": _("The first line names no columns. Call them by the ids of the questions."),
        "no-csv": _("The first line is no line of CSV.") + " " + csv,
        "no-sheet": _("This is no XLSX file, whatever its name says. Save it as XLSX anew."),
        "empty-sheet": _("The first sheet is empty. Only the first sheet of a file is read."),
        "unreadable": _("The file is damaged, or of another format than its name says."),
    }


def _of_sizes(_: Words) -> dict[str, str]:
    heavy = _(
        "The table takes more than %(seconds)s seconds or 512 MB of memory. Delete cells that lie"
        " far off, or divide the table."
    )
    return {
        "too-many-rows": _("The table has more than %(most)s rows. Divide it."),
        "too-heavy": heavy,
        "heavy-sheet": heavy,
        "packed-sheet": _("Unpacked, the file is too large. Give the table as CSV."),
        "full-sheet": heavy,
        "too-large-rules": _("The rules of this questionnaire are too many for tables."),
    }


def _of_lines(_: Words) -> dict[str, str]:
    return {
        "no-utf8": _("Line %(line)s is not in UTF-8. Save the table as CSV UTF-8."),
        "long-row": _(
            "Line %(line)s has %(cells)s cells, and line 1 has %(width)s. Quote cells that hold"
            " commas or semicolons, or delete what is too much."
        ),
        "lone-quote": _(
            "The file cannot be read from line %(line)s on. Look there for a lone quotation mark."
        ),
        "endless-row": _("A row does not end. Look for a lone quotation mark."),
        "long-line": _("Line %(line)s is too long. Shorten it."),
        "no-json": _("Line %(line)s is no JSON. Write one object a line."),
        "no-mapping": _(
            "Line %(line)s is no JSON object of named values. Write one object a line, with a name"
            " for each value."
        ),
        "half-character": _("Line %(line)s has half a character. Delete it."),
    }


def _of_columns(_: Words) -> dict[str, str]:
    return {
        "no-question": _(
            "No column is a question. The first line has: %(names)s. Call each column of answers by"
            " the id of its question, such as %(first)s, or begin with the blank table."
        ),
        "too-many": _("The table has %(columns)s columns. At most %(most)s can be read."),
        "too-many-names": _("The lines have more than %(most)s different names. Leave most out."),
        "duplicate-column": _("Several columns are called “%(name)s”. Keep one."),
        "taken-column": _(
            "A column is called “%(name)s”, as a result will be. Rename or delete it."
        ),
        "unknown-question": _(
            "The column “%(name)s” must be written in small letters: “%(meant)s”."
        ),
    }
