"""Each row of a table is judged exactly as the engine judges it alone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings

from riskq.bulk import TableJudge, read_columns
from riskq.engine import Answers, read_answers
from riskq.errors import AnswersError
from riskq.questionnaire import Questionnaire
from tests.ai_law import answers_of, cases, questionnaire
from tests.bulk.rows import expected, judge_table, numbered, row_of, table_of
from tests.engine.strategies import ON, SEEDS, draw_answers, draw_questionnaire

ENDLESS = 10**12
ROWS = 12


def expect_the_same(
    drawn: Questionnaire, rows: Sequence[Answers], questions: Sequence[str]
) -> None:
    """The table says of every row what the engine says of it."""
    frame = table_of(questions, (row_of(drawn, answers) for answers in rows))
    told = judge_table(drawn, frame, ON).to_dicts()
    assert told == [expected(drawn, answers, ON) for answers in rows]


def draw_rows(seed: int) -> tuple[Questionnaire, list[Answers]]:
    """A questionnaire with several sets of answers to it."""
    rng = random.Random(seed)
    drawn = draw_questionnaire(rng)
    return drawn, [draw_answers(rng, drawn, ENDLESS) for _ in range(ROWS)]


@given(seed=SEEDS)
@settings(max_examples=40)
def test_a_table_says_of_each_row_what_the_engine_says(seed: int) -> None:
    drawn, rows = draw_rows(seed)
    expect_the_same(drawn, rows, list(drawn.by_id))


def test_reasons_stand_in_the_order_of_their_rules() -> None:
    drawn, rows = draw_rows(399799)
    expect_the_same(drawn, rows, list(drawn.by_id))


@pytest.mark.slow
@given(seed=SEEDS)
@settings(max_examples=2_000)
def test_very_many_tables_say_what_the_engine_says(seed: int) -> None:
    drawn, rows = draw_rows(seed)
    expect_the_same(drawn, rows, list(drawn.by_id))


@given(seed=SEEDS)
@settings(max_examples=20)
def test_what_a_table_has_no_column_for_is_not_answered(seed: int) -> None:
    drawn, rows = draw_rows(seed)
    kept = list(drawn.by_id)[:: random.Random(seed).randint(1, 3)]
    fewer = [{name: row[name] for name in kept if name in row} for row in rows]
    expect_the_same(drawn, fewer, kept)


@pytest.mark.slow
def test_every_case_of_the_law_is_judged_the_same_in_a_table() -> None:
    law = questionnaire()
    days: dict[date, list[str]] = {}
    for name, case in cases().items():
        days.setdefault(case.on, []).append(name)
    for on, names in days.items():
        rows = [read_answers(law, answers_of(name), on) for name in names]
        frame = table_of(law.by_id, (row_of(law, answers) for answers in rows))
        told = judge_table(law, frame, on).to_dicts()
        for name, row, answers in zip(names, told, rows, strict=True):
            assert row == expected(law, answers, on), name


def test_what_cannot_be_read_is_told_and_counts_as_not_answered() -> None:
    law, on = questionnaire(), cases()["hospital-triage-ready"].on
    raw = answers_of("hospital-triage-ready")
    row = row_of(law, read_answers(law, raw, on)) | {"emergency": "maybe", "damage": "yes, no"}
    left = {name: value for name, value in raw.items() if name not in ("emergency", "damage")}
    frame = table_of(law.by_id, [row])
    (told,) = judge_table(law, frame, on).to_dicts()
    faults = told.pop("faults")
    assert faults.startswith('emergency: "maybe" is no option of this question. ')
    assert 'damage: "yes, no" is no option' in faults
    want = expected(law, read_answers(law, left, on), on)
    del want["faults"]
    assert told == want


@pytest.mark.parametrize(
    "cell", ["people;property", "people, property", "property|people", "people property"]
)
def test_several_options_stand_in_one_cell(small: Questionnaire, cell: str) -> None:
    frame = table_of(["in-scope", "harms"], [{"in-scope": "yes", "harms": cell}])
    (told,) = judge_table(small, frame, ON).to_dicts()
    assert (told["risk"], told["faults"]) == ("high", "")


def test_a_free_text_is_held_to_its_length(small: Questionnaire) -> None:
    cells = [{"name": name} for name in ("Crane", " ", "x" * 81, "a\x00b")]
    told = judge_table(small, table_of(["name"], cells), ON)
    assert told["next"].to_list() == ["in-scope", "name", "name", "name"]
    assert [bool(fault) for fault in told["faults"]] == [False, False, True, True]


def test_other_columns_are_carried_along(small: Questionnaire) -> None:
    frame = table_of(["vendor", "in-scope", "in-scop"], [{"vendor": "A", "in-scope": "no"}])
    columns = read_columns(small, frame.columns, "table")
    told = TableJudge(small, columns, ON).judge(numbered(frame))
    assert told.columns[:3] == ["0", "2", "scope"]
    assert columns.carried == {"0": "vendor", "2": "in-scop"}
    assert columns.odd == (("in-scop", "in-scope"),)
    assert "duties" not in told.columns


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["vendor"], "no-question"),
        (["in-scope", "in-scope"], "duplicate-column"),
        (["in-scope", "risk"], "taken-column"),
        (["in-scope", "Users "], "unknown-question"),
        (["in-scope", *(f"c{number}" for number in range(2_000))], "too-many"),
        (["in-scope", "risk.because"], "taken-column"),
    ],
)
def test_columns_that_cannot_be_are_told(small: Questionnaire, names: list[str], code: str) -> None:
    with pytest.raises(AnswersError) as caught:
        read_columns(small, names, "table.csv")
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_table_without_rows_is_judged(small: Questionnaire) -> None:
    told = judge_table(small, table_of(["in-scope"], []), ON)
    assert told.height == 0
    assert "risk" in told.columns
