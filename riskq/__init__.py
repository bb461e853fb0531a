"""riskq: what a law asks of an AI system, found by a questionnaire that is data.

A journey through a questionnaire is a pure function of the questionnaire and the answers;
everything that a person sees is read off that one function. From Python::

    from riskq import assess, load
    conclusion = assess(load("kz-ai-law"), {"model-based": "no"})
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if "typing_extensions" not in sys.modules:
    # msgspec imports it wherever it is installed, for names that Python has itself since 3.11:
    # 0.3 MB of every process. An empty one in its place gives msgspec none of them.
    sys.modules["typing_extensions"] = ModuleType("typing_extensions")
    import_module("msgspec")
    del sys.modules["typing_extensions"]

if TYPE_CHECKING:
    from riskq.engine import Conclusion
    from riskq.questionnaire import Questionnaire

__all__ = ["assess", "load"]

# The imports stand inside of the functions, since every part of riskq passes through this file.


def load(name: str, edition: date | str | None = None) -> Questionnaire:
    """Load an edition of a questionnaire; without one, that in force today in Kazakhstan.

    Raises ``UnknownQuestionnaireError`` and ``QuestionnaireError``.
    """
    from riskq.clock import today
    from riskq.questionnaire import Catalogue

    catalogue = Catalogue()
    return catalogue.load(name, edition or catalogue.in_force(name, today()))


def assess(
    questionnaire: Questionnaire, answers: Mapping[str, object], on: date | None = None
) -> Conclusion:
    """Judge answers as an answers file has them, as of a day (today in Kazakhstan).

    An answer is an option id, a list of them, a text, a number, a date, ``unsure``, or a mapping
    of ``answer`` and ``because``. Raises ``AnswersError`` with every fault.
    """
    from riskq.clock import today
    from riskq.engine import assess as judge
    from riskq.engine import read_answers

    day = on or today()
    return judge(questionnaire, read_answers(questionnaire, answers, day), day)
