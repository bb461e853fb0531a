"""The map of a questionnaire: drawn and in words, for everybody, or with the path of an assessment.

What everybody sees is made once for each edition and language; what stands on somebody's path is
made anew each time, and for whoever holds the private link alone.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct
from werkzeug.wrappers import Response

from riskq import report, services
from riskq.questionnaire import Questionnaire
from riskq.services import Opened
from riskq.web.access import open_here
from riskq.web.locale import in_language, language
from riskq.web.pages import render
from riskq.web.state import state

if TYPE_CHECKING:
    from riskq.report import MapDrawing, MapView

__all__ = ["maps"]

maps = in_language("maps")


class ShownMap(Struct, frozen=True, dict=True):
    """A map that is made when the page first asks for it."""

    questionnaire: Questionnaire
    language: str
    opened: Opened | None = None

    @cached_property
    def view(self) -> MapView:
        """The map in words."""
        if self.opened is None:
            return services.map_of(self.questionnaire, self.language)
        opened = self.opened
        return services.map_with(self.questionnaire, opened.answers, opened.on, self.language)

    @cached_property
    def drawing(self) -> MapDrawing:
        """The map as a picture."""
        return report.draw_map(self.view)

    @property
    def key(self) -> tuple[str, str] | None:
        """By what the page's part is kept; ``None`` where it holds somebody's answers."""
        return (self.questionnaire.digest, self.language) if self.opened is None else None


@maps.get("/map/<questionnaire>")
def in_force(questionnaire: str) -> Response:
    """Show the map of the edition that is in force."""
    desk = state().desk
    return _show(questionnaire, desk.catalogue.in_force(questionnaire, desk.today()).isoformat())


@maps.get("/map/<questionnaire>/<edition>")
def of_edition(questionnaire: str, edition: str) -> Response:
    """Show the map of an edition, by the day from which it holds."""
    return _show(questionnaire, edition)


def _show(name: str, edition: str) -> Response:
    questionnaire = state().desk.catalogue.load(name, edition)
    shown = ShownMap(questionnaire, language())
    return render("map.html", shown=shown, questionnaire=questionnaire, opened=None)


@maps.get("/a/<assessment>/map")
def of_assessment(assessment: str) -> Response:
    """Show where the answers of an assessment have led."""
    opened = open_here(assessment)
    shown = ShownMap(opened.questionnaire, language(), opened)
    return render("map.html", shown=shown, questionnaire=opened.questionnaire, opened=opened)
