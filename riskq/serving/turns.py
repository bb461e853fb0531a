"""Whose turn it is: a few threads work, and everything else waits without one.

Where more comes than can be done at once, what is in a hurry goes first: an answer that somebody
gave is safe as soon as it can be, and the page after it is drawn a little later. Both together take
as long as before.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock, Thread, local

__all__ = ["IN_A_ROW", "Turns"]

IN_A_ROW = 4
"""After so many that hurried, one without hurry is next, so that none waits for ever."""

SPARE = 4
"""Threads that take the place of those that wait for something else."""

_Work = Callable[[], None]


class Turns:
    """Threads of which ``at_once`` work at the same time. Work must not raise."""

    def __init__(self, at_once: int) -> None:
        self._hurried: deque[_Work] = deque()
        self._others: deque[_Work] = deque()
        self._in_a_row = 0
        self._lock = Lock()
        # As many things as threads may begin to work, and as works wait; False ends a thread.
        self._places: SimpleQueue[None] = SimpleQueue()
        self._asked: SimpleQueue[bool] = SimpleQueue()
        self._here = local()
        for _ in range(at_once):
            self._places.put(None)
        self._threads = [
            Thread(target=self._take_turns, name=f"turns-{number}", daemon=True)
            for number in range(at_once + SPARE)
        ]
        for thread in self._threads:
            thread.start()

    def ask(self, work: _Work, *, hurries: bool) -> None:
        """Have work done as soon as it is its turn."""
        (self._hurried if hurries else self._others).append(work)
        self._asked.put(True)

    def give_way(self) -> None:
        """Let another work begin already: the one that calls this will wait for something else."""
        if not self._here.gave_way:
            self._here.gave_way = True
            self._places.put(None)

    def end(self) -> None:
        """Do what was asked for, and end all threads."""
        for _ in self._threads:
            self._asked.put(False)
        for thread in self._threads:
            thread.join()

    def _take_turns(self) -> None:
        while True:
            self._places.get()
            self._here.gave_way = False
            while not self._here.gave_way:
                if not self._asked.get():
                    self._places.put(None)
                    return
                self._next()()

    def _next(self) -> _Work:
        with self._lock:
            if self._hurried and not (self._others and self._in_a_row >= IN_A_ROW):
                self._in_a_row += 1
                return self._hurried.popleft()
            self._in_a_row = 0
            return self._others.popleft()
