"""The computer stays awake while a run sends, and no longer: not in a pause, not after a stop, not after a fault."""

from collections.abc import Callable
from typing import Protocol

from desktop.domain.causes import CauseCode
from desktop.domain.runs import Moment, RunState
from desktop.engine.ports import RunListener


class KeepAwake(Protocol):
    """Keeps the computer from going to sleep. Held and released on one thread; quick."""

    def hold(self) -> bool:
        """From now on; False when that cannot be had. Harmless when it is held already."""
        ...

    def release(self) -> None:
        """No longer; harmless when nothing is held."""
        ...


class AwakeWhileSending(RunListener):
    """Passes everything on to ``listener``. Called on the run's thread; whoever starts the run closes this on that thread.

    ``refused`` is called once when the computer cannot be kept awake; the run goes on all the same.
    """

    def __init__(self, listener: RunListener, awake: KeepAwake, refused: Callable[[], None]) -> None:
        self._listener = listener
        self._awake = awake
        self._refused: Callable[[], None] | None = refused

    def recorded(self, moment: Moment) -> None:
        """The run told what it has just written to its journal."""
        self._listener.recorded(moment)

    def state_changed(self, state: RunState, cause: CauseCode | None) -> None:
        """The run as a whole changed."""
        if state is not RunState.RUNNING:
            self._awake.release()
        elif not self._awake.hold() and self._refused is not None:
            self._refused()
            self._refused = None
        self._listener.state_changed(state, cause)

    def close(self) -> None:
        """The run ended, in whatever way."""
        self._awake.release()
