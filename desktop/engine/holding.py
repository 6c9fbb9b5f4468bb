"""Holds back all calls for a while when the CRM is busy or cannot be reached, longer after each try that was in vain."""

from desktop.domain.causes import CauseCode, cause_of
from desktop.domain.pacing import asked_wait_s, backoff_s
from desktop.domain.texts import Text
from desktop.engine.ports import Clock


class Backoff:
    """Decides until when nothing may be sent. Owned by the coordinator.

    ``waiting_for`` is what the run waits for now, or None; ``trouble`` says in a clause what kept the last call from the CRM.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began_at = 0.0  # when the last wait began
        self._tries = 0
        self._answered_at = float("-inf")
        self._is_asked_for = False  # the CRM itself asked for the present wait
        self._read_due = 0.0
        self.until = 0.0
        self.waiting_for: CauseCode | None = None
        self.trouble: Text | str = ""

    @property
    def is_on(self) -> bool:
        """True while nothing may be sent."""
        return self._clock.monotonic() < self.until

    @property
    def seconds_left(self) -> float:
        """Seconds until the next try, or the next read of lost answers; 0 when nothing is waited for."""
        due = self._read_due if self.waiting_for is CauseCode.ANSWER_LOST else self.until
        return max(0.0, due - self._clock.monotonic()) if self.waiting_for else 0.0

    def show_wait_for_read(self, due: float) -> None:
        """Show that the run waits until monotonic second ``due``, when lost answers are read and nothing else is left to do."""
        # ``until`` stays as it is: the read itself must not be held back.
        self.waiting_for = CauseCode.ANSWER_LOST
        self._read_due = due

    def extend(self, cause: CauseCode, started_at: float, asked_s: float | None = None) -> bool:
        """Wait, or wait longer, after a call that left at monotonic second ``started_at`` and came to nothing.

        ``asked_s`` is the number of seconds that the CRM asked for, if it did. Returns False when waiting was in vain too often.
        """
        now = self._clock.monotonic()
        # Drops what is not sensible (0, a date in the past) and shortens what is absurd.
        asked_s = asked_wait_s(asked_s)
        # Another call went well meanwhile, so the CRM works: too many calls were on their way at once. Fewer lanes are the remedy
        # for that (pace.py), not a wait.
        if asked_s is None and self._answered_at > started_at:
            return True
        # Calls that left before the last wait began failed together with the one that began it: they are the same try.
        if started_at >= self._began_at:
            self._tries += 1
            self._began_at = now
        if self._tries > cause_of(cause).most_tries:
            return False
        wait_s = backoff_s(self._tries, self._clock.random) if asked_s is None else asked_s
        self._is_asked_for = (self.is_on and self._is_asked_for) or asked_s is not None
        # Never shorter: another lane may bring a smaller wish than the one that is being honoured.
        self.until = max(self.until, now + wait_s)
        self.waiting_for = cause
        return True

    def answered(self) -> None:
        """A call went well: the next trouble starts with a short wait again."""
        self._answered_at = self._clock.monotonic()
        self._tries = 0
        # A wait of our own choosing is over, since the CRM works. One that Zoho asked for is kept to its end.
        if not self._is_asked_for:
            self.until = 0.0

    def clear(self) -> None:
        """Wait no longer, because somebody paused the run and let it go on."""
        self._tries = 0
        self.until = 0.0
        self.waiting_for = None
