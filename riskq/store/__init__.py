"""What is remembered: assessments, their answers, their revisions; durable before it is told.

This door is the whole of the store for other packages. They see a protocol and records, and no
database. The same contract test holds for every store behind the protocol.

``history``, ``users`` and ``workspaces`` are the parts whose functions take a unit of work, which a
store's ``read`` and ``change`` give.
"""

from riskq.store import history, users, workspaces
from riskq.store.bundle_records import Bundle, BundleItem, ItemState, NewItem, Work
from riskq.store.bundles import BundleStore, open_bundles
from riskq.store.errors import (
    AssessmentExists,
    NoSuchAssessment,
    Reason,
    StaleAnswer,
    StaleSequence,
    StoreError,
    StoreUnavailable,
    Taken,
)
from riskq.store.opening import open_store
from riskq.store.protocol import Store
from riskq.store.records import AnswerChange, Assessment, Revision, StoredAnswer
from riskq.store.unit import Unit

__all__ = [
    "AnswerChange",
    "Assessment",
    "AssessmentExists",
    "Bundle",
    "BundleItem",
    "BundleStore",
    "ItemState",
    "NewItem",
    "NoSuchAssessment",
    "Reason",
    "Revision",
    "StaleAnswer",
    "StaleSequence",
    "Store",
    "StoreError",
    "StoreUnavailable",
    "StoredAnswer",
    "Taken",
    "Unit",
    "Work",
    "history",
    "open_bundles",
    "open_store",
    "users",
    "workspaces",
]
