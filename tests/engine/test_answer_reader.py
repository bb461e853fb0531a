"""Answers from outside become typed values, or everything that is wrong with them is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from riskq.engine import (
    Answer,
    AnswerFault,
    Chosen,
    Counted,
    Dated,
    Unsure,
    Written,
    read_answer,
    read_answers,
    write_answer,
)
from riskq.errors import AnswersError
from riskq.questionnaire import Kind, Length, Option, Question, Questionnaire, Range

ON = date(2026, 11, 2)
YES_NO = (Option("yes"), Option("no"))
HARMS = (Option("people"), Option("property"), Option("none", exclusive=True))

ONE = Question("one", Kind.ONE, YES_NO, unsure=True, justify=True)
SURE = Question("sure", Kind.ONE, YES_NO)
MANY = Question("many", Kind.MANY, HARMS, unsure=True)
TEXT = Question("text", Kind.TEXT, length=Length(max=10, min=2))
NUMBER = Question("number", Kind.NUMBER, (Option("unknown"),), range=Range(Decimal(0), Decimal(9)))
DATE = Question("date", Kind.DATE, (Option("never"),), unsure=True)
LATER = Question("later", Kind.DATE, future=True)


@pytest.mark.parametrize(
    ("question", "raw", "answer"),
    [
        (ONE, "yes", Chosen(("yes",))),
        (ONE, "unsure", Unsure()),
        (ONE, {"answer": "yes"}, Chosen(("yes",))),
        (ONE, {"answer": "yes", "because": " It\r\nis. "}, Chosen(("yes",), "It\nis.")),
        (ONE, {"answer": "unsure", "because": "Who knows?"}, Unsure("Who knows?")),
        (MANY, ["property", "people"], Chosen(("people", "property"))),
        (MANY, ("none",), Chosen(("none",))),
        (MANY, ["people", "people"], Chosen(("people",))),
        (MANY, "unsure", Unsure()),
        (MANY, ["unsure"], Unsure()),
        (TEXT, " Crane ", Written("Crane")),
        (TEXT, "unsure", Written("unsure")),
        (NUMBER, "7", Counted(Decimal(7))),
        (NUMBER, 7, Counted(Decimal(7))),
        (NUMBER, 0.5, Counted(Decimal("0.5"))),
        (NUMBER, " 7 ", Counted(Decimal(7))),
        (NUMBER, "unknown", Chosen(("unknown",))),
        (DATE, "2026-11-02", Dated(ON)),
        (DATE, "never", Chosen(("never",))),
        (DATE, "unsure", Unsure()),
        (LATER, "2030-01-01", Dated(date(2030, 1, 1))),
        (TEXT, "a\vb\x85c\rd", Written("a b c d")),
        (TEXT, "a\x1b[2J\x9b\x7f", Written("a[2J")),
        (
            ONE,
            {"answer": "yes", "because": "a\vb\fc\r\nd\u2028e\x1b"},
            Chosen(("yes",), "a\nb\nc\nd\ne"),
        ),
    ],
)
def test_what_fits_is_read(question: Question, raw: object, answer: Answer) -> None:
    assert read_answer(question, raw, ON) == answer
    assert read_answer(question, write_answer(question, answer), ON) is not None


@pytest.mark.parametrize(
    ("question", "raw", "code"),
    [
        (ONE, "maybe", "unknown-option"),
        (ONE, True, "wrong-kind"),
        (ONE, 1, "wrong-kind"),
        (ONE, ["yes"], "wrong-kind"),
        (ONE, None, "wrong-kind"),
        (SURE, "unsure", "unknown-option"),
        (ONE, {"answer": "yes", "why": "x"}, "unknown-key"),
        (ONE, {"because": "x"}, "wrong-kind"),
        (ONE, {"answer": {"answer": "yes"}}, "wrong-kind"),
        (ONE, {"answer": "yes", "because": ["x"]}, "wrong-kind"),
        (ONE, {"answer": "yes", "because": "x" * 4001}, "too-long"),
        (ONE, {"answer": "yes", "because": "\x00"}, "bad-character"),
        (SURE, {"answer": "yes", "because": "x"}, "needless-because"),
        (TEXT, {"answer": "Crane", "because": "x"}, "needless-because"),
        (MANY, "people", "wrong-kind"),
        (MANY, [], "nothing-chosen"),
        (MANY, ["pets"], "unknown-option"),
        (MANY, [1], "wrong-kind"),
        (MANY, ["none", "people"], "excluded-option"),
        (MANY, ["unsure", "people"], "excluded-option"),
        (TEXT, "", "too-short"),
        (TEXT, " x ", "too-short"),
        (TEXT, "x" * 11, "too-long"),
        (TEXT, "a\x00b", "bad-character"),
        (TEXT, "a\ud800b", "bad-character"),
        (TEXT, 5, "wrong-kind"),
        (NUMBER, "seven", "wrong-kind"),
        (NUMBER, "NaN", "wrong-kind"),
        (NUMBER, "1e5", "wrong-kind"),
        (NUMBER, float("inf"), "wrong-kind"),
        (NUMBER, "10", "out-of-range"),
        (NUMBER, "-1", "out-of-range"),
        (NUMBER, "20260825", "out-of-range"),
        (NUMBER, "unsure", "wrong-kind"),
        (NUMBER, "2026-01-01", "wrong-kind"),
        (DATE, "yesterday", "wrong-kind"),
        (DATE, "2026-02-30", "wrong-kind"),
        (DATE, "20260825", "wrong-kind"),
        (DATE, "2026-11-03", "in-future"),
    ],
)
def test_what_does_not_fit_is_told(question: Question, raw: object, code: str) -> None:
    with pytest.raises(AnswerFault) as caught:
        read_answer(question, raw, ON)
    assert caught.value.code == code
    assert caught.value.what
    assert caught.value.mend


def test_one_option_where_many_may_be_chosen_is_shown_as_a_list() -> None:
    with pytest.raises(AnswerFault) as caught:
        read_answer(MANY, "none", ON)
    assert caught.value.mend == "Write a list of option ids, such as [none], or unsure."


def test_more_answers_than_anybody_asks_for_are_refused(law: Questionnaire) -> None:
    with pytest.raises(AnswersError, match="1001 answers"):
        read_answers(law, {f"q{number}": "yes" for number in range(1001)}, ON)


def test_all_faults_are_told_at_once_with_their_places(law: Questionnaire) -> None:
    raw = {"emergncy": "yes", "damage": "maybe", "risk-review": "soon", "role": "owner"}
    with pytest.raises(AnswersError) as caught:
        read_answers(law, raw, ON, lambda name: f"answers.yml: {name}")
    problems = caught.value.problems
    assert [(problem.code, problem.where) for problem in problems] == [
        ("unknown-question", "answers.yml: emergncy"),
        ("unknown-option", "answers.yml: damage"),
        ("wrong-kind", "answers.yml: risk-review"),
    ]
    assert problems[0].mend == 'Did you mean "emergency"?'


def test_an_endless_answer_is_not_repeated_in_full(law: Questionnaire) -> None:
    with pytest.raises(AnswersError) as caught:
        read_answers(law, {"role": "x" * 100_000, "damage": ["x" * 100_000]}, ON)
    assert len(str(caught.value)) < 1000
