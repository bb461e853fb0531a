"""What the program does, one function a use; no web, no command line.

Whoever is allowed to call these functions decides elsewhere; they decide what happens.
"""

from riskq.services.assessments import (
    AnswerChangedError,
    NotAskedError,
    Started,
    WouldSetAsideError,
    delete,
    save_answer,
    start,
)
from riskq.services.desk import KAZAKHSTAN, Desk, local_time
from riskq.services.json_form import answers_form, assessment_form, conclusion_form
from riskq.services.opening import (
    AssessmentExpiredError,
    EditionChangedError,
    NoAssessmentError,
    Opened,
    open_assessment,
    resume,
)
from riskq.services.revisions import (
    ChangedMeanwhileError,
    IncompleteError,
    Submitted,
    download,
    find_revision,
    list_revisions,
    submit,
)

__all__ = [
    "KAZAKHSTAN",
    "AnswerChangedError",
    "AssessmentExpiredError",
    "ChangedMeanwhileError",
    "Desk",
    "EditionChangedError",
    "IncompleteError",
    "NoAssessmentError",
    "NotAskedError",
    "Opened",
    "Started",
    "Submitted",
    "WouldSetAsideError",
    "answers_form",
    "assessment_form",
    "conclusion_form",
    "delete",
    "download",
    "find_revision",
    "list_revisions",
    "local_time",
    "open_assessment",
    "resume",
    "save_answer",
    "start",
    "submit",
]
