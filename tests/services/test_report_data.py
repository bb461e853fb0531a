"""The data inside a report, and a download, have the published form and say what the pages say."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from riskq.engine import assess, read_answers
from riskq.services import conclusion_form, read_answers_file
from riskq.services.issue import Issue, issue_of_answers
from tests.ai_law import answers_of, cases, questionnaire

SCHEMA = Path(__file__).parents[2] / "docs" / "assessment.schema.json"


@cache
def validator() -> Draft202012Validator:
    """What holds a file to the published schema."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def issue_on(case: str) -> Issue:
    """The report on a case, as somebody makes it from a file of answers."""
    on = cases()[case].on
    answers = read_answers(questionnaire(), answers_of(case), on)
    return issue_of_answers(questionnaire(), answers, on, "kk")


def data_of(case: str) -> Any:
    """The data of the report on a case."""
    return json.loads(issue_on(case).data())


@pytest.mark.parametrize("case", cases())
def test_the_data_of_every_report_have_the_published_form(case: str) -> None:
    assert [fault.message for fault in validator().iter_errors(data_of(case))] == []


@pytest.mark.parametrize("case", cases())
def test_whoever_judges_the_data_again_comes_to_the_same(case: str, tmp_path: Path) -> None:
    data, on = data_of(case), cases()[case].on
    path = tmp_path / "assessment.json"
    path.write_text(json.dumps(data), "utf-8")
    answers = read_answers_file(questionnaire(), str(path), on)
    conclusion = assess(questionnaire(), answers, on)
    assert data["conclusion"] == json.loads(
        json.dumps(conclusion_form(questionnaire(), conclusion))
    )


def test_the_schema_refuses_what_is_no_assessment() -> None:
    data = data_of("hospital-triage-ready")
    for key in ("format", "digest", "conclusion"):
        assert list(validator().iter_errors({**data, key: "x"}))
        assert list(validator().iter_errors({k: v for k, v in data.items() if k != key}))
