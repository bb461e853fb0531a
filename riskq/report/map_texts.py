"""The map of a questionnaire as text for other programs: Mermaid and DOT.

Names in these texts are made here, from numbers; words stand in quoted labels only, with every
sign escaped that could end a label or mean something in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from textwrap import wrap

from riskq.questionnaire import Kind
from riskq.report.map_views import MapQuestion, MapScale, MapState, MapView, clean

__all__ = ["map_dot", "map_mermaid"]

_PLAIN = frozenset(" .,()?!–—·«»“”’№/")
# Mermaid takes a label that begins like a list for one.
_LIST = re.compile(r"(\d+)[.)]")
_LABEL = 42
_BREAK = "\\n"
_SHAPES = {
    Kind.ONE: ("[", "]"),
    Kind.MANY: ("[[", "]]"),
    Kind.TEXT: ("(", ")"),
    Kind.LONG_TEXT: ("(", ")"),
    Kind.NUMBER: ("[/", "/]"),
    Kind.DATE: ("[/", "/]"),
}
_MERMAID_CLASSES = (
    "  classDef scale fill:#e7eff0,stroke:#0b5563,stroke-width:2px,color:#16242b",
    "  classDef answered fill:#16242b,stroke:#16242b,color:#ffffff",
    "  classDef open stroke:#16242b,stroke-width:4px",
    "  classDef perhaps stroke:#16242b,stroke-dasharray:4 3",
    "  classDef off fill:#ffffff,stroke:#c5cccc,color:#56656c,stroke-dasharray:2 3",
)
_DOT_STYLES = {
    None: "",
    MapState.ANSWERED: ', style="filled,bold", fillcolor="#16242b", fontcolor="#ffffff"',
    MapState.OPEN: ', style="filled,bold", penwidth=3',
    MapState.PERHAPS: ', style="filled,dashed"',
    MapState.NOT_ASKED: ', style="filled,dotted", color="#8a979c", fontcolor="#56656c"',
}
_DOT_HEAD = (
    '  graph [rankdir=LR, compound=true, newrank=true, fontname="Noto Sans"];',
    '  node [shape=box, style=filled, fillcolor="#ffffff", fontname="Noto Sans"];',
    '  edge [color="#3f4e55"];',
)


def map_mermaid(view: MapView) -> str:
    """A Mermaid flowchart: subgraphs are sections, rounded ends are scales."""
    lines = [f"%% {_mermaid(view.title)}", "flowchart LR"]
    for number, section in enumerate(view.sections, 1):
        lines.append(f'  subgraph s{number}["{_mermaid(section.title)}"]')
        lines += [f"    {_mermaid_node(question)}" for question in section.questions]
        lines.append("  end")
    for scale in view.scales:
        lines.append(f'  v{scale.letter}(["{_mermaid(_scale_label(scale))}"]):::scale')
    lines += [
        f"  {one} {'-->' if kind == 'asks' else '-.->'} {other}"
        for kind, one, other in _edges(view)
    ]
    lines += _MERMAID_CLASSES
    return "\n".join(lines) + "\n"


def _mermaid_node(question: MapQuestion) -> str:
    start, end = _SHAPES[question.kind]
    state = "off" if question.state is MapState.NOT_ASKED else question.state
    return f'q{question.number}{start}"{_label(question, _mermaid)}"{end}' + (
        f":::{state}" if state else ""
    )


def _mermaid(text: str) -> str:
    """A text for a label: what is no letter, digit or plain sign is written by its number."""
    told = "".join(c if c.isalnum() or c in _PLAIN else f"#{ord(c)};" for c in clean(text))
    begins = _LIST.match(told)
    end = begins.end() if begins else 0
    return f"{told[: end - 1]}#{ord(told[end - 1])};{told[end:]}" if end else told


def map_dot(view: MapView) -> str:
    """A DOT digraph: clusters are sections, ellipses are scales."""
    lines = [f"digraph {_dot(view.title)} {{", *_DOT_HEAD]
    for number, section in enumerate(view.sections, 1):
        lines += [f"  subgraph cluster_s{number} {{", f"    label={_dot(section.title)};"]
        lines += [f"    {_dot_node(question)}" for question in section.questions]
        lines.append("  }")
    for scale in view.scales:
        label = _dot(_scale_label(scale))
        lines.append(f'  v{scale.letter} [label={label}, shape=ellipse, fillcolor="#e7eff0"];')
    lines += [_dot_edge(view, *edge) for edge in _edges(view)]
    return "\n".join([*lines, "}"]) + "\n"


def _dot_node(question: MapQuestion) -> str:
    label = _label(question, lambda text: text)
    return f"q{question.number} [label={_dot(label)}{_DOT_STYLES[question.state]}];"


def _dot_edge(view: MapView, kind: str, one: str, other: str) -> str:
    if kind == "scale":
        return f'  {one} -> {other} [style=dashed, color="#8a979c"];'
    if other.startswith("s"):
        # An edge to a cluster goes to a node in it and is cut off at the cluster's border.
        first = view.sections[int(other[1:]) - 1].questions[0].number
        return f"  {one} -> q{first} [lhead=cluster_{other}];"
    return f"  {one} -> {other};"


def _dot(text: str) -> str:
    """A text for a label, in short lines: Graphviz breaks none itself."""
    lines = wrap(clean(text), _LABEL, break_long_words=False, break_on_hyphens=False)
    return f'"{_BREAK.join(map(_escaped, lines))}"'


def _escaped(text: str) -> str:
    # Graphviz reads entities in labels as HTML has them.
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")


def _label(question: MapQuestion, write: Callable[[str], str]) -> str:
    answer = f" – {question.answer}" if question.answer else ""
    return write(f"{question.number} · {question.ask}{answer}")


def _scale_label(scale: MapScale) -> str:
    levels = [level.label for level in scale.levels if level.possible is not False]
    return f"{scale.title}: {scale.note or ', '.join(levels)}"


def _edges(view: MapView) -> Iterator[tuple[str, str, str]]:
    """What leads to what, by names: to questions and sections (asks), and to scales (scale)."""
    numbers = {question.id: question.number for question in view.questions}
    for index, section in enumerate(view.sections, 1):
        yield from (("asks", f"q{link.number}", f"s{index}") for link in section.depends_on)
        for question in section.questions:
            for link in question.depends_on:
                yield "asks", f"q{link.number}", f"q{question.number}"
    for scale in view.scales:
        for name in scale.depends_on:
            yield "scale", f"q{numbers[name]}", f"v{scale.letter}"
