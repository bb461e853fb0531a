"""What is remembered: assessments, their answers, their revisions; durable before it is told.

This door is the whole of the store for other packages. They see a protocol and records, and no
database. The same contract test holds for every store behind the protocol.

Tables, ``history`` and the functions beside them work through a unit, which a store's ``read`` and
``change`` give.
"""

from riskq.store import history
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
from riskq.store.happenings import book_of, delete_assessment
from riskq.store.history import BookFault, Happened
from riskq.store.opening import open_store
from riskq.store.protocol import Store
from riskq.store.records import (
    HOLDER,
    Act,
    AnswerChange,
    Assessment,
    NewRevision,
    Revision,
    StoredAnswer,
)
from riskq.store.unit import Unit
from riskq.store.users import (
    PASSWORD_LINKS,
    RECOVERY_CODES,
    SESSIONS,
    USERS,
    PasswordLink,
    RecoveryCode,
    Session,
    User,
    attempts,
    count_attempt,
    forget_attempts,
)
from riskq.store.workspaces import (
    HOLDINGS,
    INVITATIONS,
    MEMBERS,
    WORKSPACES,
    HeldAssessment,
    Holding,
    Member,
    MemberInvitation,
    Workspace,
    hold,
    list_held,
    members_of,
    memberships_of,
)

__all__ = [
    "HOLDER",
    "HOLDINGS",
    "INVITATIONS",
    "MEMBERS",
    "PASSWORD_LINKS",
    "RECOVERY_CODES",
    "SESSIONS",
    "USERS",
    "WORKSPACES",
    "Act",
    "AnswerChange",
    "Assessment",
    "AssessmentExists",
    "BookFault",
    "Bundle",
    "BundleItem",
    "BundleStore",
    "Happened",
    "HeldAssessment",
    "Holding",
    "ItemState",
    "Member",
    "MemberInvitation",
    "NewItem",
    "NewRevision",
    "NoSuchAssessment",
    "PasswordLink",
    "Reason",
    "RecoveryCode",
    "Revision",
    "Session",
    "StaleAnswer",
    "StaleSequence",
    "Store",
    "StoreError",
    "StoreUnavailable",
    "StoredAnswer",
    "Taken",
    "Unit",
    "User",
    "Work",
    "Workspace",
    "attempts",
    "book_of",
    "count_attempt",
    "delete_assessment",
    "forget_attempts",
    "history",
    "hold",
    "list_held",
    "members_of",
    "memberships_of",
    "open_bundles",
    "open_store",
]
