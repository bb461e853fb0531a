"""What is remembered: assessments, their answers, their revisions; durable before it is told.

This door is the whole of the store for other packages. They see a protocol and records, and no
database. The same contract test holds for every store behind the protocol.

Tables, ``history`` and the functions beside them work through a unit, which a store's ``read`` and
``change`` give.
"""

from riskq.store import history
from riskq.store.bundle_records import Bundle, BundleItem, ItemState, NewItem, Work
from riskq.store.bundles import BundleStore, open_bundles
from riskq.store.clients import (
    CLIENTS,
    NOTES,
    TAGS,
    Client,
    ListedClient,
    Note,
    Tag,
    list_clients,
    list_tags,
)
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
from riskq.store.records import HOLDER, Act, AnswerChange, Assessment, Revision, StoredAnswer
from riskq.store.review_days import (
    FEEDS,
    REVIEW_DAYS,
    Awaited,
    Feed,
    ReviewDay,
    find_awaited,
    list_awaited,
)
from riskq.store.seeking import (
    EVERYTHING,
    NO_CLIENT,
    HeldAssessment,
    Sought,
    count_held,
    fold,
    list_held,
    newest_revisions,
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
    BRANDS,
    HOLDINGS,
    INVITATIONS,
    MEMBERS,
    WORKSPACES,
    Holding,
    Member,
    MemberInvitation,
    StoredBrand,
    Workspace,
    hold,
    members_of,
    memberships_of,
)

__all__ = [
    "BRANDS",
    "CLIENTS",
    "EVERYTHING",
    "FEEDS",
    "HOLDER",
    "HOLDINGS",
    "INVITATIONS",
    "MEMBERS",
    "NOTES",
    "NO_CLIENT",
    "PASSWORD_LINKS",
    "RECOVERY_CODES",
    "REVIEW_DAYS",
    "SESSIONS",
    "TAGS",
    "USERS",
    "WORKSPACES",
    "Act",
    "AnswerChange",
    "Assessment",
    "AssessmentExists",
    "Awaited",
    "BookFault",
    "Bundle",
    "BundleItem",
    "BundleStore",
    "Client",
    "Feed",
    "Happened",
    "HeldAssessment",
    "Holding",
    "ItemState",
    "ListedClient",
    "Member",
    "MemberInvitation",
    "NewItem",
    "NoSuchAssessment",
    "Note",
    "PasswordLink",
    "Reason",
    "RecoveryCode",
    "ReviewDay",
    "Revision",
    "Session",
    "Sought",
    "StaleAnswer",
    "StaleSequence",
    "Store",
    "StoreError",
    "StoreUnavailable",
    "StoredAnswer",
    "StoredBrand",
    "Tag",
    "Taken",
    "Unit",
    "User",
    "Work",
    "Workspace",
    "attempts",
    "book_of",
    "count_attempt",
    "count_held",
    "delete_assessment",
    "find_awaited",
    "fold",
    "forget_attempts",
    "history",
    "hold",
    "list_awaited",
    "list_clients",
    "list_held",
    "list_tags",
    "members_of",
    "memberships_of",
    "newest_revisions",
    "open_bundles",
    "open_store",
]
