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
from riskq.report.map_compose import compose_map
from riskq.report.map_drawing import MapDrawing, draw_map
from riskq.report.map_texts import map_dot, map_mermaid
from riskq.report.map_views import MapFacts, MapState, MapView
from riskq.report.page import TEMPLATES, map_svg, report_html, report_job
from riskq.report.renderer import Renderer
from riskq.report.subject import Subject, answer_labels
from riskq.report.views import DocumentFacts, Report

__all__ = [
    "TEMPLATES",
    "ChangeOfReport",
    "DocumentFacts",
    "DutyView",
    "Line",
    "MapDrawing",
    "MapFacts",
    "MapState",
    "MapView",
    "RenderError",
    "RenderJob",
    "Renderer",
    "Report",
    "ScaleState",
    "ScaleView",
    "Subject",
    "answer_labels",
    "compose",
    "compose_map",
    "draw_map",
    "map_dot",
    "map_mermaid",
    "map_svg",
    "report_changes",
    "report_html",
    "report_job",
]
