"""What is remembered: assessments, their answers, their revisions; durable before it is told.

This door is the whole of the store for other packages. They see a protocol and records, and no
database. The same contract test holds for every store behind the protocol.

Tables, ``history`` and the functions beside them work through a unit, which a store's ``read`` and
``change`` give. What people attached lies in files beside the database (``FileStore``).
"""

from riskq.store import history
from riskq.store.bundle_records import Bundle, BundleItem, ItemState, NewItem, Work
from riskq.store.bundles import BundleStore, open_bundles
from riskq.store.errors import (
    AssessmentExists,
    NoSuchAssessment,
    NoSuchFile,
    Reason,
    StaleAnswer,
    StaleSequence,
    StoreError,
    StoreUnavailable,
    Taken,
)
from riskq.store.evidence import EVIDENCE, EvidenceFile, known_files, touch
from riskq.store.files import FileStore, NoFiles, open_files
from riskq.store.happenings import (
    book_of,
    delete_assessment,
    evidence_added,
    evidence_removed,
)
from riskq.store.history import BookFault, Happened
from riskq.store.opening import open_store
from riskq.store.protocol import Store
from riskq.store.records import HOLDER, Act, AnswerChange, Assessment, Revision, StoredAnswer
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
    "EVIDENCE",
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
    "EvidenceFile",
    "FileStore",
    "Happened",
    "HeldAssessment",
    "Holding",
    "ItemState",
    "Member",
    "MemberInvitation",
    "NewItem",
    "NoFiles",
    "NoSuchAssessment",
    "NoSuchFile",
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
    "evidence_added",
    "evidence_removed",
    "forget_attempts",
    "history",
    "hold",
    "known_files",
    "list_held",
    "members_of",
    "memberships_of",
    "open_bundles",
    "open_files",
    "open_store",
    "touch",
]
