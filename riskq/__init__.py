"""riskq: what a law asks of an AI system, found by a questionnaire that is data.

A journey through a questionnaire is a pure function of the questionnaire and the answers;
everything that a person sees is read off that one function. From Python::

    from riskq import assess, load
    conclusion = assess(load("kz-ai-law"), {"model-based": "no"})
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from riskq.engine import Conclusion
    from riskq.questionnaire import Questionnaire

__all__ = ["assess", "load"]

# The imports stand inside of the functions, since every part of riskq passes through this file.


def _today() -> date:
    return datetime.now(timezone(timedelta(hours=5))).date()


def load(name: str, edition: date | str | None = None) -> Questionnaire:
    """Load an edition of a questionnaire; without one, that in force today in Kazakhstan.

    Raises ``UnknownQuestionnaireError`` and ``QuestionnaireError``.
    """
    from riskq.errors import UnknownQuestionnaireError, did_you_mean
    from riskq.questionnaire import Catalogue

    catalogue = Catalogue()
    if edition is None:
        return catalogue.load(name, catalogue.in_force(name, _today()))
    known = {day.isoformat(): day for day in catalogue.editions(name)}
    if str(edition) not in known:
        mend = did_you_mean(str(edition), known, what="edition")
        raise UnknownQuestionnaireError(f'"{name}" has no edition "{edition}". {mend}')
    return catalogue.load(name, known[str(edition)])


def assess(
    questionnaire: Questionnaire, answers: Mapping[str, object], on: date | None = None
) -> Conclusion:
    """Judge answers as an answers file has them, as of a day (today in Kazakhstan).

    An answer is an option id, a list of them, a text, a number, a date, ``unsure``, or a mapping
    of ``answer`` and ``because``. Raises ``AnswersError`` with every fault.
    """
    from riskq.engine import assess as judge
    from riskq.engine import read_answers

    day = on or _today()
    return judge(questionnaire, read_answers(questionnaire, answers, day), day)
