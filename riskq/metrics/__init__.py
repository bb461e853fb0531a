"""What the service counts of itself, for whoever runs it: any part counts, one page tells.

Every process keeps its figures in a file of its own; the text that Prometheus reads sums all of
them. Nothing is kept until ``keep_figures`` says where.
"""

from typing import TYPE_CHECKING

from riskq.late import handing_out
from riskq.metrics.counting import count, keep_figures, note_process, observe, stop_figures
from riskq.metrics.families import (
    BUNDLE_ITEMS,
    FAMILIES,
    MESSAGES,
    OLDEST_MESSAGE,
    REPORT_SECONDS,
    REPORTS,
    REQUEST_SECONDS,
    REQUESTS,
    STORE_FAULTS,
    STORE_SECONDS,
    TURN_SECONDS,
    Family,
)

if TYPE_CHECKING:
    from riskq.metrics.exposition import CONTENT_TYPE, written_figures

__getattr__ = handing_out("riskq.metrics", {"exposition": ("CONTENT_TYPE", "written_figures")})

__all__ = [
    "BUNDLE_ITEMS",
    "CONTENT_TYPE",
    "FAMILIES",
    "MESSAGES",
    "OLDEST_MESSAGE",
    "REPORTS",
    "REPORT_SECONDS",
    "REQUESTS",
    "REQUEST_SECONDS",
    "STORE_FAULTS",
    "STORE_SECONDS",
    "TURN_SECONDS",
    "Family",
    "count",
    "keep_figures",
    "note_process",
    "observe",
    "stop_figures",
    "written_figures",
]
