"""What pages about screenings have alike: levels in words, the scale of the list, addresses."""

from __future__ import annotations

from typing import Any

from flask import url_for

from riskq.questionnaire import Questionnaire, Scale
from riskq.services import screenings
from riskq.web.locale import language, web_words

__all__ = ["address_in", "level_labels", "scale_of"]


def address_in(of: screenings.Round, endpoint: str, **values: Any) -> str:
    """The address of a page of a screening."""
    place = {"workspace": of.seat.workspace.id, "screening": of.screening.id}
    return url_for(endpoint, **{**place, **values})


def scale_of(questionnaire: Questionnaire) -> Scale:
    """The scale by which vendors are listed: "risk", or the first."""
    scales = questionnaire.rulebook.scales
    return next((scale for scale in scales if scale.id == "risk"), scales[0])


def level_labels(questionnaire: Questionnaire, levels: str, scale: str = "") -> str:
    """Levels, as the store keeps them, in words; several are all still possible.

    Without any, the scale means nothing for the answers that were submitted.
    """
    if not levels:
        return web_words()("not assessed")
    labels = questionnaire.prose[language()].scales[scale or scale_of(questionnaire).id].levels
    return ", ".join(labels[level].label for level in levels.split())
