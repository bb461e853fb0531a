"""A walk whose answers can all be replaced by one text, and the bones of a page to compare."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from riskq.engine import MAX_BECAUSE, Answer, Answers, read_answer, read_answers
from tests.ai_law import questionnaire
from tests.web.answered import READY, TODAY, whole_answers_of
from tests.web.browser import Browser

__all__ = ["FIELDS", "answers_with", "bones", "kept", "read_with", "save_everywhere", "twin"]

_POINTS = frozenset({"class", "id", "href", "src", "action", "name", "type", "rel", "method"})


def _fields() -> Mapping[str, int]:
    """Every question of the walk that takes a text, or a text beside its options: the limit."""
    limits = {}
    for name in whole_answers_of(READY):
        question = questionnaire().by_id[name]
        if question.is_text:
            limits[name] = question.length.max if question.length else 200
        elif question.justify:
            limits[name] = MAX_BECAUSE
    return limits


FIELDS = _fields()
"""Question ids with the number of letters that fit."""


def answers_with(text: str) -> dict[str, object]:
    """Answers in the form of a file, with the text wherever one can write."""
    answers = whole_answers_of(READY)
    for name, limit in FIELDS.items():
        given, question = answers[name], questionnaire().by_id[name]
        chosen = given["answer"] if isinstance(given, dict) else given
        fitting = text[:limit].strip()
        answers[name] = fitting if question.is_text else {"answer": chosen, "because": fitting}
    return answers


def read_with(text: str) -> Answers:
    """The answers with the text, read."""
    return read_answers(questionnaire(), answers_with(text), TODAY)


def kept(text: str, name: str) -> str:
    """What is kept of the text in an answer to the question."""
    return words_of(read_answer(questionnaire().by_id[name], answers_with(text)[name], TODAY))


def words_of(answer: Answer) -> str:
    """The words of an answer that are its writer's own."""
    text = getattr(answer, "text", "")
    return str(text) or answer.because


def twin(text: str) -> str:
    """A harmless text of the same shape: every letter an x, every blank where it was."""
    return re.sub(r"\S", "x", text)


class _Bones(HTMLParser):
    """Notes tags with the attributes that make them do something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = [f"{name}={value if name in _POINTS else ''}" for name, value in attrs]
        self.found.append(" ".join([tag, *told]))

    def handle_comment(self, data: str) -> None:
        self.found.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.found.append(decl)

    def unknown_decl(self, data: str) -> None:
        self.found.append(data)


def bones(html: str) -> list[str]:
    """Everything in a page but its words."""
    parser = _Bones()
    parser.feed(html)
    parser.close()
    return parser.found


def save_everywhere(browser: Browser, text: str) -> None:
    """Answer every question that takes words with the text, wherever the answers lead."""
    answers = answers_with(text)
    for name in FIELDS:
        browser.open(f"q/{name}")
        browser.answer(answers[name])
        assert browser.page.status == 200, (name, browser.page.text[:500])
