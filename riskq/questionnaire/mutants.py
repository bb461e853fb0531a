"""What the mutants of an edition came to, and why those that nothing notices may be left.

The format of ``mutants.yml``. ``riskq check --mutants`` holds it to the truth; it is shown to the
public.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from riskq.questionnaire.forms import Low, Text, WholeNumber
from riskq.questionnaire.law import Texts

__all__ = ["ArguedMutants", "MutationRecord"]

Count = Annotated[int, WholeNumber(0, 1_000_000)]


class ArguedMutants(Struct, frozen=True):
    """Mutants that no case and no proof notices, by their ids, and why that may stay so."""

    why: Texts
    mutants: Annotated[tuple[Text, ...], Low(1)]


class MutationRecord(Struct, frozen=True):
    """How many mutants were tried, what became of them, and an argument for each survivor.

    ``by_proof`` counts those that a proof notices and no case; ``same`` those proved to show the
    same of all answers.
    """

    tried: Count
    by_case: Count
    by_proof: Count
    same: Count
    survived: tuple[ArguedMutants, ...] = ()
