"""Lets the window or a signal handler pause, resume and stop a run, and passes the lanes' answers to its coordinator.

The methods here are called directly, from any thread: the run's thread is busy in its own loop, so a queued slot of Qt would
never be executed there.
"""

from collections import deque
from collections.abc import Callable
from threading import Condition
from typing import Generic, TypeVar

from desktop.engine.clock import SystemClock
from desktop.engine.ports import Clock

Letter = TypeVar("Letter")


class Mailbox(Generic[Letter]):
    """Carries letters from the lanes to the coordinator, who may be woken early by :meth:`wake`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._changed = Condition()
        self._letters: deque[Letter] = deque()
        self._woken = False

    def put(self, letter: Letter) -> None:
        """Post a letter; any thread may call."""
        with self._changed:
            self._letters.append(letter)
            self._changed.notify()

    def wake(self) -> None:
        """End the coordinator's present wait, or its next one if it does not wait now."""
        with self._changed:
            # Remembered until the next call of collect(): a pause that is asked for while the coordinator works would be
            # overheard else, and it would sleep through it.
            self._woken = True
            self._changed.notify()

    def collect(self, seconds: float | None) -> list[Letter]:
        """Take all letters; wait up to ``seconds`` (None: for ever) for the first one, or until somebody wakes the mailbox."""
        with self._changed:
            # Waits only once: whoever wakes it early wants the coordinator to look around, even if no letter came.
            if not self._letters and not self._woken and seconds != 0:
                self._clock.wait(self._changed, seconds)
            self._woken = False
            letters = list(self._letters)
            self._letters.clear()
            return letters


class RunControl:
    """Holds what the user has asked of a run: to pause, to go on or to stop. Shared by the run and its watcher; thread-safe."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._changed = Condition()
        self._pausing = False
        self._stopping = False
        self._grace_s: float | None = None
        self._watchers: list[Callable[[], None]] = []

    @property
    def pausing(self) -> bool:
        return self._pausing

    @property
    def stopping(self) -> bool:
        """True once a stop was asked for. A stop cannot be taken back."""
        return self._stopping

    @property
    def grace_s(self) -> float | None:
        """Seconds that calls in flight may still take after a stop; None: until their own deadline."""
        return self._grace_s

    def pause(self) -> None:
        """Send nothing more until :meth:`resume`; calls in flight are finished and recorded."""
        self._change(pausing=True)

    def resume(self) -> None:
        """Go on after a pause, whether the user asked for it or the run made it by itself."""
        self._change(pausing=False)

    def stop(self, grace_s: float | None = None) -> None:
        """Send nothing more; wait at most ``grace_s`` seconds for calls in flight, then end."""
        self._grace_s = grace_s  # before the flag: the run reads it as soon as it sees that it is stopping
        self._stopping = True
        self._change(pausing=self._pausing)

    def watch(self, wake: Callable[[], None]) -> None:
        """Call ``wake`` at every change, on the thread that made it."""
        self._watchers.append(wake)

    def wait_for_resume(self) -> bool:
        """Wait until somebody resumes or stops the run; True to go on, False to stop."""
        with self._changed:
            while self._pausing and not self._stopping:
                self._changed.wait()
        return not self._stopping

    def _change(self, *, pausing: bool) -> None:
        with self._changed:
            self._pausing = pausing
            self._changed.notify_all()
        # Outside the lock: a watcher takes locks of its own, and may ask this object in turn.
        for wake in self._watchers:
            wake()
