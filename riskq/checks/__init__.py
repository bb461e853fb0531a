"""What is wrong with a questionnaire: its files, its rules, its cases and its citations.

This package is pure. Findings are told all at once, each with its place, with answers that show it
where answers can, and with how to mend it. docs/findings.md tells of each code.
"""

from riskq.checks.case_changes import CaseChange, ResultChange, result_changes
from riskq.checks.comparison import Comparison, LogicChange, WordChange, compare
from riskq.checks.comparison_forms import comparison_form, comparison_text
from riskq.checks.edition import Checked, check_edition, check_rules
from riskq.checks.finding import WARNINGS, Finding, Severity
from riskq.checks.forms import check_form, check_text
from riskq.checks.graph import Graph, Path, graph_of, path_of
from riskq.checks.guide import END, Guide, GuideQuestion, GuideSection, Instruction, guide_of
from riskq.checks.mutant_forms import mutants_form, mutants_text
from riskq.checks.record import CheckedMutants, check_mutants
from riskq.checks.rewritten import Rewritten, write_value

__all__ = [
    "END",
    "WARNINGS",
    "CaseChange",
    "Checked",
    "CheckedMutants",
    "Comparison",
    "Finding",
    "Graph",
    "Guide",
    "GuideQuestion",
    "GuideSection",
    "Instruction",
    "LogicChange",
    "Path",
    "ResultChange",
    "Rewritten",
    "Severity",
    "WordChange",
    "check_edition",
    "check_form",
    "check_mutants",
    "check_rules",
    "check_text",
    "compare",
    "comparison_form",
    "comparison_text",
    "graph_of",
    "guide_of",
    "mutants_form",
    "mutants_text",
    "path_of",
    "result_changes",
    "write_value",
]
