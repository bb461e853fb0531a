"""The command line: serve the pages, judge answers, make and verify reports, check the data.

Each command loads only what it needs. What is wrong with the input goes to the error output, all
of it at once, and the exit code is 2.
"""

from riskq.cli.program import main

__all__ = ["main"]
