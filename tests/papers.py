"""What is written on the pages of a PDF, as a program that people have reads it."""

from __future__ import annotations

import subprocess

__all__ = ["pages_of"]


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, in the order in which it was printed."""
    done = subprocess.run(
        ["pdftotext", "-q", "-raw", "-enc", "UTF-8", "-", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().split("\f")[:-1]
