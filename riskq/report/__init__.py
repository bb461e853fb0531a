"""What is handed over: the report, from a conclusion to a PDF."""

from riskq.report.job import RenderError, RenderJob
from riskq.report.renderer import Renderer

__all__ = ["RenderError", "RenderJob", "Renderer"]
