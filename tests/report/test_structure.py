"""What a screen reader is given: the structure of a report, read in its order."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

import pdfplumber
import pikepdf
import pytest

from riskq.engine import read_answers
from riskq.i18n import LANGUAGES
from riskq.report import Renderer, Report
from riskq.report.page import headings_of
from riskq.services.issue import issue_of_answers
from tests.ai_law import answers_of, cases, questionnaire

pytestmark = pytest.mark.slow
CASE = "hospital-triage-no-audit"


@dataclass
class Element:
    """An element of the structure: its role, its own text, and what stands in it."""

    role: str
    text: str = ""
    attributes: list[str] = field(default_factory=list)
    parts: list[Element] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """The element and everything in it, in reading order."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def words(self) -> str:
        """Everything that is read out here, with single blanks."""
        return " ".join(" ".join(each.text for each in self.walk()).split())

    def all(self, role: str) -> list[Element]:
        """Every element of a role, in reading order."""
        return [each for each in self.walk() if each.role == role]


@cache
def made(language: str) -> tuple[Report, bytes]:
    """The report on a case, made once."""
    on = cases()[CASE].on
    answers = read_answers(questionnaire(), answers_of(CASE), on)
    issue = issue_of_answers(questionnaire(), answers, on, language)
    with Renderer() as renderer:
        pdf = renderer.render(issue.job(questionnaire(), language))
    return issue.report(questionnaire(), language), pdf


@cache
def structure_of(language: str) -> Element:
    """The tree of structure elements with their texts, as another library reads it."""
    with pdfplumber.open(io.BytesIO(made(language)[1])) as opened:
        texts: dict[tuple[int, int], str] = defaultdict(str)
        for page in opened.pages:
            for one in page.chars:
                if one["mcid"] is not None:
                    texts[page.page_number, one["mcid"]] += one["text"]
        return Element("Root", parts=[_element(one, texts) for one in opened.structure_tree])


def _element(found: dict[str, Any], texts: Mapping[tuple[int, int], str]) -> Element:
    page = int(found.get("page_number") or 0)
    own = "".join(texts[page, name] for name in found.get("mcids", ()))
    parts = [_element(one, texts) for one in found.get("children", ())]
    return Element(found["type"], own, [*found.get("attributes", ())], parts)


@pytest.fixture(params=LANGUAGES)
def read(request: pytest.FixtureRequest) -> tuple[Report, Element]:
    """A report, and what a screen reader is given of it."""
    return made(request.param)[0], structure_of(request.param)


def test_the_headings_are_an_outline_without_gaps(read: tuple[Report, Element]) -> None:
    report, root = read
    found = [each for each in root.walk() if re.fullmatch(r"H[1-6]", each.role)]
    levels = [int(each.role[1]) for each in found]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert found[0].words() == report.system.name
    parts = [each.words() for each in found if each.role == "H2"]
    wanted = [heading for _, heading in headings_of(report)]
    assert [each for each in wanted if not any(each in part for part in parts)] == []


def test_the_verdict_is_read_before_the_reasons_and_the_answers_after(
    read: tuple[Report, Element],
) -> None:
    report, root = read
    words = root.words()
    order = [
        report.kind,
        report.system.name,
        report.verdict.text.split(". ")[0],
        report.words("Contents"),
        report.words("All answers"),
        report.digest,
    ]
    places = [words.index(" ".join(each.split())) for each in order[:4]]
    places += [words.rindex(order[4]), words.rindex(order[5])]
    assert places == sorted(places)


def test_every_cell_of_a_table_names_its_heads(read: tuple[Report, Element]) -> None:
    _, root = read
    cells = root.all("TD")
    assert cells
    assert [
        each.words() for each in cells if not any("Headers" in a for a in each.attributes)
    ] == []


def test_lists_and_tables_are_whole(read: tuple[Report, Element]) -> None:
    _, root = read
    for each in root.all("L"):
        assert {part.role for part in each.parts} <= {"LI", "Caption"}
    for each in root.all("TR"):
        assert {part.role for part in each.parts} <= {"TH", "TD"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_is_described(language: str) -> None:
    _, pdf = made(language)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        figures = [
            item
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
        assert figures
        assert all(str(item.get("/Alt", "")).strip() for item in figures)
