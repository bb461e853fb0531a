"""What the engine says of a row, in the words of a table: the reference for every table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from riskq.bulk import TableJudge, read_columns, result_names
from riskq.engine import Answers, Judge, Truth, write_answer
from riskq.questionnaire import Questionnaire

TRUTHS = {Truth.HOLDS: "yes", Truth.FAILS: "no", Truth.OPEN: "open"}


def row_of(questionnaire: Questionnaire, answers: Answers) -> dict[str, str]:
    """Answers as the cells of a row."""
    found = {}
    for name, answer in answers.items():
        written = write_answer(questionnaire.by_id[name], answer)
        found[name] = written if isinstance(written, str) else ";".join(written)
    return found


def table_of(questions: Iterable[str], rows: Iterable[dict[str, str]]) -> pl.DataFrame:
    """Rows as a table with a column for each of the questions."""
    names = list(questions)
    return pl.DataFrame(
        [[row.get(name) for name in names] for row in rows],
        schema=dict.fromkeys(names, pl.String),
        orient="row",
    )


def judge_table(questionnaire: Questionnaire, frame: pl.DataFrame, on: date) -> pl.DataFrame:
    """Everything that is told of a table."""
    columns = read_columns(questionnaire, frame.columns, "table")
    return TableJudge(questionnaire, columns, on, whole=True).judge(numbered(frame))


def numbered(frame: pl.DataFrame) -> pl.DataFrame:
    """The table with numbers for names."""
    return pl.DataFrame([cells.alias(str(i)) for i, cells in enumerate(frame.get_columns())])


def expected(questionnaire: Questionnaire, answers: Answers, on: date) -> dict[str, str]:
    """What the engine says of the same answers."""
    judge = Judge(questionnaire, answers, on)
    conclusion = judge.conclusion
    told: dict[str, str] = {}
    for scale in conclusion.scales:
        told[scale.id] = ";".join(scale.if_applies)
        told[f"{scale.id}.applies"] = TRUTHS[scale.applies]
        told[f"{scale.id}.because"] = ";".join(scale.because)
    told["next"] = conclusion.journey.next or ""
    told["decides"] = ";".join(conclusion.decides)
    told["duties"] = ";".join(
        f"{duty.id}:{'open' if duty.applies is Truth.OPEN else duty.state.value}"
        for duty in conclusion.duties
    )
    told["notices"] = ";".join(
        item.id if item.holds is Truth.HOLDS else f"{item.id}:open" for item in conclusion.notices
    )
    told["set_aside"] = ";".join(conclusion.journey.set_aside)
    told["faults"] = ""
    assert tuple(told) == result_names(questionnaire, whole=True)
    return told
