"""What the program does, one function a use; no web, no command line.

Whoever is allowed to call these functions decides elsewhere; they decide what happens.
"""

from typing import TYPE_CHECKING

from riskq.late import handing_out
from riskq.services.allowances import (
    ALLOWED,
    ALLOWED_WITHIN,
    Allowances,
    Costly,
    TooOftenError,
)
from riskq.services.assessments import (
    AnswerChangedError,
    NotAskedError,
    Saving,
    Started,
    WouldSetAsideError,
    delete,
    save_answer,
    save_answers,
    start,
)
from riskq.services.bundle_faults import BundleFilesError, NoBundleError
from riskq.services.desk import Desk
from riskq.services.documents import (
    Documents,
    DocumentUnderWayError,
    report_of,
    report_so_far,
)
from riskq.services.editions import Newer, find_newer, move, newer_edition
from riskq.services.encryption import KeyMissingError, UnreadableError, key_ring
from riskq.services.issue import Issue
from riskq.services.json_form import conclusion_form, what_if_form
from riskq.services.keeping import Expired, Keeper, count_expired, remove_expired
from riskq.services.opening import (
    AssessmentExpiredError,
    EditionChangedError,
    LockedAnswerError,
    NoAssessmentError,
    Opened,
    is_deletable,
    open_assessment,
    own_record,
    record_of_link,
    resume,
)
from riskq.services.passwords import Passwords
from riskq.services.revisions import (
    ChangedMeanwhileError,
    IncompleteError,
    Submitted,
    download,
    find_revision,
    list_revisions,
    list_revisions_of,
    submit,
)

if TYPE_CHECKING:
    from riskq.services.answer_files import read_answers_file
    from riskq.services.audit import check_books
    from riskq.services.blank_forms import BlankForms, form_of, form_pdf
    from riskq.services.bundle_files import GivenFile
    from riskq.services.bundle_maker import BundleMaker
    from riskq.services.bundles import BundleDesk, OpenedBundle
    from riskq.services.comparisons import comparison_of
    from riskq.services.dates import write_calendar, write_reviews
    from riskq.services.doctor import PARTS, Finding, look_over
    from riskq.services.fault_words import FAULT_CODES
    from riskq.services.importing import Imported, NoReportError, import_issue, read_file
    from riskq.services.maps import MAP_FORMATS, map_of, map_with, write_map
    from riskq.services.old_answers import encrypt_held
    from riskq.services.paper_stacks import write_reports
    from riskq.services.papers import answers_pdf, conclusion_text
    from riskq.services.proofs import (
        cases_of,
        changes_between,
        checked,
        compared,
        mutation_of,
        proof_of,
    )
    from riskq.services.received import read_issue
    from riskq.services.revision_changes import State, changed_questions, state_of
    from riskq.services.samples import sample_report
    from riskq.services.table_faults import FORMATS, MOST_TABLE_BYTES, MOST_TABLE_ROWS
    from riskq.services.table_order import (
        WALL_SECONDS,
        ScaleTally,
        ShownFault,
        ShownRow,
        ShownScale,
        TableProblem,
        TableSummary,
    )
    from riskq.services.tables import JudgedTable, judge_table
    from riskq.services.tables_apart import (
        JudgedApart,
        TableRefused,
        TableWish,
        judge_apart,
        write_template_apart,
    )
    from riskq.services.telling import Told, tell
    from riskq.services.verification import Verifier, find_issued, taken_answers
    from riskq.services.waiting import Waiting, waiting_messages
else:
    # Few pages need these, and no page worker is to carry them from its start.
    __getattr__ = handing_out(
        __name__,
        {
            "answer_files": ("read_answers_file",),
            "blank_forms": ("BlankForms", "form_of", "form_pdf"),
            "audit": ("check_books",),
            "bundle_files": ("GivenFile",),
            "bundle_maker": ("BundleMaker",),
            "bundles": ("BundleDesk", "OpenedBundle"),
            "comparisons": ("comparison_of",),
            "dates": ("write_calendar", "write_reviews"),
            "doctor": ("PARTS", "Finding", "look_over"),
            "fault_words": ("FAULT_CODES",),
            "importing": ("Imported", "NoReportError", "import_issue", "read_file"),
            "maps": ("MAP_FORMATS", "map_of", "map_with", "write_map"),
            "old_answers": ("encrypt_held",),
            "paper_stacks": ("write_reports",),
            "papers": ("answers_pdf", "conclusion_text"),
            "proofs": (
                "cases_of",
                "changes_between",
                "checked",
                "compared",
                "mutation_of",
                "proof_of",
            ),
            "received": ("read_issue",),
            "revision_changes": ("State", "changed_questions", "state_of"),
            "samples": ("sample_report",),
            "table_faults": ("FORMATS", "MOST_TABLE_BYTES", "MOST_TABLE_ROWS"),
            "table_order": (
                "WALL_SECONDS",
                "ScaleTally",
                "ShownFault",
                "ShownRow",
                "ShownScale",
                "TableProblem",
                "TableSummary",
            ),
            "tables": ("JudgedTable", "judge_table"),
            "tables_apart": (
                "JudgedApart",
                "TableRefused",
                "TableWish",
                "judge_apart",
                "write_template_apart",
            ),
            "telling": ("Told", "tell"),
            "verification": ("Verifier", "find_issued", "taken_answers"),
            "waiting": ("Waiting", "waiting_messages"),
        },
    )

__all__ = [
    "ALLOWED",
    "ALLOWED_WITHIN",
    "FAULT_CODES",
    "FORMATS",
    "MAP_FORMATS",
    "MOST_TABLE_BYTES",
    "MOST_TABLE_ROWS",
    "PARTS",
    "WALL_SECONDS",
    "Allowances",
    "AnswerChangedError",
    "AssessmentExpiredError",
    "BlankForms",
    "BundleDesk",
    "BundleFilesError",
    "BundleMaker",
    "ChangedMeanwhileError",
    "Costly",
    "Desk",
    "DocumentUnderWayError",
    "Documents",
    "EditionChangedError",
    "Expired",
    "Finding",
    "GivenFile",
    "Imported",
    "IncompleteError",
    "Issue",
    "JudgedApart",
    "JudgedTable",
    "Keeper",
    "KeyMissingError",
    "LockedAnswerError",
    "Newer",
    "NoAssessmentError",
    "NoBundleError",
    "NoReportError",
    "NotAskedError",
    "Opened",
    "OpenedBundle",
    "Passwords",
    "Saving",
    "ScaleTally",
    "ShownFault",
    "ShownRow",
    "ShownScale",
    "Started",
    "State",
    "Submitted",
    "TableProblem",
    "TableRefused",
    "TableSummary",
    "TableWish",
    "Told",
    "TooOftenError",
    "UnreadableError",
    "Verifier",
    "Waiting",
    "WouldSetAsideError",
    "answers_pdf",
    "cases_of",
    "changed_questions",
    "changes_between",
    "check_books",
    "checked",
    "compared",
    "comparison_of",
    "conclusion_form",
    "conclusion_text",
    "count_expired",
    "delete",
    "download",
    "encrypt_held",
    "find_issued",
    "find_newer",
    "find_revision",
    "form_of",
    "form_pdf",
    "import_issue",
    "is_deletable",
    "judge_apart",
    "judge_table",
    "key_ring",
    "list_revisions",
    "list_revisions_of",
    "look_over",
    "map_of",
    "map_with",
    "move",
    "mutation_of",
    "newer_edition",
    "open_assessment",
    "own_record",
    "proof_of",
    "read_answers_file",
    "read_file",
    "read_issue",
    "record_of_link",
    "remove_expired",
    "report_of",
    "report_so_far",
    "resume",
    "sample_report",
    "save_answer",
    "save_answers",
    "start",
    "state_of",
    "submit",
    "taken_answers",
    "tell",
    "waiting_messages",
    "what_if_form",
    "write_calendar",
    "write_map",
    "write_reports",
    "write_reviews",
    "write_template_apart",
]
