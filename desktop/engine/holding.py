"""The pause between tries: when the CRM is busy or out of reach, nothing is sent until a while is over."""

from desktop.domain.causes import CauseCode, cause_of
from desktop.domain.pacing import asked_wait_s, backoff_s
from desktop.domain.texts import Text
from desktop.engine.ports import Clock


class Hold:
    """Owned by the coordinator. ``waiting_for`` is what the run waits for now, or None; ``trouble`` what the last call met."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since = 0.0
        self._tries = 0
        self._good_at = float("-inf")
        self._was_asked = False
        self._look_due = 0.0
        self.until = 0.0
        self.waiting_for: CauseCode | None = None
        self.trouble: Text | str = ""

    @property
    def is_on(self) -> bool:
        """True while nothing may be sent."""
        return self._clock.monotonic() < self.until

    @property
    def seconds_left(self) -> float:
        """Until the next try, or the next look; 0 when nothing is waited for."""
        due = self._look_due if self.waiting_for is CauseCode.ANSWER_LOST else self.until
        return max(0.0, due - self._clock.monotonic()) if self.waiting_for else 0.0

    def wait_for_look(self, due: float) -> None:
        """Lost answers are read at monotonic second ``due``; nothing else is left to do until then."""
        self.waiting_for = CauseCode.ANSWER_LOST
        self._look_due = due

    def extend(self, cause: CauseCode, started_at: float, asked_s: float | None = None) -> bool:
        """Wait (longer) after a call that left at ``started_at``; False when that was in vain too often.

        ``asked_s`` is what the CRM asked for. Where it asked for nothing, there is no wait when another call went well
        meanwhile: then too many were on their way at once, and fewer lanes are the remedy. Calls that left before the last wait
        began belong to it and do not count again.
        """
        now = self._clock.monotonic()
        asked_s = asked_wait_s(asked_s)
        if asked_s is None and self._good_at > started_at:
            return True
        if started_at >= self._since:
            self._tries += 1
            self._since = now
        if self._tries > cause_of(cause).most_tries:
            return False
        wait_s = backoff_s(self._tries, self._clock.random) if asked_s is None else asked_s
        self._was_asked = (self.is_on and self._was_asked) or asked_s is not None
        self.until = max(self.until, now + wait_s)
        self.waiting_for = cause
        return True

    def answered(self) -> None:
        """A call went well: a wait that nobody asked for is over, and the next trouble starts with a short one again."""
        self._good_at = self._clock.monotonic()
        self._tries = 0
        if not self._was_asked:
            self.until = 0.0

    def clear(self) -> None:
        """Wait no longer."""
        self._tries = 0
        self.until = 0.0
        self.waiting_for = None
