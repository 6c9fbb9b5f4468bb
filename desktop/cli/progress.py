"""What the command line says while a run works."""

from desktop.cli.countdown import Countdown, Words
from desktop.cli.output import Bar, report
from desktop.domain.causes import CauseCode
from desktop.domain.operations import Operation
from desktop.domain.runs import Moment, RunState
from desktop.domain.texts import Text
from desktop.words import say, say_count
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
        self._countdown.stop()
        self._bar.end()
        if state is RunState.PAUSED and cause is not None:
            words = explain_outage(self._trouble) if cause is CauseCode.OFFLINE else explain_cause(cause, self._operation)
            report(words.whole())

    def finish(self, moment: Moment | None) -> None:
        """Show the last moment whatever the time since the one before, because no other follows."""
        self._countdown.stop()
        if moment is not None:
            self._show(moment)
        self._bar.end()

    def _show(self, moment: Moment) -> None:
        parts = [
            say("{done} of {total}", done=moment.done, total=moment.total),
            say_count("{n} call", "{n} calls", moment.calls),
        ]
        if moment.waiting_for is None and moment.links_per_s and (rate := round(moment.links_per_s)):
            parts.append(say_count("{n} link a second", "{n} links a second", rate))
            if moment.seconds_left is not None and moment.done < moment.total:
                parts.append(say("about {time} left", time=_duration(moment.seconds_left)))
        self._bar.show(moment.done, moment.total, " · ".join(parts))


def _waiting_words(cause: CauseCode, trouble: Text | str) -> Words:
    match cause:
        case CauseCode.ANSWER_LOST:
            return lambda seconds: say("An answer was lost: its links are read once more in {seconds} s.", seconds=round(seconds))
        case CauseCode.OFFLINE if trouble:
            return lambda seconds: say(
                "Zoho cannot be reached ({trouble}): trying again in {seconds} s.", trouble=trouble, seconds=round(seconds)
            )
    return lambda seconds: say("{title}: trying again in {seconds} s.", title=explain_cause(cause).title, seconds=round(seconds))


def _duration(seconds: float) -> str:
    if seconds < 90:
        return say_count("{n} second", "{n} seconds", max(1, round(seconds)))
    if seconds < 5400:
        return say_count("{n} minute", "{n} minutes", round(seconds / 60))
    return say("{hours} hours", hours=round(seconds / 3600, 1))
