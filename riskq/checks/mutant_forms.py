"""What ``riskq check --mutants`` prints: as JSON for programs, and as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from riskq.checks.mutation import Tried
from riskq.checks.record import CheckedMutants

__all__ = ["mutants_form", "mutants_text"]

_CHANGES = {
    "level": 'the level of "{}"',
    "because": 'the rule that decides "{}"',
    "applies": 'whether "{}" applies',
    "duty": 'the duty "{}"',
    "requirement": 'the requirement "{}"',
    "met": 'whether "{}" is met',
    "notice": 'the notice "{}"',
    "fine": 'the fine "{}"',
    "reason": 'where "{}" is a further reason',
    "question": 'whether "{}" is asked',
}
"""What a changed outcome is called, by its sort."""


def mutants_form(checked: Iterable[CheckedMutants]) -> dict[str, Any]:
    """The editions with their counts, every survivor, and where the record is not so."""
    return {"editions": [_edition(one) for one in checked]}


def _edition(one: CheckedMutants) -> dict[str, Any]:
    unargued = {survivor.id for survivor in one.unargued}
    return {
        "name": one.name,
        **one.counts,
        "survived": [
            {
                "id": survivor.id,
                "argued": survivor.id not in unargued,
                "changes": [{"what": item.what, "id": item.id} for item in survivor.changes],
            }
            for survivor in one.survived
        ],
        "idle": list(one.idle),
        "differences": {
            key: {"recorded": recorded, "found": found}
            for key, (recorded, found) in one.differences.items()
        },
    }


def mutants_text(checked: Iterable[CheckedMutants]) -> str:
    """One line for each thing that is wrong, and a line that sums up for each edition."""
    return "\n".join(line for one in checked for line in (*_faults(one), _sum(one)))


def _faults(one: CheckedMutants) -> Iterator[str]:
    file = f"{one.name}/mutants.yml"
    for survivor in one.unargued:
        changed = f"no case and no proof notices it, and it changes {_changes(survivor)}"
        mend = "Write a case that does, or argue it under survived."
        yield f"{file}: {survivor.id}: {changed}. {mend}"
    for name in one.idle:
        yield f"{file}: {name}: is argued, but is no survivor. Delete it there."
    for key, (recorded, found) in one.differences.items():
        yield f"{file}: says {key}: {recorded}. Write {key}: {found}."


def _changes(survivor: Tried) -> str:
    return ", ".join(_CHANGES[item.what].format(item.id) for item in survivor.changes)


def _sum(one: CheckedMutants) -> str:
    counts, left = one.counts, len(one.survived)
    told = f"{counts['by_case']} noticed by a case, {counts['by_proof']} by a proof alone"
    same = f"{counts['same']} show the same of all answers"
    argued = left - len(one.unargued)
    return (
        f"{one.name}: {counts['tried']} mutants: {told}; {same}; {left} survived, {argued} argued."
    )
