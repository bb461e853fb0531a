"""Questionnaires written in a few lines, and what is proved of their rules."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from riskq.checks import Finding, check_rules
from riskq.questionnaire import Law, Questionnaire, Rulebook
from riskq.questionnaire.decoder import Decoder
from riskq.questionnaire.links import Links
from riskq.questionnaire.model import QuestionsFile
from riskq.questionnaire.reader import read_text

__all__ = ["draft", "findings_of", "scale", "told_of"]

DAY = date(2026, 3, 1)
Value = TypeVar("Value")


def draft(questions: list[str], rules: str) -> Questionnaire:
    """A questionnaire of one section, without words; ``rules`` follow the date and the acts."""
    asked = "".join(f"      - {{{question}}}\n" for question in questions)
    written = f"questionnaire: x\nedition: {DAY}\nsections:\n  - id: s\n    questions:\n{asked}"
    file = _read(QuestionsFile, written)
    book = _read(Rulebook, f"in_force: {{from: {DAY}}}\nacts: []\n{rules}")
    problems = [p for p in Links(file, book, Law({})).problems() if "act" not in p.code]
    if problems:
        raise ValueError("\n".join(map(str, problems)))
    return Questionnaire("x", DAY, 10, "", file.sections, book, {}, Law({}))


def _read(kind: type[Value], text: str) -> Value:
    node, decoder = read_text(text, "draft").node, Decoder()
    value = decoder.decode(kind, node) if node is not None else None
    if not isinstance(value, kind):
        raise TypeError("\n".join(map(str, decoder.problems)))
    return value


def scale(*rules: tuple[str, str], levels: str = "low, mid, high", more: str = "") -> str:
    """The scale "risk" by its rules r0, r1, … as (level, condition)."""
    head = f"scales:\n  risk:\n    levels: [{levels}]\n{more}    rules:\n"
    return head + "".join(
        f"      - {{id: r{index}, level: {level}, cites: [act/1], when: {when}}}\n"
        for index, (level, when) in enumerate(rules)
    )


def findings_of(questions: list[str], rules: str) -> tuple[Finding, ...]:
    """What is proved of a draft."""
    return check_rules(draft(questions, rules))


def told_of(questions: list[str], rules: str) -> list[tuple[str, str]]:
    """The codes and messages of what is proved of a draft."""
    return [(finding.code, finding.what) for finding in findings_of(questions, rules)]
