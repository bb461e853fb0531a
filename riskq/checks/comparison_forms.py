"""A comparison of two editions as JSON for programs, and as text for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import to_builtins

from riskq.checks.case_changes import ResultChange
from riskq.checks.comparison import Comparison, LogicChange
from riskq.checks.finding import write_example
from riskq.checks.rewritten import Rewritten, write_value

__all__ = ["comparison_form", "comparison_text"]


def comparison_form(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain mappings and lists."""
    return {
        "old": comparison.old,
        "new": comparison.new,
        "logic": [
            {**to_builtins(change), "example": dict(change.example) or None}
            for change in comparison.logic
        ],
        "rewritten": [
            {
                "what": change.what,
                "id": change.id,
                "old": write_value(change.old),
                "new": write_value(change.new),
            }
            for change in comparison.rewritten
        ],
        "proved_same": comparison.proved_same,
        "cases": to_builtins(comparison.cases),
        "judged_cases": comparison.judged_cases,
        "words": to_builtins(comparison.words),
    }


def comparison_text(comparison: Comparison, language: str) -> str:
    """The comparison in lines; of the words those of one language."""
    return "\n".join(_lines(comparison, language))


def _lines(comparison: Comparison, language: str) -> Iterator[str]:
    yield f"{comparison.old} → {comparison.new}"
    yield from ("", "Logic")
    yield from (f"  {_logic(change)}" for change in comparison.logic)
    yield f"  {comparison.proved_same} things are proved to be the same for all answers."
    yield from ("", "Beside the logic")
    yield from (f"  {_rewritten(change)}" for change in comparison.rewritten)
    if not comparison.rewritten:
        yield "  Nothing differs."
    yield from ("", f"Cases ({comparison.judged_cases} judged by both)")
    for results, names in _grouped(comparison).items():
        told = "; ".join(f"{r.what} {r.id}: {r.old or '–'} → {r.new or '–'}" for r in results)
        yield f"  {told or 'answers that only one of the two takes'}"
        yield f"    in {', '.join(names)}"
    yield from ("", f"Words ({language})")
    for word in comparison.words:
        if word.language == language:
            yield f"  {word.path}"
            yield from (f"    - {line}" for line in word.old.splitlines())
            yield from (f"    + {line}" for line in word.new.splitlines())


def _grouped(comparison: Comparison) -> dict[tuple[ResultChange, ...], list[str]]:
    """The cases that differ, those with the same differences together."""
    found: dict[tuple[ResultChange, ...], list[str]] = {}
    for case in comparison.cases:
        found.setdefault(case.results, []).append(case.id)
    return found


def _logic(change: LogicChange) -> str:
    told = f"{change.what} {change.id}".rstrip() + f": {change.change}"
    if change.change in ("added", "removed"):
        return told
    old = "?" if change.not_taken_by_old else change.old or "–"
    new = "?" if change.not_taken_by_new else change.new or "–"
    shown = f" with {write_example(change.example)}" if change.example else ""
    return f"{told}, {old} → {new}{shown}{''.join(_not_taken(change))}"


def _not_taken(change: LogicChange) -> Iterator[str]:
    """That an edition says nothing, since it does not take some of the answers."""
    sides = (("older", change.not_taken_by_old), ("newer", change.not_taken_by_new))
    for name, questions in sides:
        if questions:
            answers = write_example({key: change.example[key] for key in questions})
            yield f"; the {name} edition does not take {answers}"


def _rewritten(change: Rewritten) -> str:
    named = f"{change.what} {change.id}".rstrip()
    return f"{named}: {write_value(change.old) or '–'} → {write_value(change.new) or '–'}"
