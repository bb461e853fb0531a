"""Files in the folders of an edition that look like its own and are not read.

A case that is misnamed would be judged by nobody, and nobody would notice.
"""

from __future__ import annotations

from collections.abc import Iterator

from riskq.checks.finding import Finding, found
from riskq.i18n import LANGUAGES
from riskq.questionnaire import Edition

__all__ = ["unread_files"]

_ENDINGS = (".yml", ".yaml")
_NAMES = ", ".join(f"text/{language}.yml" for language in LANGUAGES)
_MEND = (
    f"Files are called questions.yml, rules.yml, mutants.yml, {_NAMES}, cases/*.yml, law/*.yml, "
    "and changes.yml beside the editions."
)


def unread_files(edition: Edition) -> Iterator[Finding]:
    """The YAML files in the edition's folder, beside it, and among the acts, that nothing reads."""
    beside = edition.folder.parent.glob("*")
    for files in (edition.folder.rglob("*"), beside, edition.law_folder.rglob("*")):
        for path in sorted(files):
            if path.suffix.lower() in _ENDINGS and not edition.reads(path) and path.is_file():
                named = path.with_suffix(".yml")
                is_misnamed = edition.reads(named) and not named.exists()
                mend = f"Rename it to {named.name}." if is_misnamed else _MEND
                yield found("unread-file", f"{edition.name_of(path)}:1", "is not read", mend)
