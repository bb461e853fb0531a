"""Holds what is on record about an edition's mutants to what they come to when they are tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from riskq.checks.mutation import Fate, Tried, try_edition
from riskq.questionnaire import Edition, MutationRecord, load_mutation_record

__all__ = ["CheckedMutants", "check_mutants", "hold_to_record"]


class CheckedMutants(Struct, frozen=True):
    """What came of the mutants of an edition, and where that is not what is on record.

    ``unargued`` are the survivors that no argument names, ``idle`` the ids that are argued and are
    no survivors, ``differences`` the counts on record that differ from those found, by their keys
    as (recorded, found).
    """

    name: str
    tried: tuple[Tried, ...]
    unargued: tuple[Tried, ...]
    idle: tuple[str, ...]
    differences: dict[str, tuple[int, int]]

    @property
    def has_errors(self) -> bool:
        """Whether a survivor is not argued, or the record says what is not so."""
        return bool(self.unargued or self.idle or self.differences)

    @property
    def counts(self) -> dict[str, int]:
        """How many mutants were tried and what became of them, by the keys of the record."""
        return _counts(self.tried)

    @property
    def survived(self) -> tuple[Tried, ...]:
        """The mutants that nothing notices."""
        return tuple(one for one in self.tried if one.fate is Fate.SURVIVED)


def check_mutants(edition: Edition) -> CheckedMutants:
    """Try every mutant of an edition, which takes a while, and hold its record to the result.

    Raises ``QuestionnaireError`` when the files are faulty.
    """
    record = load_mutation_record(edition)
    name = f"{edition.folder.parent.name}/{edition.folder.name}"
    return hold_to_record(name, try_edition(edition), record)


def hold_to_record(
    name: str, tried: Sequence[Tried], record: MutationRecord | None
) -> CheckedMutants:
    """Compare what became of mutants with the record; without one nothing is argued."""
    argued = list(_argued(record))
    survived = {one.id: one for one in tried if one.fate is Fate.SURVIVED}
    return CheckedMutants(
        name=name,
        tried=tuple(tried),
        unargued=tuple(one for one in survived.values() if one.id not in argued),
        idle=tuple(dict.fromkeys(id_ for id_ in argued if id_ not in survived)),
        differences=_differences(_counts(tried), record),
    )


def _argued(record: MutationRecord | None) -> Iterator[str]:
    for group in record.survived if record else ():
        yield from group.mutants


def _counts(tried: Sequence[Tried]) -> dict[str, int]:
    fates = Counter(one.fate for one in tried)
    return {
        "tried": len(tried),
        "by_case": fates[Fate.CASE],
        "by_proof": fates[Fate.PROOF],
        "same": fates[Fate.SAME],
    }


def _differences(
    counts: dict[str, int], record: MutationRecord | None
) -> dict[str, tuple[int, int]]:
    if record is None:
        return {}
    written = {key: int(getattr(record, key)) for key in counts}
    return {key: (written[key], count) for key, count in counts.items() if written[key] != count}
