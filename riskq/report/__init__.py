"""What is handed over: the report, from a conclusion to a PDF.

``compose`` words everything a reader sees; ``report_html`` lays it out, ``report_job`` asks for it
as a PDF, and a ``Renderer`` makes that in a process of its own, so that importing this package
never loads the typesetting library.
"""

from riskq.report.changes import ChangeOfReport, report_changes
from riskq.report.compose import compose
from riskq.report.duty_views import DutyView
from riskq.report.job import RenderError, RenderJob
from riskq.report.level_views import Line, ScaleState, ScaleView
from riskq.report.page import TEMPLATES, report_html, report_job
from riskq.report.renderer import Renderer
from riskq.report.subject import answer_labels
from riskq.report.views import DocumentFacts, Report

__all__ = [
    "TEMPLATES",
    "ChangeOfReport",
    "DocumentFacts",
    "DutyView",
    "Line",
    "RenderError",
    "RenderJob",
    "Renderer",
    "Report",
    "ScaleState",
    "ScaleView",
    "answer_labels",
    "compose",
    "report_changes",
    "report_html",
    "report_job",
]
