"""What of a run is said aloud to people who do not look, and when: enough to follow it, too little to disturb.

Progress is told every ten seconds at most, each kind of trouble once, whatever number of links it meets.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.causes import LEFT_BY_CHOICE, CauseCode
from desktop.domain.outcomes import AS_MEANT
from desktop.domain.runs import Change, RunState, Settled

PROGRESS_EVERY_S = 10.0


@dataclass(frozen=True, slots=True)
class News:
    """``causes`` are kinds of trouble that were not there before; ``tells_progress`` when it is time to say how far it is."""

    causes: tuple[CauseCode, ...]
    tells_progress: bool


class NewsOfRun:
    """One a run. Times are seconds that only go forward."""

    def __init__(self, begun_at: float) -> None:
        self._told_at = begun_at
        self._known: set[CauseCode] = set()

    def of_changes(self, changes: Iterable[Change], now: float) -> News:
        """What is worth telling of changes that were just written."""
        fresh: dict[CauseCode, None] = {}
        for change in changes:
            if isinstance(change, Settled):
                for _, known in change.outcomes:
                    if known.outcome not in AS_MEANT and known.cause not in LEFT_BY_CHOICE and known.cause not in self._known:
                        fresh[known.cause] = None
        self._known.update(fresh)
        tells = now - self._told_at >= PROGRESS_EVERY_S
        if tells:
            self._told_at = now
        return News(tuple(fresh), tells)


def pauses_by_itself(state: RunState, cause: CauseCode | None) -> bool:
    """True when the run waits although nobody asked it to, so that somebody has to be told."""
    return state is RunState.PAUSED and cause not in (None, CauseCode.ASKED)
