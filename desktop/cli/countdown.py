"""Waits on the command line: for what and how long, said once; on a terminal counted down until they are over."""

import sys
import threading
import time
from collections.abc import Callable

from desktop.cli.output import redraw, report

Words = Callable[[float], str]
"""The line for so many seconds that are left."""

# The same wait is told again and again with fewer seconds left; another one ends at another time.
_SAME_END_S = 2.0


class Countdown:
    """Started and stopped by one thread at a time; on a terminal the line is redrawn by a thread of its own."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._ends_at = float("-inf")
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, words: Words, seconds: float) -> None:
        """A wait of so many seconds; nothing is said again of one that is told already."""
        ends_at = time.monotonic() + seconds
        if abs(ends_at - self._ends_at) < _SAME_END_S:
            return None
        self.stop()
        self._ends_at = ends_at
        if not self._is_terminal:
            return report(words(seconds))
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._count, args=(words, ends_at, self._over), name="countdown", daemon=True)
        self._thread.start()
        return None

    def stop(self) -> None:
        """Show no seconds any more, because the wait is over."""
        self._ends_at = float("-inf")
        if self._thread is not None:
            self._over.set()
            self._thread.join()
            self._thread = None
            report("")

    def _count(self, words: Words, ends_at: float, over: threading.Event) -> None:
        while not over.is_set():
            redraw(words(max(0.0, ends_at - time.monotonic())))
            over.wait(1.0)


def told_once(words: Words) -> Callable[[float], None]:
    """A listener that is told the seconds that are left, again and again until none are."""
    countdown = Countdown()

    def tell(seconds: float) -> None:
        if seconds > 1.0:
            countdown.start(words, seconds)
        else:
            countdown.stop()

    return tell
