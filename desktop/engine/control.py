"""Pause, resume and stop: what the screen or a signal handler says to a run, and the mailbox that wakes it.

A queued slot never reaches a thread that is busy, so these are called directly from any thread.
"""

from collections import deque
from collections.abc import Callable
from threading import Condition
from typing import Generic, TypeVar

from desktop.engine.clock import SystemClock
from desktop.engine.ports import Clock

Letter = TypeVar("Letter")


class Mailbox(Generic[Letter]):
    """Letters from the lanes to the coordinator; waiting for one ends early when somebody calls :meth:`wake`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._changed = Condition()
        self._letters: deque[Letter] = deque()
        self._woken = False

    def put(self, letter: Letter) -> None:
        """Post a letter from any thread."""
        with self._changed:
            self._letters.append(letter)
            self._changed.notify()

    def wake(self) -> None:
        """End the present or the next wait."""
        with self._changed:
            self._woken = True
            self._changed.notify()

    def take(self, seconds: float | None) -> list[Letter]:
        """All letters; waits up to ``seconds`` (None: for ever) for the first one or for a wake."""
        with self._changed:
            if not self._letters and not self._woken and seconds != 0:
                self._clock.wait(self._changed, seconds)
            self._woken = False
            letters = list(self._letters)
            self._letters.clear()
            return letters


class RunControl:
    """What whoever watches a run asks of it. Thread-safe; shared by the watcher and the run."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._changed = Condition()
        self._pausing = False
        self._stopping = False
        self._grace_s: float | None = None
        self._watchers: list[Callable[[], None]] = []

    @property
    def pausing(self) -> bool:
        """True from a pause until the resume."""
        return self._pausing

    @property
    def stopping(self) -> bool:
        """True once a stop was asked for; it cannot be taken back."""
        return self._stopping

    @property
    def grace_s(self) -> float | None:
        """How long calls in flight may still take after a stop; None: until their own deadline."""
        return self._grace_s

    def pause(self) -> None:
        """Send nothing more until :meth:`resume`; calls in flight are finished and recorded."""
        self._change(pausing=True)

    def resume(self) -> None:
        """Go on, also after a pause that the run made by itself."""
        self._change(pausing=False)

    def stop(self, grace_s: float | None = None) -> None:
        """Send nothing more; wait at most ``grace_s`` seconds for calls in flight, then end."""
        self._grace_s = grace_s
        self._stopping = True
        self._change(pausing=self._pausing)

    def watch(self, wake: Callable[[], None]) -> None:
        """Call ``wake`` at every change, on the thread that made it."""
        self._watchers.append(wake)

    def wait_for_resume(self) -> bool:
        """Wait while pausing; True when the run shall go on, False when it shall stop."""
        with self._changed:
            while self._pausing and not self._stopping:
                self._changed.wait()
        return not self._stopping

    def _change(self, *, pausing: bool) -> None:
        with self._changed:
            self._pausing = pausing
            self._changed.notify_all()
        for wake in self._watchers:
            wake()
