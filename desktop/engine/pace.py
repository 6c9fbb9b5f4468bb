"""How much may be on its way now: the lanes that the CRM allows, and what a slow disk needs handed out ahead."""

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.domain.pacing import LaneGovernor, LookAhead
from desktop.engine.ports import Clock


class Pace:
    """Used by the coordinator's thread; any thread may call :meth:`limit`.

    ``lanes`` None: they adapt, starting at 5, up to ``lane_cap``; else they start at that number and never exceed it.
    """

    def __init__(self, clock: Clock, lanes: int | None, lane_cap: int) -> None:
        self._clock = clock
        self._governor = LaneGovernor(lane_cap) if lanes is None else LaneGovernor(lanes, lanes)
        self._look_ahead = LookAhead()

    @property
    def lanes(self) -> int:
        """Calls that may be on their way."""
        return self._governor.lanes

    @property
    def room(self) -> int:
        """Tasks that may be handed out: one for each lane, and more where the disk is slow."""
        return self.lanes + self._look_ahead.tasks(self.lanes)

    def limit(self, lanes: int | None, lane_cap: int) -> None:
        """Go on with another number of lanes, or adapting ones."""
        self._governor = LaneGovernor(lane_cap, self.lanes) if lanes is None else LaneGovernor(lanes, lanes)

    def call_took(self, seconds: float) -> None:
        """A call came back, whatever it brought."""
        self._look_ahead.answered(seconds)

    def answered(self, started_at: float) -> None:
        """A call that left at ``started_at`` was answered without complaint."""
        self._governor.answered(started_at, self._clock.monotonic())

    def refused_for_load(self, started_at: float) -> None:
        """A 429 came back for a call that left at ``started_at``."""
        self._governor.refused_for_load(started_at, self._clock.monotonic())

    @contextmanager
    def committing(self) -> Iterator[None]:
        """Around a commit, whose duration counts when it succeeds."""
        started = self._clock.monotonic()
        yield
        self._look_ahead.committed(self._clock.monotonic() - started)
