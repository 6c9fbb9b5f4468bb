"""The sentences in which a run that removes links and one that puts them back differ, side by side.

Pages, lists and notices ask for them here, so that one page serves both.
"""

from PySide6.QtCore import QObject

from desktop.domain.operations import Operation
from desktop.domain.origins import Origin, RetryOf
from desktop.domain.outcomes import OPEN_OUTCOMES, Outcome, Tally
from desktop.domain.runs import RunState
from desktop.words import say, say_count


class RunWords(QObject):
    """The words of an operation. Made when they are needed, on the window's thread."""

    def __init__(self, operation: Operation) -> None:
        super().__init__()
        self._undo = operation.wished_there

    def name(self, origin: Origin) -> str:
        """What the run is, in a list of runs."""
        if isinstance(origin, RetryOf):
            return say("Retried undo") if self._undo else say("Retry")
        return say("Undo") if self._undo else say("Removal")

    def follows(self, origin: Origin) -> str:
        """How the run follows on another one; %1 is that one, and it is said only where there is one."""
        return self.tr("retry of run %1") if isinstance(origin, RetryOf) else self.tr("undo of run %1")

    def what_it_follows(self, origin: Origin) -> str:
        """The same in a sentence; %1 is when the other run began."""
        if not isinstance(origin, RetryOf):
            return self.tr("Puts back what the run of %1 removed")
        return self.tr("Tries again what the undo of %1 left") if self._undo else self.tr("Tries again what the run of %1 left")

    # What is about to happen

    def step(self) -> str:
        """The fourth step."""
        return say("Put back") if self._undo else say("Remove")

    def before(self) -> str:
        """Why the Confirm page should be read."""
        if self._undo:
            return say("Read this once more. After this page links are put back.")
        return say("Read this once more. After this page links are removed.")

    def to_type(self, links: int) -> str:
        """What the number is typed for; %1 is where."""
        if self._undo:
            return self.tr("Type %2 to put back %n link(s) in %1", "", links)
        return self.tr("Type %2 to remove %n link(s) in %1", "", links)

    def button(self, links: int) -> str:
        """The button that begins."""
        return (
            say_count("Put back {n} link", "Put back {n} links", links)
            if self._undo
            else say_count("Remove {n} link", "Remove {n} links", links)
        )

    def button_first(self, links: int) -> str:
        """The button that begins with a few links only."""
        if self._undo:
            return say_count("Put back {n} link, then pause", "Put back {n} links, then pause", links)
        return say_count("Remove {n} link, then pause", "Remove {n} links, then pause", links)

    def first(self, links: int) -> str:
        """What happens to the few that go first; %1 is where."""
        if self._undo:
            return self.tr("First %n link(s) are put back in %1. Then the run stops and shows them by name.", "", links)
        return self.tr("First %n link(s) are removed in %1. Then the run stops and shows them by name.", "", links)

    def first_at_work(self, links: int) -> str:
        """What goes on before the pause."""
        if self._undo:
            return say_count(
                "Putting the first {n} link back, then the run stops.",
                "Putting the first {n} links back, then the run stops.",
                links,
            )
        return say_count(
            "Removing the first {n} link, then the run stops.", "Removing the first {n} links, then the run stops.", links
        )

    def fate(self, links: int) -> str:
        """What will happen to so many links of a parent record."""
        if self._undo:
            return say_count("{n} link will be put back", "{n} links will be put back", links)
        return say_count("{n} link will be removed", "{n} links will be removed", links)

    def fate_of_one(self) -> str:
        """What will happen to a link."""
        return say("Will be put back") if self._undo else say("Will be removed")

    # What is going on

    def title(self) -> str:
        """What the run does."""
        return say("Putting links back") if self._undo else say("Removing links")

    def goes_on(self, in_flight: int) -> str:
        """What the calls do at this moment."""
        if self._undo:
            return say_count("Putting links back, {n} call on the way.", "Putting links back, {n} calls on the way.", in_flight)
        return say_count("Removing links, {n} call on the way.", "Removing links, {n} calls on the way.", in_flight)

    def in_work(self) -> str:
        """Why the window should not be closed without a thought."""
        return say("Links are being put back") if self._undo else say("Links are being removed")

    def has_the_window(self) -> str:
        """Why nothing else can be started now."""
        if self._undo:
            return say("Links are being put back. Stop that run or let it end before you begin something else.")
        return say("A removal is working. Stop it or let it end before you begin something else.")

    def holds_the_window(self) -> str:
        """Why nothing else can be started while the run is held in a pause."""
        if self._undo:
            return say("Putting links back is paused. Continue or stop it before you begin something else.")
        return say("A removal is paused. Continue or stop it before you begin something else.")

    def progress(self, done: int, total: int) -> str:
        """How far it is, to be said aloud."""
        words = self.tr("Putting links back: %1 of %2 done.") if self._undo else self.tr("Removing links: %1 of %2 done.")
        return words.replace("%1", f"{done:,}").replace("%2", f"{total:,}")

    def paused(self) -> str:
        """The title of the notice when the run waits for somebody."""
        return say("Putting links back has paused") if self._undo else say("Removing links has paused")

    # What became of it

    def ended(self, state: RunState) -> str:
        """The title of the notice at the end."""
        finished = state is RunState.FINISHED
        if self._undo:
            return say("Putting links back has finished") if finished else say("Putting links back has stopped")
        return say("Removing links has finished") if finished else say("Removing links has stopped")

    def begun(self, links: int) -> str:
        """A run that waits to be continued."""
        return (
            say_count("Your undo of {n} link", "Your undo of {n} links", links)
            if self._undo
            else say_count("Your removal of {n} link", "Your removal of {n} links", links)
        )

    def goes_on_in(self, unknown: int) -> str:
        """What continuing does; %1 is the account."""
        if unknown and self._undo:
            return self.tr("Continuing reads in %1 what became of those %n, then puts the rest back there.", "", unknown)
        if unknown:
            return self.tr("Continuing reads in %1 what became of those %n, then removes the rest there.", "", unknown)
        if self._undo:
            return self.tr("Continuing puts the links that are left back in %1.")
        return self.tr("Continuing removes the links that are left in %1.")

    def done(self, tally: Tally) -> str:
        """How many links are as the run wanted them, by its own calls."""
        if self._undo:
            return say_count("{n} link put back", "{n} links put back", tally[Outcome.RELINKED])
        return say_count("{n} link removed", "{n} links removed", tally[Outcome.DELINKED])

    def done_in_short(self, tally: Tally) -> str:
        """The same in a narrow list."""
        if self._undo:
            return say_count("{n} put back", "{n} put back", tally[Outcome.RELINKED])
        return say_count("{n} removed", "{n} removed", tally[Outcome.DELINKED])

    def counts(self, tally: Tally) -> list[str]:
        """Every outcome that occurred, each with its count; the first one always."""
        others = {
            Outcome.NOT_LINKED: say_count("{n} was not linked", "{n} were not linked", tally[Outcome.NOT_LINKED]),
            Outcome.ALREADY_LINKED: say_count(
                "{n} was linked again already", "{n} were linked again already", tally[Outcome.ALREADY_LINKED]
            ),
            Outcome.REFUSED: say_count("{n} refused", "{n} refused", tally[Outcome.REFUSED]),
            Outcome.UNKNOWN: say_count("{n} not confirmed", "{n} not confirmed", tally[Outcome.UNKNOWN]),
            Outcome.NOT_ATTEMPTED: say_count("{n} not sent", "{n} not sent", tally[Outcome.NOT_ATTEMPTED]),
        }
        return [self.done(tally), *(words for outcome, words in others.items() if tally[outcome])]

    def summary(self, tally: Tally) -> str:
        """The counts in one line of a notice."""
        parts = self.counts(Tally({one: tally[one] for one in Outcome if one not in OPEN_OUTCOMES}))
        if need_you := sum(tally[outcome] for outcome in OPEN_OUTCOMES):
            parts.append(say_count("{n} need you", "{n} need you", need_you))
        return ", ".join(parts) + "."
