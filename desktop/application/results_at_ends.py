"""Writes the results of a run at each of its ends where pauses are held: whenever it pauses, and when it is over.

It happens on the run's own thread, so that two writings never meet, and what is written last is what is true last. A pause must
not make anybody wait: when the run is to go on, the writing is given up, and the results of before stay where they are.
"""

import logging
from collections.abc import Callable

from desktop.application.result_files import Progress, WrittenResults
from desktop.domain.causes import CauseCode
from desktop.domain.errors import DelinkError
from desktop.domain.runs import Moment, RunState
from desktop.engine.control import RunControl
from desktop.engine.ports import Clock, RunListener

_CLOSING_S = 0.7  # a program that is closing must be gone within five seconds, and has waited for its calls already

_log = logging.getLogger(__name__)


class _GivenUp(Exception):
    """There is no time to write the results to their end."""


class ResultsAtEnds(RunListener):
    """Passes everything on to ``listener``; ``write`` writes the results, ``told`` hears of its progress (0 of 0: it is over).

    Called on the run's thread, all of it.
    """

    def __init__(
        self,
        listener: RunListener,
        write: Callable[[Progress], WrittenResults],
        control: RunControl,
        clock: Clock,
        told: Progress = lambda _, __: None,
    ) -> None:
        self._listener = listener
        self._write = write
        self._control = control
        self._clock = clock
        self._told = told

    def recorded(self, moment: Moment) -> None:
        """The run told what it has just written to its journal."""
        self._listener.recorded(moment)

    def state_changed(self, state: RunState, cause: CauseCode | None) -> None:
        """The run as a whole changed; in a pause its results are written."""
        self._listener.state_changed(state, cause)
        if state is RunState.PAUSED:
            self._write_while(lambda: self._control.pausing and not self._control.stopping)

    def write_at_end(self) -> WrittenResults | None:
        """The run is over, in whatever way; None when the results could not be written to their end in time.

        The program may begin to close before this or meanwhile; from then on there is only a moment left.
        """
        until: float | None = None

        def is_in_time() -> bool:
            nonlocal until
            if self._control.grace_s is not None and until is None:
                until = self._clock.monotonic() + _CLOSING_S
            return until is None or self._clock.monotonic() < until

        is_in_time()
        return self._write_while(is_in_time)

    def _write_while(self, goes_on: Callable[[], bool]) -> WrittenResults | None:
        def tell(done: int, total: int) -> None:
            if not goes_on():
                raise _GivenUp
            self._told(done, total)

        try:
            return self._write(tell)
        except _GivenUp:
            _log.info("The results were not written to their end: the run goes on, or the program closes")
        except (DelinkError, OSError) as exc:  # the run is not to end because its results cannot be written
            _log.warning("The results could not be written: %s", exc)
        finally:
            self._told(0, 0)
        return None
