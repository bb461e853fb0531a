"""The figures of all processes as text, in the format of Prometheus (version 0.0.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import accumulate
from pathlib import Path

from riskq.metrics.families import FAMILIES, Family
from riskq.metrics.figures import is_kept, records_of

__all__ = ["CONTENT_TYPE", "Asked", "written_figures"]

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Asked = Mapping[Family, Mapping[tuple[str, ...], float]]
"""What is asked for at each scrape: values by their labels."""

_Series = dict[str, dict[tuple[str, ...], tuple[float, ...]]]
"""Numbers by the name of their family, and their labels."""


def written_figures(folder: Path, asked: Asked) -> str:
    """All figures that processes keep in a folder, summed, and those that were asked for."""
    series: _Series = defaultdict(dict)
    kinds = {family.name: family.kind for family in FAMILIES}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        lives = is_kept(path)
        for (name, *labels), numbers in records_of(path):
            if kinds[name] != "gauge":
                before = series[name].get(tuple(labels), (0.0,) * len(numbers))
                series[name][tuple(labels)] = tuple(map(sum, zip(before, numbers, strict=True)))
            elif lives:
                # Two processes of a kind are told apart by the files that they keep.
                series[name][(*labels, path.name)] = numbers
    for family, values in asked.items():
        series[family.name] = {labels: (value,) for labels, value in values.items()}
    return "".join(f"{line}\n" for line in _lines(series))


def _lines(series: _Series) -> Iterator[str]:
    for family in FAMILIES:
        yield f"# HELP {family.name} {family.text}"
        yield f"# TYPE {family.name} {family.kind}"
        names = family.labels
        if family.kind == "gauge" and not family.is_asked:
            names = (*names, "number")
        for labels, numbers in sorted(series[family.name].items()):
            yield from _samples(family, dict(zip(names, labels, strict=True)), numbers)


def _samples(
    family: Family, labels: Mapping[str, str], numbers: tuple[float, ...]
) -> Iterator[str]:
    if family.kind != "histogram":
        yield f"{family.name}{_braced(labels)} {_number(numbers[0])}"
        return
    total, *buckets = numbers
    bounds = [*map(_number, family.bounds), "+Inf"]
    for bound, reached in zip(bounds, accumulate(buckets), strict=True):
        yield f"{family.name}_bucket{_braced({**labels, 'le': bound})} {_number(reached)}"
    yield f"{family.name}_sum{_braced(labels)} {_number(total)}"
    yield f"{family.name}_count{_braced(labels)} {_number(sum(buckets))}"


def _braced(labels: Mapping[str, str]) -> str:
    told = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{told}}}" if told else ""


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
