"""What is wrong with a questionnaire: its files, its rules, its cases and its citations.

This package is pure. Findings are told all at once, each with its place and how to mend it.
"""

from riskq.checks.edition import check_edition
from riskq.checks.finding import Finding, Severity

__all__ = ["Finding", "Severity", "check_edition"]
