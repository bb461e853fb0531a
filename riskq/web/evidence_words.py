"""Why a file is not attached, in words for people and for those who write programs."""

from __future__ import annotations

from riskq.i18n import Words
from riskq.services import evidence

__all__ = ["why_refused"]


def why_refused(error: evidence.RefusedFileError, _: Words) -> str:
    """Why a file is not attached, and what to do."""
    told = {
        "none": _("Choose a file"),
        "empty": _("The file is empty. Choose another"),
        "too-large": _("The file is larger than 10 MB. Make it smaller, or divide it"),
        "type": _("This is no PDF, PNG, JPEG, XLSX or DOCX. Choose a file of one of these types"),
        "ending": _("The name of the file ends like another type. Give it the right ending"),
        "damaged": _("The file is damaged, cut off, or protected by a password. Save it anew"),
        "mixed": _("The file holds a second one of another type. Save it anew in its own program"),
        "macros": _("The file holds macros. Save it without them, or as PDF"),
        "swollen": _("Unpacked, the file would be far too large. Save it as PDF"),
        "too-many": _("This answer has ten files already. Remove one of them first"),
        "no-room": _(
            "All files of an assessment may have 100 MB together, and no room is left for this one."
            " Remove others first"
        ),
    }
    return told[error.reason]
