"""Maps in every format: everything is there, nothing else is, and no text becomes anything else."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given, settings

from riskq.checks import graph_of
from riskq.engine import read_answers
from riskq.i18n import LANGUAGES
from riskq.questionnaire import Questionnaire
from riskq.report import MapView
from riskq.report.map_views import clean
from riskq.services import MAP_FORMATS, map_of, map_with, write_map
from tests.ai_law import answers_of, cases, questionnaire
from tests.engine.strategies import ON, SEEDS, draw_answers, draw_questionnaire
from tests.hostile.corpus import SHORT, TEXTS
from tests.marks import some_quickly
from tests.prose import with_words

SVG = "{http://www.w3.org/2000/svg}"
NODE = r"q\d+(?:\[\[?\"[^\"\n]*\"\]\]?|\(\"[^\"\n]*\"\)|\[/\"[^\"\n]*\"/\])(?::::[a-z]+)?"
MERMAID = re.compile(
    r"%% .*|flowchart LR|  subgraph s\d+\[\"[^\"\n]*\"\]|    " + NODE + r"|  end"
    r"|  v[A-Z]+\(\[\"[^\"\n]*\"\]\):::scale|  q\d+ (?:-->|-\.->) [qsv][0-9A-Z]+|  classDef .*"
)
DOT_TEXT = r'"(?:[^"\\]|\\[\\"n])*"'
DOT = re.compile(
    rf"digraph {DOT_TEXT} \{{|  (?:graph|node|edge) \[.*\];|  subgraph cluster_s\d+ \{{"
    rf"|    label={DOT_TEXT};|    q\d+ \[label={DOT_TEXT}[^\"\\]*(?:\"[^\"\\]*\"[^\"\\]*)*\];|  \}}"
    rf"|  v[A-Z]+ \[label={DOT_TEXT}, shape=ellipse, fillcolor=\"#e7eff0\"\];"
    r"|  q\d+ -> [qv][0-9A-Z]+(?: \[[^\]]*\])?;|\}"
)


def read(svg: str) -> Element:
    """A picture that riskq has just made, as a reader of XML understands it."""
    # The rule is about documents of strangers, whose entities could grow without end.
    return fromstring(svg)  # noqa: S314


def texts_of(svg: str) -> str:
    """The words of a picture, one blank between them."""
    texts = read(svg).iter(f"{SVG}text")
    return " ".join(" ".join("".join(text.itertext()) for text in texts).split())


def decoded(mermaid: str) -> str:
    """Mermaid's numbered signs as what they stand for."""
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), mermaid)


def undotted(dot: str) -> str:
    """DOT's labels as they are shown, in one line."""
    signs = {"n": " "}
    told = re.sub(r"\\(.)", lambda found: signs.get(found[1], found[1]), dot)
    return told.replace("&amp;", "&")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", [None, "hospital-triage-ready"])
def test_every_question_section_and_scale_is_in_every_format(
    language: str, case: str | None
) -> None:
    view = map_of(questionnaire(), language) if case is None else answered(case, language)
    prose = questionnaire().prose[language]
    names = [text.ask for text in prose.questions.values()]
    names += [text.title for text in prose.sections.values()]
    names += [text.title for text in prose.scales.values()]
    written = {
        "mermaid": decoded(write_map(view, "mermaid")),
        "dot": undotted(write_map(view, "dot")),
        "svg": texts_of(write_map(view, "svg")),
    }
    for form, text in written.items():
        assert [name for name in names if " ".join(name.split()) not in text] == [], form


def answered(case: str, language: str = "en") -> MapView:
    """The map with the answers of a case."""
    on = cases()[case].on
    return map_with(
        questionnaire(), read_answers(questionnaire(), answers_of(case), on), on, language
    )


def arrows_of(loaded: Questionnaire) -> set[tuple[str, str]]:
    """What leads to what, by the names that the formats use."""
    graph = graph_of(loaded)
    number = {question.id: f"q{index}" for index, question in enumerate(graph.questions, 1)}
    arrows = set()
    for index, section in enumerate(graph.sections, 1):
        arrows |= {(number[name], f"s{index}") for name in section.depends_on}
        for question in section.questions:
            arrows |= {(number[name], number[question.id]) for name in question.depends_on}
    for letter, scale in zip("ABCDEFGHIJ", graph.scales, strict=False):
        arrows |= {(number[name], f"v{letter}") for name in scale.depends_on}
    return arrows


def expect_arrows(loaded: Questionnaire) -> None:
    """Mermaid and DOT have exactly the arrows of the graph, each of them once."""
    view, wanted = map_of(loaded, "en"), arrows_of(loaded)
    mermaid = re.findall(
        r"^  (q\d+) (?:-->|-\.->) (\S+)$", write_map(view, "mermaid"), re.MULTILINE
    )
    assert sorted(mermaid) == sorted(wanted)
    dot = re.findall(
        r"^  (q\d+) -> (\S+?)(?: \[(?:lhead=cluster_(s\d+))?.*\])?;$",
        write_map(view, "dot"),
        re.MULTILINE,
    )
    assert sorted((one, section or other) for one, other, section in dot) == sorted(wanted)


def test_the_arrows_are_exactly_those_of_the_conditions() -> None:
    expect_arrows(questionnaire())


def expect_sound(view: MapView) -> None:
    """Every format reads as what it is, line by line."""
    for line in write_map(view, "mermaid").splitlines():
        assert MERMAID.fullmatch(line), line
    for line in write_map(view, "dot").splitlines():
        assert DOT.fullmatch(line), line
    root = read(write_map(view, "svg"))
    kinds = {"svg", "title", "desc", "rect", "path", "circle", "text", "tspan"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= kinds
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)


@given(seed=SEEDS)
@settings(max_examples=40)
def test_no_questionnaire_breaks_a_format(seed: int) -> None:
    rng = random.Random(seed)
    drawn = with_words(draw_questionnaire(rng))
    expect_arrows(drawn)
    expect_sound(map_of(drawn, "en"))
    expect_sound(map_with(drawn, draw_answers(rng, drawn, 300), ON, "kk"))


@pytest.mark.parametrize("name", some_quickly(TEXTS, 5))
def test_no_text_becomes_anything_but_text(name: str) -> None:
    drawn = draw_questionnaire(random.Random(7))
    view = map_of(with_words(drawn, TEXTS[name]), "en")
    expect_sound(view)
    assert len(view.questions) == len(drawn.questions)


@pytest.mark.parametrize("name", SHORT)
def test_a_hostile_text_is_shown_whole(name: str) -> None:
    shown = clean(SHORT[name])
    view = map_of(with_words(draw_questionnaire(random.Random(7)), SHORT[name]), "en")
    assert shown in decoded(write_map(view, "mermaid"))
    assert shown in undotted(write_map(view, "dot"))
    if len(shown) < 80:
        assert shown in texts_of(write_map(view, "svg"))


def test_a_label_that_looks_like_a_list_is_none() -> None:
    view = map_of(with_words(draw_questionnaire(random.Random(7)), "1. one"), "en")
    assert 'subgraph s1["1#46; one"]' in write_map(view, "mermaid")


@pytest.mark.parametrize("form", MAP_FORMATS)
def test_the_path_of_answers_is_marked(form: str) -> None:
    marks: dict[str, Callable[[str], int]] = {
        "mermaid": lambda text: text.count(":::answered"),
        "dot": lambda text: text.count('fillcolor="#16242b"'),
        "svg": lambda text: texts_of(text).count("No"),
    }
    view = answered("hospital-triage-ready")
    count = sum(bool(question.answer) for question in view.questions)
    assert count == len(answers_of("hospital-triage-ready"))
    assert marks[form](write_map(map_of(questionnaire(), "en"), form)) < marks[form](
        write_map(view, form)
    )
    if form != "svg":
        assert marks[form](write_map(view, form)) == count


def test_conditions_are_worded_by_numbers_options_facts_and_levels() -> None:
    told = {question.id: question.when for question in map_of(questionnaire(), "en").questions}
    assert told["functions"] == "Asked if: question 7: “I don't know”"
    assert told["kazakhstan-link"] == "Asked if: “This is an artificial intelligence system”"
    assert told["state-resources"] == "Asked if: Degree of risk: high"
    assert told["automated-decisions"] == "Asked if: question 15: not “No”"
    assert told["emotion-by-law"] == "Asked if: question 18: “Yes” and question 19: not “Yes”"
    assert told["system-name"] == ""
