"""What is handed over: the report, from a conclusion to a PDF.

``compose`` words everything a reader sees; ``report_html`` lays it out; a ``Renderer`` makes the
PDF in a process of its own, so that importing this package never loads the typesetting library.
"""

from riskq.report.compose import compose
from riskq.report.duty_views import (
    BodiesView,
    DeadlineView,
    DocumentsView,
    DocumentView,
    DutyView,
    FineRow,
    FineView,
    ListingView,
    NoticeView,
    RequirementView,
    StepView,
)
from riskq.report.job import RenderError, RenderJob
from riskq.report.level_views import (
    AskView,
    LevelView,
    Line,
    ReasonView,
    RuledOut,
    ScaleState,
    ScaleView,
    TopReason,
    VerdictView,
)
from riskq.report.page import TEMPLATES, report_html, report_job
from riskq.report.renderer import Renderer
from riskq.report.subject import answer_labels
from riskq.report.views import (
    ActView,
    AnswerView,
    DocumentFacts,
    FactView,
    LimitView,
    Report,
    SectionView,
    SystemView,
)

__all__ = [
    "TEMPLATES",
    "ActView",
    "AnswerView",
    "AskView",
    "BodiesView",
    "DeadlineView",
    "DocumentFacts",
    "DocumentView",
    "DocumentsView",
    "DutyView",
    "FactView",
    "FineRow",
    "FineView",
    "LevelView",
    "LimitView",
    "Line",
    "ListingView",
    "NoticeView",
    "ReasonView",
    "RenderError",
    "RenderJob",
    "Renderer",
    "Report",
    "RequirementView",
    "RuledOut",
    "ScaleState",
    "ScaleView",
    "SectionView",
    "StepView",
    "SystemView",
    "TopReason",
    "VerdictView",
    "answer_labels",
    "compose",
    "report_html",
    "report_job",
]
