"""What is counted: every family of figures, with its labels and what it says.

No label ever holds what somebody sent: values are the program's own words, of which there are few.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

__all__ = ["FAMILIES", "Family"]

Kind = Literal["counter", "gauge", "histogram"]


class Family(Struct, frozen=True):
    """Figures of one name. ``bounds`` are the upper bounds, in seconds, of a histogram's buckets.

    A gauge that a process keeps is told for each process that lives; ``is_asked`` says that it is
    asked for at each scrape instead.
    """

    name: str
    kind: Kind
    text: str
    labels: tuple[str, ...] = ()
    bounds: tuple[float, ...] = ()
    is_asked: bool = False


REQUESTS = Family(
    *("riskq_http_requests_total", "counter", "Requests, by the template of their route."),
    labels=("route", "method", "status"),
)
REQUEST_SECONDS = Family(
    *("riskq_http_request_seconds", "histogram", "Time until an answer begins, by part."),
    labels=("part",),
    bounds=(0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
TURN_SECONDS = Family(
    *("riskq_turn_seconds", "histogram", "Time that requests waited for their turn."),
    labels=("hurried",),
    bounds=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
REPORTS = Family(
    *("riskq_reports_total", "counter", "Reports made or not, by what became of them."),
    labels=("asked_by", "outcome"),
)
REPORT_SECONDS = Family(
    *("riskq_report_seconds", "histogram", "Time that a report took, its seal included."),
    labels=("asked_by",),
    bounds=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120),
)
STORE_SECONDS = Family(
    *("riskq_store_seconds", "histogram", "Time of reads, and of writes until they are durable."),
    labels=("store", "operation"),
    bounds=(0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5),
)
STORE_FAULTS = Family(
    *("riskq_store_unavailable_total", "counter", "Reads and writes that failed, by reason."),
    labels=("store", "reason"),
)
NOT_COUNTED = Family(
    *("riskq_metrics_dropped_total", "counter", "Figures for which a process had no room."),
)
STARTED = Family(
    *("riskq_process_start_time_seconds", "gauge", "When the process began, in Unix time."),
    labels=("process",),
)
MEMORY = Family(
    *("riskq_process_resident_memory_bytes", "gauge", "Memory of the process."),
    labels=("process",),
)
BUNDLE_ITEMS = Family(
    *("riskq_bundle_items", "gauge", "Reports of bundles that are kept, by how far they are."),
    labels=("state",),
    is_asked=True,
)
MESSAGES = Family(
    *("riskq_messages", "gauge", "Letters and webhook messages that wait, or failed for good."),
    labels=("kind", "state"),
    is_asked=True,
)
OLDEST_MESSAGE = Family(
    *("riskq_oldest_message_seconds", "gauge", "For how long the first that waits has waited."),
    labels=("kind",),
    is_asked=True,
)

FAMILIES = (
    *(REQUESTS, REQUEST_SECONDS, TURN_SECONDS, REPORTS, REPORT_SECONDS),
    *(STORE_SECONDS, STORE_FAULTS),
    *(BUNDLE_ITEMS, MESSAGES, OLDEST_MESSAGE, MEMORY, STARTED, NOT_COUNTED),
)
"""All of them, in the order in which they are told."""
