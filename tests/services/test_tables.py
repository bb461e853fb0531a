"""Tables from files into files: every format says the same, and nothing in a cell does any harm."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import fastexcel
import polars as pl
import pytest
import xlsxwriter

from riskq.errors import AnswersError
from riskq.questionnaire import Questionnaire
from riskq.services import judge_table
from tests.builders import Folder
from tests.marks import some_quickly

ON = date(2026, 11, 1)
FORMATS = ("csv", "xlsx", "jsonl", "parquet")
HEAD = ["vendor", "in-scope", "harms", "users", "reviewed"]
ROWS = [
    ["Қазақ ЖШС", "yes", "people;property", "5", "2026-02-01"],
    ["ТОО «Пример»", "no", "", "", ""],
    ["=1+1", "unsure", "none", "5000", "never"],
    ["", "perhaps", "", "5,5", ""],
]


@pytest.fixture
def small(folder: Folder) -> Questionnaire:
    """Five questions, two scales."""
    return folder.load()


def write_rows(path: Path, rows: list[list[str]]) -> Path:
    """A table of answers in the format that its name says."""
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([HEAD, *rows])
    elif path.suffix == ".xlsx":
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate([HEAD, *rows]):
                sheet.write_row(number, 0, row)
    elif path.suffix == ".jsonl":
        lines = (json.dumps(dict(zip(HEAD, row, strict=True))) for row in rows)
        path.write_text("\n".join(lines), "utf-8")
    else:
        pl.DataFrame(rows, schema=HEAD, orient="row").write_parquet(path)
    return path


def read_rows(path: Path) -> list[dict[str, str]]:
    """A table of results, whatever its format."""
    if path.suffix == ".csv":
        with path.open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))
    if path.suffix == ".xlsx":
        sheet = fastexcel.read_excel(path).load_sheet(0, dtypes="string")
        rows = sheet.to_polars().to_dicts()
    elif path.suffix == ".jsonl":
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    else:
        rows = pl.read_parquet(path).to_dicts()
    return [{name: cell or "" for name, cell in row.items()} for row in rows]


@pytest.mark.parametrize("source", some_quickly(FORMATS, 3))
def test_every_format_says_the_same(small: Questionnaire, tmp_path: Path, source: str) -> None:
    table = write_rows(tmp_path / f"answers.{source}", ROWS)
    told = []
    for target in FORMATS:
        into = tmp_path / f"told.{target}"
        judged = judge_table(small, table, into, ON, whole=True)
        assert (judged.rows, judged.faulty) == (4, 1)
        told.append(read_rows(into))
    told[0][2]["vendor"] = told[0][2]["vendor"].removeprefix("'")
    assert told[0] == told[1] == told[2] == told[3]
    assert [row["vendor"] for row in told[0]] == [row[0] for row in ROWS]
    assert [row["risk"] for row in told[0]] == ["high", "", "high", "low;high"]
    assert [row["scope.applies"] for row in told[0]] == ["yes"] * 4
    assert told[0][0]["duties"] == "review:done"
    assert '"perhaps" is no option' in told[0][3]["faults"]
    assert '"5,5" is not a number' in told[0][3]["faults"].replace("'", '"')


def test_no_cell_runs_in_a_spreadsheet(small: Questionnaire, tmp_path: Path) -> None:
    names = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'quoted", "plain=1"]
    table = write_rows(tmp_path / "answers.csv", [[name, "no", "", "", ""] for name in names])
    into = tmp_path / "told.csv"
    judge_table(small, table, into, ON)
    told = [row["vendor"] for row in read_rows(into)]
    assert told == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t'=1", "'quoted", "plain=1"]
    (tmp_path / "named.csv").write_text("=1+1,in-scope\n-2,no\n", "utf-8")
    judge_table(small, tmp_path / "named.csv", into, ON)
    assert read_rows(into)[0]["'=1+1"] == "'-2"
    judge_table(small, table, tmp_path / "told.xlsx", ON)
    with zipfile.ZipFile(tmp_path / "told.xlsx") as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_the_cells_of_a_spreadsheet_may_have_types(small: Questionnaire, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "answers.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["in-scope", "harms", "users", "reviewed"])
        sheet.write_row(1, 0, ["yes", "none", 5])
        sheet.write_datetime(1, 3, date(2026, 2, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
    judge_table(small, tmp_path / "answers.xlsx", tmp_path / "told.jsonl", ON)
    (told,) = read_rows(tmp_path / "told.jsonl")
    assert (told["risk"], told["faults"], told["next"]) == ("low", "", "name")


def test_a_text_that_no_cell_of_a_sheet_holds_is_cut(small: Questionnaire, tmp_path: Path) -> None:
    table = write_rows(tmp_path / "answers.csv", [["Ә" * 40_000, "no", "", "", ""]])
    judge_table(small, table, tmp_path / "told.xlsx", ON)
    (told,) = read_rows(tmp_path / "told.xlsx")
    assert told["vendor"] == "Ә" * 32_766 + "…"


def test_lines_of_json_may_have_keys_of_their_own(small: Questionnaire, tmp_path: Path) -> None:
    lines = [
        {"in-scope": "yes"},
        {"in-scope": {"answer": "yes", "because": "It is."}, "harms": ["people"], "users": 5},
        {"in-scope": True},
    ]
    table = tmp_path / "answers.jsonl"
    table.write_text("\n\n".join(json.dumps(line) for line in lines), "utf-8")
    judged = judge_table(small, table, tmp_path / "told.jsonl", ON)
    told = read_rows(tmp_path / "told.jsonl")
    assert [row["risk"] for row in told] == ["low;high", "high", "low;high"]
    assert judged.faulty == 1
    assert told[2]["faults"].startswith('in-scope: "true" is no option')


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_columns_may_be_parted_otherwise(
    small: Questionnaire, tmp_path: Path, separator: str
) -> None:
    table = tmp_path / "answers.csv"
    rows = (separator.join(row) for row in (["in-scope", "harms"], ["yes", '"people, property"']))
    table.write_text("\n".join(rows), "utf-8-sig")
    judge_table(small, table, tmp_path / "told.csv", ON)
    assert [row["risk"] for row in read_rows(tmp_path / "told.csv")] == ["high"]


@pytest.mark.slow
def test_a_table_is_read_piece_by_piece(
    small: Questionnaire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f'A "{number}"\r\nB, {"x" * (number % 7)}' for number in range(300)]
    table = write_rows(tmp_path / "answers.csv", [[name, "no", "", "", ""] for name in names])
    for piece in (1, 7, 64, 1000):
        monkeypatch.setattr("riskq.services.csv_table._PIECE", piece)
        judge_table(small, table, tmp_path / "told.csv", ON)
        assert [row["vendor"] for row in read_rows(tmp_path / "told.csv")] == names


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (b"yes,a,b,c\n", "answers.csv:405: has 4 cells, and line 1 has 2"),
        (b"yes,\xff\n", "answers.csv:405: is not UTF-8"),
        (b'yes,"\n', "answers.csv:4"),
    ],
)
def test_the_line_of_a_faulty_row_is_told(
    small: Questionnaire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: bytes, told: str
) -> None:
    monkeypatch.setattr("riskq.services.csv_table._PIECE", 100)
    rows = b'yes,"two\nlines"\n' * 200 + b"no,one\n" * 3
    (tmp_path / "answers.csv").write_bytes(b"in-scope,vendor\n" + rows + last)
    with pytest.raises(AnswersError) as caught:
        judge_table(small, tmp_path / "answers.csv", tmp_path / "told.csv", ON)
    assert str(caught.value).startswith(told)


@pytest.mark.parametrize("target", FORMATS)
def test_names_that_are_patterns_are_only_names(
    small: Questionnaire, tmp_path: Path, target: str
) -> None:
    names = ["^x$", "*", "^.*$", "0", "a\0code 1"]
    row = dict(zip([*names, "in-scope"], [*"ABCDE", "no"], strict=True))
    (tmp_path / "answers.jsonl").write_text(json.dumps(row), "utf-8")
    pl.DataFrame([row]).write_parquet(tmp_path / "answers.parquet")
    for source in ("jsonl", "parquet"):
        into = tmp_path / f"told.{target}"
        judge_table(small, tmp_path / f"answers.{source}", into, ON)
        if target != "xlsx":
            (told,) = read_rows(into)
            assert [told[name] for name in names] == list("ABCDE")
            assert told["scope"] == "outside"


def test_a_table_is_not_written_over_its_answers(small: Questionnaire, tmp_path: Path) -> None:
    table = write_rows(tmp_path / "answers.csv", ROWS)
    (tmp_path / "link.csv").symlink_to(table)
    for target in (table, tmp_path / "link.csv"):
        with pytest.raises(AnswersError, match="is the table to be read"):
            judge_table(small, table, target, ON)
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(IsADirectoryError):
        judge_table(small, table, tmp_path / "folder.csv", ON)
    (tmp_path / "other.csv").symlink_to(tmp_path / "real.csv")
    judge_table(small, table, tmp_path / "other.csv", ON)
    assert (tmp_path / "other.csv").is_symlink()
    assert len(read_rows(tmp_path / "real.csv")) == 4


def test_a_name_may_have_lines_and_separators(small: Questionnaire, tmp_path: Path) -> None:
    head = '"Vendor, as registered,\nin full, with its form";in-scope'
    table = tmp_path / "answers.csv"
    table.write_text(f"{head}\nA;no\n", "utf-8")
    judge_table(small, table, tmp_path / "told.csv", ON)
    (told,) = read_rows(tmp_path / "told.csv")
    assert told["Vendor, as registered,\nin full, with its form"] == "A"
    assert told["scope"] == "outside"
    table.write_text(f"{head}\nA;no\nB;no;more\n", "utf-8")
    with pytest.raises(AnswersError, match=r"answers\.csv:4: has 3 cells"):
        judge_table(small, table, tmp_path / "told.csv", ON)


def test_rows_may_be_short_or_empty(small: Questionnaire, tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text("in-scope,harms,vendor\nyes\n\n,,\nno,none,B\n", "utf-8")
    judged = judge_table(small, tmp_path / "answers.csv", tmp_path / "told.csv", ON)
    assert judged.rows == 2
    told = read_rows(tmp_path / "told.csv")
    assert [(row["vendor"], row["scope"]) for row in told] == [("", "inside"), ("B", "outside")]


def test_columns_without_a_name_are_left_out(small: Questionnaire, tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text("vendor,in-scope,,\nA,yes,,\nB,no,,left\n", "utf-8")
    judge_table(small, tmp_path / "answers.csv", tmp_path / "told.csv", ON)
    told = read_rows(tmp_path / "told.csv")
    assert [(row["vendor"], row["scope"]) for row in told] == [("A", "inside"), ("B", "outside")]
    assert "" not in told[0]


HOSTILE = {
    "ragged.csv": b"in-scope,harms\nyes,none,more\n",
    "other.csv": b"in-scope\n\xff\xfe\n",
    "empty.csv": b"",
    "none.csv": b"vendor\nA\n",
    "twice.csv": b"in-scope,in-scope\nyes,no\n",
    "text.xlsx": b"in-scope\nyes\n",
    "no-sheet.xlsx": b"PK\x05\x06" + b"\0" * 18,
    "capitals.csv": b"In-scope\nyes\n",
    "half.jsonl": b'{"in-scope": "yes", "vendor": "\\ud800"}\n',
    "unnamed.jsonl": b'{"in-scope": "yes", "": "x"}\n',
    "double.jsonl": b'{"in-scope": "yes", "in-scope": "no"}\n',
    "old.csv": b"in-scope,harms\ryes,none\r",
    "long-name.csv": b'in-scope,"' + b"x" * 200_000 + b'"\nyes,1\n',
    "lone.csv": b'in-scope,vendor\n"yes,A\nno,B\n',
    "list.jsonl": b"[1, 2]\n",
    "cut.jsonl": b'{"in-scope": "yes"}\n{"in-scope":',
    "deep.jsonl": b"[" * 100_000,
    "text.parquet": b"PAR1 and nothing more",
    "answers.txt": b"in-scope\nyes\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_table_is_refused_and_leaves_nothing(
    small: Questionnaire, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(HOSTILE[name])
    with pytest.raises(AnswersError) as caught:
        judge_table(small, tmp_path / name, tmp_path / "told.csv", ON)
    (problem,) = caught.value.problems
    assert problem.where.startswith(name)
    assert list(tmp_path.glob("*told*")) == []


def test_a_spreadsheet_that_unpacks_to_very_much_is_refused(
    small: Questionnaire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("riskq.services.sheet_file._MOST_UNPACKED", 1_000_000)
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)
    with pytest.raises(AnswersError, match="unpacks to 2,000,000 bytes"):
        judge_table(small, tmp_path / "bomb.xlsx", tmp_path / "told.csv", ON)


def test_a_spreadsheet_without_a_question_is_told_by_its_first_row(
    small: Questionnaire, tmp_path: Path
) -> None:
    with xlsxwriter.Workbook(tmp_path / "titled.xlsx") as book:
        book.add_worksheet().write_row(0, 0, ["Реестр систем", None, "2026"])
    with pytest.raises(AnswersError, match="the first line has: Реестр систем, 2026"):
        judge_table(small, tmp_path / "titled.xlsx", tmp_path / "told.csv", ON)


def test_a_spreadsheet_whose_cells_lie_far_apart_is_refused(
    small: Questionnaire, tmp_path: Path
) -> None:
    with xlsxwriter.Workbook(tmp_path / "far.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "in-scope")
        sheet.write(1_048_575, 16_383, "yes")
    with pytest.raises(AnswersError, match="takes too much memory or time"):
        judge_table(small, tmp_path / "far.xlsx", tmp_path / "told.csv", ON)


def test_a_table_that_cannot_be_written_is_told_and_keeps_the_old_one(
    small: Questionnaire, tmp_path: Path
) -> None:
    table = write_rows(tmp_path / "answers.csv", ROWS)
    with pytest.raises(AnswersError, match="is no table by its name"):
        judge_table(small, table, tmp_path / "told.docx", ON)
    table.write_bytes(table.read_bytes() + b"a,b,c,d,e,f,g\n")
    for target in FORMATS:
        into = tmp_path / f"told.{target}"
        into.write_text("old", "utf-8")
        with pytest.raises(AnswersError, match="has 7 cells"):
            judge_table(small, table, into, ON)
        assert into.read_text("utf-8") == "old"
    assert list(tmp_path.glob(".riskq-*")) == []


def test_no_page_loads_what_tables_need() -> None:
    code = "import sys, riskq.cli, riskq.web.app; sys.exit('polars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
