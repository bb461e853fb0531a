"""The JSON API: the same services as the pages, for programs with a token."""

from riskq.web.api import assessments, screenings
from riskq.web.api.calls import CALLS, api
from riskq.web.api.description import api_page, description
from riskq.web.api.problems import problem_of

__all__ = ["CALLS", "api", "api_page", "description", "problem_of"]

# The calls put themselves into the list when their modules are imported.
_MODULES = (assessments, screenings)
