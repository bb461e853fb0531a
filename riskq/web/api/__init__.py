"""The JSON API: the same services as the pages, for programs with a token."""

from riskq.web.api import assessments, clients, files, places, screenings, vendors
from riskq.web.api.calls import CALLS, answer
from riskq.web.api.description import description
from riskq.web.api.problems import problem_of

__all__ = ["CALLS", "answer", "description", "problem_of"]

# The calls put themselves into the list when their modules are imported.
_MODULES = (places, assessments, clients, files, screenings, vendors)
