"""A process that saves although its disk fails now and then, and tells each refusal.

Run: stubborn_child.py PATH SAVES. A line is "saved 12" or "refused <reason>"; what is refused is
tried again as it was, and nothing else is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import TypeVar

from riskq.store import HOLDER, Act, AnswerChange, StoreUnavailable, open_store
from tests.store.builders import LATER, NOW, an_assessment

T = TypeVar("T")
MOST = 20


def insist(work: Callable[[], T]) -> T:
    """Do it until the disk lets it be done; a failure that stays ends the process."""
    for attempt in count(1):
        try:
            return work()
        except StoreUnavailable as refusal:
            os.write(1, f"refused {refusal.reason}\n".encode())
            if attempt == MOST:
                raise
    raise AssertionError


def main() -> None:
    """Save so often, each time the answer of one question."""
    path, saves = sys.argv[1:]
    store = insist(lambda: open_store(path, patience=5))
    insist(lambda: store.create(an_assessment()))
    for number in range(int(saves)):
        change = AnswerChange("q", str(number + 1), "x" * 3_000, number)
        act = Act(NOW, HOLDER)
        sequence = insist(partial(store.save, "one", number, [change], act, LATER))
        os.write(1, f"saved {sequence}\n".encode())
        found = insist(lambda: store.find("one"))
        assert found is not None
        assert found.sequence == sequence
    store.close()


if __name__ == "__main__":
    main()
