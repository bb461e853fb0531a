"""Programs that our documents show, run as they stand there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

__all__ = ["names_of"]

_DOCS = Path(__file__).parents[1] / "docs"


def names_of(document: str, number: int) -> dict[str, Any]:
    """What the example of this number in a document defines."""
    text = (_DOCS / document).read_text("utf-8")
    code = re.findall(r"```python\n(.*?)```", text, re.DOTALL)[number]
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - What readers copy from our own document must run.
    return names
