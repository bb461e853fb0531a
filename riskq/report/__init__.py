"""What is handed over: the report, from a conclusion to a PDF.

``compose`` words everything a reader sees; ``report_html`` lays it out, ``report_job`` asks for it
as a PDF, and a ``Renderer`` makes that in a process of its own, so that importing this package
never loads the typesetting library.
"""

from typing import TYPE_CHECKING

from riskq.late import handing_out
from riskq.report.binding import bind_numbers
from riskq.report.compose import compose
from riskq.report.duty_views import DutyView
from riskq.report.evidence_views import AttachedFile
from riskq.report.fence import (
    PATIENT_SECONDS,
    Limits,
    die_with,
    enclose_child,
    keep_within,
    leave_network,
)
from riskq.report.job import RenderError, RenderJob
from riskq.report.level_views import Line, ScaleState, ScaleView
from riskq.report.page import TEMPLATES, document_templates, report_html, report_job
from riskq.report.qr import QrCode, draw_qr
from riskq.report.renderer import Renderer
from riskq.report.seal.errors import SealError
from riskq.report.seal.facts import Inspection, Seal
from riskq.report.seal.files import check_files, public_certificate
from riskq.report.seal.inspector import MAX_FILE, Inspector
from riskq.report.seal.sealer import Sealer, prepare_key
from riskq.report.subject import Subject, answer_labels
from riskq.report.views import ACCENT, DocumentFacts, Report
from riskq.report.warm import ROOT, passed_on

if TYPE_CHECKING:
    from riskq.report.changes import ChangeOfReport, report_changes
    from riskq.report.comparison_compose import compose_comparison
    from riskq.report.comparison_views import (
        CaseFact,
        ComparisonFacts,
        ComparisonView,
        FieldFact,
        LogicFact,
        ResultFact,
        WordFact,
    )
    from riskq.report.form_compose import compose_form
    from riskq.report.form_page import form_html, form_job
    from riskq.report.form_views import FormFacts, FormRule, FormView
    from riskq.report.map_compose import compose_map
    from riskq.report.map_drawing import MapDrawing, draw_map
    from riskq.report.map_page import map_svg
    from riskq.report.map_texts import map_dot, map_mermaid
    from riskq.report.map_views import MapFacts, MapState, MapView
    from riskq.report.proof_views import (
        ChangesView,
        ProofFacts,
        ProofView,
        compose_changes,
        compose_proof,
    )
    from riskq.report.verification import compose_issued, compose_verification
    from riskq.report.verified import Agreement, Verified
    from riskq.report.verified_views import Mark, SeenFact, VerifiedView
else:
    # Few pages need these, and no page worker is to carry them from its start.
    __getattr__ = handing_out(
        __name__,
        {
            "changes": ("ChangeOfReport", "report_changes"),
            "comparison_compose": ("compose_comparison",),
            "comparison_views": (
                "CaseFact",
                "ComparisonFacts",
                "ComparisonView",
                "FieldFact",
                "LogicFact",
                "ResultFact",
                "WordFact",
            ),
            "form_compose": ("compose_form",),
            "form_page": ("form_html", "form_job"),
            "form_views": ("FormFacts", "FormRule", "FormView"),
            "map_compose": ("compose_map",),
            "map_drawing": ("MapDrawing", "draw_map"),
            "map_page": ("map_svg",),
            "map_texts": ("map_dot", "map_mermaid"),
            "map_views": ("MapFacts", "MapState", "MapView"),
            "proof_views": (
                "ChangesView",
                "ProofFacts",
                "ProofView",
                "compose_changes",
                "compose_proof",
            ),
            "verification": ("compose_issued", "compose_verification"),
            "verified": ("Agreement", "Verified"),
            "verified_views": ("Mark", "SeenFact", "VerifiedView"),
        },
    )

__all__ = [
    "ACCENT",
    "MAX_FILE",
    "PATIENT_SECONDS",
    "ROOT",
    "TEMPLATES",
    "Agreement",
    "AttachedFile",
    "CaseFact",
    "ChangeOfReport",
    "ChangesView",
    "ComparisonFacts",
    "ComparisonView",
    "DocumentFacts",
    "DutyView",
    "FieldFact",
    "FormFacts",
    "FormRule",
    "FormView",
    "Inspection",
    "Inspector",
    "Limits",
    "Line",
    "LogicFact",
    "MapDrawing",
    "MapFacts",
    "MapState",
    "MapView",
    "Mark",
    "ProofFacts",
    "ProofView",
    "QrCode",
    "RenderError",
    "RenderJob",
    "Renderer",
    "Report",
    "ResultFact",
    "ScaleState",
    "ScaleView",
    "Seal",
    "SealError",
    "Sealer",
    "SeenFact",
    "Subject",
    "Verified",
    "VerifiedView",
    "WordFact",
    "answer_labels",
    "bind_numbers",
    "check_files",
    "compose",
    "compose_changes",
    "compose_comparison",
    "compose_form",
    "compose_issued",
    "compose_map",
    "compose_proof",
    "compose_verification",
    "die_with",
    "document_templates",
    "draw_map",
    "draw_qr",
    "enclose_child",
    "form_html",
    "form_job",
    "keep_within",
    "leave_network",
    "map_dot",
    "map_mermaid",
    "map_svg",
    "passed_on",
    "prepare_key",
    "public_certificate",
    "report_changes",
    "report_html",
    "report_job",
]
