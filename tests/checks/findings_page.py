"""docs/findings.md as a catalogue of broken questionnaires: one for each code, with what is told.

``python -m tests.checks.findings_page`` writes the severities and messages of the page anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from riskq.checks import Finding, check_edition
from tests.builders import Folder, make_folder

PAGE = Path(__file__).parents[2] / "docs" / "findings.md"
_ENTRY = re.compile(r"^### `([a-z-]+)`\n\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
_CHANGE = re.compile(
    r"^`([a-z/.]+)`(?: deleted:|\n\n```diff\n(.*?)\n```)$", re.MULTILINE | re.DOTALL
)
_TOLD = re.compile(r"^```text\n(.*?)\n```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """One code: its text, the changes that bring it about, and the message shown."""

    code: str
    body: str

    @property
    def severity(self) -> str:
        """What the entry calls it."""
        return self.body.partition(".")[0].lower()

    @property
    def told(self) -> str | None:
        """The message shown, if the entry shows one."""
        match = _TOLD.search(self.body)
        return match and match[1]

    def findings(self, root: Path) -> tuple[Finding, ...]:
        """What the check tells after the changes of the entry, and did not tell before them."""
        folder = make_folder(root)
        before = {str(finding) for finding in check_edition(folder.edition).findings}
        changes = _CHANGE.findall(self.body)
        for name, diff in changes:
            _apply(folder, name, diff)
        told = check_edition(folder.edition).findings
        return tuple(one for one in told if not changes or str(one) not in before)

    def rewritten(self) -> str:
        """The entry with the severity and the message that the check gives."""
        with TemporaryDirectory() as root:
            found = [one for one in self.findings(Path(root)) if one.code == self.code]
        if not found or self.told is None:
            return self.body.replace("SEVERITY", "Error")
        body = self.body.replace("SEVERITY", found[0].severity.value.capitalize())
        return body.replace(f"```text\n{self.told}\n```", f"```text\n{found[0]}\n```")


def _apply(folder: Folder, name: str, diff: str) -> None:
    path = folder.path(name)
    if not diff:
        path.unlink()
        return
    old, new = _parts(diff)
    if not old:
        folder.write(name, new)
    else:
        folder.change(name, old, new)


def _parts(diff: str) -> tuple[str, str]:
    """What stands before and what stands after a change; a line of context is in both."""
    lines = diff.split("\n")
    old = [line[1:] for line in lines if line[0] in "- "]
    new = [line[1:] for line in lines if line[0] in "+ "]
    return "\n".join(old), "\n".join(new)


@cache
def entries() -> dict[str, Entry]:
    """The entries of the page by their codes."""
    return {code: Entry(code, body) for code, body in _ENTRY.findall(PAGE.read_text("utf-8"))}


def _rewrite(page: str) -> Iterator[str]:
    end = 0
    for match in _ENTRY.finditer(page):
        yield page[end : match.start(2)]
        yield Entry(match[1], match[2]).rewritten()
        end = match.end()
    yield page[end:]


if __name__ == "__main__":
    PAGE.write_text("".join(_rewrite(PAGE.read_text("utf-8"))), "utf-8")
