"""What ``riskq check`` prints: the findings as JSON for programs, and as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from riskq.checks.edition import Checked
from riskq.checks.finding import Finding

__all__ = ["check_form", "check_text"]


def check_form(checked: Iterable[Checked]) -> dict[str, Any]:
    """The editions with their findings: ``line`` is a number, ``example`` a mapping or null."""
    return {
        "editions": [
            {
                "name": one.name,
                "combinations": one.combinations,
                "cases": one.cases,
                "findings": [_finding(finding) for finding in one.findings],
            }
            for one in checked
        ]
    }


def _finding(finding: Finding) -> dict[str, Any]:
    file, _, line = finding.where.rpartition(":")
    has_line = line.isdecimal()
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "file": file if has_line else finding.where,
        "line": int(line) if has_line else None,
        "what": finding.what,
        "example": dict(finding.example) or None,
        "mend": finding.mend,
    }


def check_text(checked: Sequence[Checked]) -> str:
    """One line a finding, and a line that sums up for each edition."""
    lines = []
    for one in checked:
        lines += [str(finding) for finding in one.findings]
        lines.append(_sum(one))
    return "\n".join(lines)


def _sum(one: Checked) -> str:
    errors = sum(finding.severity.value == "error" for finding in one.findings)
    told = f"{_count(errors, 'error')}, {_count(len(one.findings) - errors, 'warning')}"
    if not one.combinations:
        return f"{one.name}: {told}. The rules are looked at once the files can be read."
    sets = f"{one.combinations:.1e}" if one.combinations > 10**9 else str(one.combinations)
    judged = _count(one.cases, "case")
    return f"{one.name}: {told}. Looked at {sets} combinations of answers and {judged}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
