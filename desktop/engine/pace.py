"""Tells how many calls may be in flight, and how many more tasks to hand out ahead because the disk is slow."""

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.domain.pacing import LaneGovernor, LookAhead
from desktop.engine.ports import Clock


class Pace:
    """Adapts the number of lanes to the CRM's answers. Used by the coordinator's thread; any thread may call :meth:`limit`.

    If ``lanes`` is None, they start at 5 and adapt up to ``lane_cap``; otherwise they start at that number and never exceed it.
    """

    def __init__(self, clock: Clock, lanes: int | None, lane_cap: int) -> None:
        self._clock = clock
        self._governor = LaneGovernor(lane_cap) if lanes is None else LaneGovernor(lanes, lanes)
        self._look_ahead = LookAhead()

    @property
    def lanes(self) -> int:
        """How many calls may be in flight."""
        return self._governor.lanes

    @property
    def room(self) -> int:
        """How many tasks may be handed out: one for each lane, and more if the disk is slow."""
        return self.lanes + self._look_ahead.tasks(self.lanes)

    def limit(self, lanes: int | None, lane_cap: int) -> None:
        """Go on with at most this many lanes, or with adapting ones (None)."""
        # Adapting lanes go on from the present number: a jump to the cap may be answered with 429.
        self._governor = LaneGovernor(lane_cap, self.lanes) if lanes is None else LaneGovernor(lanes, lanes)

    def call_took(self, seconds: float) -> None:
        """Note how long a call took, whatever it brought."""
        self._look_ahead.answered(seconds)

    def answered(self, started_at: float) -> None:
        """Note that a call which left at monotonic second ``started_at`` was answered without complaint."""
        self._governor.answered(started_at, self._clock.monotonic())

    def refused_for_load(self, started_at: float) -> None:
        """Note that a 429 came back for a call which left at monotonic second ``started_at``."""
        self._governor.refused_for_load(started_at, self._clock.monotonic())

    @contextmanager
    def committing(self) -> Iterator[None]:
        """Measure the commit in the ``with`` block. One that fails does not count: it says nothing of the disk's speed."""
        started = self._clock.monotonic()
        yield
        self._look_ahead.committed(self._clock.monotonic() - started)
