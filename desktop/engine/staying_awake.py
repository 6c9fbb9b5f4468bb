"""Keeps the computer awake while a run sends, and no longer: not in a pause, not after a stop, not after a fault."""

from collections.abc import Callable
from typing import Protocol

from desktop.domain.causes import CauseCode
from desktop.domain.runs import Moment, RunState
from desktop.engine.ports import RunListener


class KeepAwake(Protocol):
    """Keeps the computer from going to sleep. Both methods are quick; call them on one thread."""

    def hold(self) -> bool:
        """Keep the computer awake from now on; False if that is not possible. Harmless if it is held already."""
        ...

    def release(self) -> None:
        """Let the computer sleep again. Harmless if nothing is held."""
        ...


class AwakeWhileSending(RunListener):
    """Holds the computer awake by what the run tells, and passes everything on to ``listener``.

    It is called on the run's thread; whoever starts the run must close it on that thread. ``on_refused`` is called once if the
    computer cannot be kept awake; the run goes on all the same.
    """

    def __init__(self, listener: RunListener, awake: KeepAwake, on_refused: Callable[[], None]) -> None:
        self._listener = listener
        self._awake = awake
        self._on_refused: Callable[[], None] | None = on_refused

    def recorded(self, moment: Moment) -> None:
        self._listener.recorded(moment)

    def state_changed(self, state: RunState, cause: CauseCode | None) -> None:
        # A paused run may wait for days, and must not drain a battery meanwhile.
        if state is not RunState.RUNNING:
            self._awake.release()
        elif not self._awake.hold() and self._on_refused is not None:
            self._on_refused()
            self._on_refused = None  # said once: each resume would say it again
        self._listener.state_changed(state, cause)

    def close(self) -> None:
        """Let the computer sleep; call it however the run ended, because a fault changes no state."""
        self._awake.release()
