"""What the program does, one function a use; no web, no command line.

Whoever is allowed to call these functions decides elsewhere; they decide what happens.
"""

from riskq.services.answer_files import read_answers_file
from riskq.services.assessments import (
    AnswerChangedError,
    NotAskedError,
    Saving,
    Started,
    WouldSetAsideError,
    delete,
    save_answer,
    start,
)
from riskq.services.audit import check_books
from riskq.services.blank_forms import BlankForms, form_of, form_pdf
from riskq.services.bundle_files import BundleFilesError, GivenFile
from riskq.services.bundle_maker import BundleMaker
from riskq.services.bundles import BundleDesk, NoBundleError, OpenedBundle
from riskq.services.comparisons import comparison_of
from riskq.services.dates import write_calendar, write_reviews
from riskq.services.desk import Desk
from riskq.services.documents import Documents, report_of, report_so_far
from riskq.services.editions import Newer, find_newer, move, newer_edition
from riskq.services.importing import Imported, NoReportError, import_issue, read_file
from riskq.services.issue import Issue
from riskq.services.json_form import conclusion_form, what_if_form
from riskq.services.keeping import Keeper
from riskq.services.maps import MAP_FORMATS, map_of, map_with, write_map
from riskq.services.opening import (
    AssessmentExpiredError,
    EditionChangedError,
    NoAssessmentError,
    Opened,
    open_assessment,
    resume,
)
from riskq.services.paper_stacks import write_reports
from riskq.services.papers import answers_pdf, conclusion_text
from riskq.services.passwords import Passwords
from riskq.services.proofs import (
    cases_of,
    changes_between,
    checked,
    compared,
    mutation_of,
    proof_of,
)
from riskq.services.revision_changes import State, changed_questions, state_of
from riskq.services.revisions import (
    ChangedMeanwhileError,
    IncompleteError,
    Submitted,
    download,
    find_revision,
    list_revisions,
    submit,
)
from riskq.services.samples import sample_report
from riskq.services.tables import JudgedTable, judge_table
from riskq.services.telling import Told, tell
from riskq.services.verification import Verifier, find_issued, taken_answers

__all__ = [
    "MAP_FORMATS",
    "AnswerChangedError",
    "AssessmentExpiredError",
    "BlankForms",
    "BundleDesk",
    "BundleFilesError",
    "BundleMaker",
    "ChangedMeanwhileError",
    "Desk",
    "Documents",
    "EditionChangedError",
    "GivenFile",
    "Imported",
    "IncompleteError",
    "Issue",
    "JudgedTable",
    "Keeper",
    "Newer",
    "NoAssessmentError",
    "NoBundleError",
    "NoReportError",
    "NotAskedError",
    "Opened",
    "OpenedBundle",
    "Passwords",
    "Saving",
    "Started",
    "State",
    "Submitted",
    "Told",
    "Verifier",
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
    "delete",
    "download",
    "find_issued",
    "find_newer",
    "find_revision",
    "form_of",
    "form_pdf",
    "import_issue",
    "judge_table",
    "list_revisions",
    "map_of",
    "map_with",
    "move",
    "mutation_of",
    "newer_edition",
    "open_assessment",
    "proof_of",
    "read_answers_file",
    "read_file",
    "report_of",
    "report_so_far",
    "resume",
    "sample_report",
    "save_answer",
    "start",
    "state_of",
    "submit",
    "taken_answers",
    "tell",
    "what_if_form",
    "write_calendar",
    "write_map",
    "write_reports",
    "write_reviews",
]
