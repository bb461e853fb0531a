"""Where answers lead: answers, the journey, the conclusion and its reasons.

This package is pure: a conclusion is a function of a questionnaire, answers and a day.
"""

from riskq.engine.answer_reader import MAX_BECAUSE, AnswerFault, plain, read_answer, read_answers
from riskq.engine.answers import (
    Answer,
    Answers,
    Chosen,
    Counted,
    Dated,
    Unsure,
    Written,
    write_answer,
)
from riskq.engine.classes import Classes
from riskq.engine.compiled import (
    Compiled,
    CompiledScale,
    Outcome,
    compile_questionnaire,
    naming,
)
from riskq.engine.conclusion import (
    Conclusion,
    DutyResult,
    Explanation,
    FineResult,
    Journey,
    NoticeResult,
    RequirementResult,
    ScaleResult,
    Truth,
)
from riskq.engine.diagrams import FALSE, TRUE, Diagrams
from riskq.engine.frames import shared_frames
from riskq.engine.judge import Judge, assess
from riskq.engine.what_if import Change, WhatIf

__all__ = [
    "FALSE",
    "MAX_BECAUSE",
    "TRUE",
    "Answer",
    "AnswerFault",
    "Answers",
    "Change",
    "Chosen",
    "Classes",
    "Compiled",
    "CompiledScale",
    "Conclusion",
    "Counted",
    "Dated",
    "Diagrams",
    "DutyResult",
    "Explanation",
    "FineResult",
    "Journey",
    "Judge",
    "NoticeResult",
    "Outcome",
    "RequirementResult",
    "ScaleResult",
    "Truth",
    "Unsure",
    "WhatIf",
    "Written",
    "assess",
    "compile_questionnaire",
    "naming",
    "plain",
    "read_answer",
    "read_answers",
    "shared_frames",
    "write_answer",
]
