"""Evidence: files attached to answers, told by their content, kept within limits."""

from typing import TYPE_CHECKING

from riskq.late import handing_out
from riskq.services.evidence.attaching import (
    MOST_BYTES,
    MOST_FILES,
    MOST_IN_ALL,
    Given,
    attach,
    can_attach,
    content_of,
    count_files,
    files_of,
    find_file,
    remove,
)
from riskq.services.evidence.errors import FileLostError, NoFileError, Reason, RefusedFileError
from riskq.services.evidence.file_names import MOST_NAME, shown_name
from riskq.services.evidence.freezing import counted_files, told_of_all
from riskq.services.evidence.received import are_files
from riskq.services.evidence.tidying import count_unknown, forget_files, ids_of, sweep

if TYPE_CHECKING:
    from riskq.services.evidence.kinds import KINDS, Kind, sniff
else:
    __getattr__ = handing_out(__name__, {"kinds": ("KINDS", "Kind", "sniff")})

__all__ = [
    "KINDS",
    "MOST_BYTES",
    "MOST_FILES",
    "MOST_IN_ALL",
    "MOST_NAME",
    "FileLostError",
    "Given",
    "Kind",
    "NoFileError",
    "Reason",
    "RefusedFileError",
    "are_files",
    "attach",
    "can_attach",
    "content_of",
    "count_files",
    "count_unknown",
    "counted_files",
    "files_of",
    "find_file",
    "forget_files",
    "ids_of",
    "remove",
    "shown_name",
    "sniff",
    "sweep",
    "told_of_all",
]
