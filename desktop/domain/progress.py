"""How far a run is, how fast it goes, and how long it may still take. Numbers in, numbers out."""

from collections import deque
from dataclasses import dataclass

from desktop.domain.pacing import FIRST_LANES

# Before anything was measured: what a call to Zoho usually takes, and the lanes that a run starts with.
_USUAL_CALL_S = 0.4


def seconds_for(calls: int, seconds_a_call: float | None = None, lanes: int = FIRST_LANES) -> float:
    """About how long so many calls take; ``seconds_a_call`` is what was measured, or None."""
    return calls * (seconds_a_call or _USUAL_CALL_S) / lanes


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment of a run: links settled of all, calls answered, links a second, seconds left (None while unknown)."""

    done: int
    total: int
    calls: int
    links_per_s: float | None
    seconds_left: float | None

    @property
    def fraction(self) -> float:
        """How much is done, from 0.0 to 1.0."""
        return self.done / self.total if self.total else 1.0


class ProgressMeter:
    """Counts answers as they come; ``window_s`` is how far back the rate looks. One thread at a time."""

    _CALLS_BEFORE_A_RATE = 3

    def __init__(self, total: int, done: int = 0, window_s: float = 10.0) -> None:
        self._total = total
        self._done = done
        self._calls = 0
        self._window_s = window_s
        self._marks: deque[tuple[float, int]] = deque()

    def start(self, now: float) -> None:
        """Begin to count at monotonic second ``now`` (also after a pause)."""
        self._marks.clear()
        self._marks.append((now, self._done))

    def reached(self, done: int, now: float, *, answered: int = 1) -> Progress:
        """``answered`` calls were answered by monotonic second ``now``, and ``done`` links are settled in all."""
        self._done = max(self._done, min(self._total, done))
        self._calls += answered
        self._marks.append((now, self._done))
        while len(self._marks) > 2 and now - self._marks[1][0] > self._window_s:
            self._marks.popleft()
        return self.read()

    def read(self) -> Progress:
        """Return how things stand at this moment."""
        rate = self._rate()
        left = (self._total - self._done) / rate if rate else None
        return Progress(self._done, self._total, self._calls, rate, left)

    def _rate(self) -> float | None:
        if self._calls < self._CALLS_BEFORE_A_RATE:
            return None
        (start, before), (end, after) = self._marks[0], self._marks[-1]
        return (after - before) / (end - start) if end > start and after > before else None
