"""What the command line says while a run works."""

from desktop.cli.countdown import Countdown, Words
from desktop.cli.output import Bar, count, say
from desktop.domain.causes import CauseCode
from desktop.domain.operations import Operation
from desktop.domain.runs import Moment, RunState
from desktop.domain.texts import Text
from desktop.words import say_text
from desktop.words.causes import explain_cause, explain_outage


class ProgressPrinter:
    """Watches a run. Called on the run's thread."""

    def __init__(self, operation: Operation) -> None:
        self._operation = operation
        self._bar = Bar()
        self._countdown = Countdown()
        self._trouble: Text | str = ""

    def recorded(self, moment: Moment) -> None:
        """The run told what it has just written to its journal."""
        self._trouble = moment.trouble or self._trouble
        if moment.waiting_for is not None:
            self._bar.end()
            self._countdown.start(_waiting_words(moment.waiting_for, self._trouble), moment.waiting_s)
            return
        self._countdown.stop()
        if self._bar.is_due():
            self._show(moment)

    def state_changed(self, state: RunState, cause: CauseCode | None) -> None:
        """The run as a whole changed."""
        self._countdown.stop()
        self._bar.end()
        if state is RunState.PAUSED and cause is not None:
            words = explain_outage(self._trouble) if cause is CauseCode.OFFLINE else explain_cause(cause, self._operation)
            say(f"{words.title}. {words.why} {words.what_to_do}".rstrip())

    def finish(self, moment: Moment | None) -> None:
        """Show the last moment whatever the time since the one before, because no other follows."""
        self._countdown.stop()
        if moment is not None:
            self._show(moment)
        self._bar.end()

    def _show(self, moment: Moment) -> None:
        line = f"{moment.done:,} of {moment.total:,} · {count(moment.calls, 'call')}"
        if moment.waiting_for is None and moment.links_per_s and (rate := round(moment.links_per_s)):
            line += f" · {count(rate, 'link')} a second"
            if moment.seconds_left is not None and moment.done < moment.total:
                line += f" · about {_duration(moment.seconds_left)} left"
        self._bar.show(moment.done, moment.total, line)


def _waiting_words(cause: CauseCode, trouble: Text | str) -> Words:
    match cause:
        case CauseCode.ANSWER_LOST:
            return lambda seconds: f"An answer was lost: its links are read once more in {seconds:.0f} s."
        case CauseCode.OFFLINE if trouble:
            return lambda seconds: f"Zoho cannot be reached ({say_text(trouble)}): trying again in {seconds:.0f} s."
    return lambda seconds: f"{explain_cause(cause).title}: trying again in {seconds:.0f} s."


def _duration(seconds: float) -> str:
    if seconds < 90:
        return count(max(1, round(seconds)), "second")
    return count(round(seconds / 60), "minute") if seconds < 5400 else f"{seconds / 3600:.1f} hours"
