"""The figures that a service tells, as tests read them."""

from __future__ import annotations

import re

__all__ = ["Samples", "samples_of", "total"]

_LINE = re.compile(r"([a-z_]+)(?:\{(.*)\})? ([0-9.e+-]+)")
_LABEL = re.compile(r'([a-z_]+)="((?:[^"\\]|\\.)*)"')

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]
"""Values by the name of a sample and its labels."""


def samples_of(text: str) -> Samples:
    """Every sample of a text; what is none, and no comment, is refused."""
    found: Samples = {}
    for line in text.splitlines():
        if not line.startswith(("# HELP ", "# TYPE ")):
            match = _LINE.fullmatch(line)
            assert match, line
            key = (match[1], frozenset(_LABEL.findall(match[2] or "")))
            assert key not in found, line
            found[key] = float(match[3])
    return found


def total(samples: Samples, name: str, **labels: str) -> float:
    """The sum of all samples of a name that carry these labels."""
    wanted = labels.items()
    return sum(value for (of, told), value in samples.items() if of == name and wanted <= told)
