"""The map of a questionnaire as a drawing of its own, in a file."""

from __future__ import annotations

from riskq.report.map_drawing import draw_map
from riskq.report.map_views import MapView
from riskq.report.page import document_templates

__all__ = ["map_svg"]


def map_svg(view: MapView) -> str:
    """The map of a questionnaire as a file of its own, without links."""
    drawing = draw_map(view, named=True)
    return document_templates().get_template("map.svg").render(map=drawing).strip() + "\n"
