"""The sentences in which a run that removes links and one that puts them back differ, side by side.

Pages, lists and notices ask for them here, so that one page serves both.
"""

from datetime import datetime

from desktop.domain.operations import Operation
from desktop.domain.origins import Origin, RetryOf
from desktop.domain.outcomes import OPEN_OUTCOMES, Outcome, Tally
from desktop.domain.runs import RunState
from desktop.domain.texts import Text
from desktop.words import say, say_as, say_count
from desktop.words.joining import enumerated


class RunWords:
    """The words of an operation; made when they are needed."""

    def __init__(self, operation: Operation) -> None:
        self._undo = operation.ends_linked

    def name(self, origin: Origin) -> str:
        """What the run is, in a list of runs."""
        if isinstance(origin, RetryOf):
            return say("Retried undo") if self._undo else say("Retry")
        return say("Undo") if self._undo else say("Removal")

    def name_of_following(self, origin: Origin, before: str | datetime) -> str:
        """The same with the run that it follows: by when that began, or by its name."""
        if isinstance(origin, RetryOf):
            return say("Retried undo of {run}", run=before) if self._undo else say("Retry of {run}", run=before)
        return say("Undo of {run}", run=before)

    def follows(self, origin: Origin, run: str) -> str:
        """How the run follows on the one that is named; said only where there is one."""
        return say("retry of run {run}", run=run) if isinstance(origin, RetryOf) else say("undo of run {run}", run=run)

    def what_it_follows(self, origin: Origin, when: datetime) -> str:
        """The same in a sentence, by when the other run began."""
        if not isinstance(origin, RetryOf):
            return say("Puts back what the run of {when} removed", when=when)
        if self._undo:
            return say("Tries again what the undo of {when} left", when=when)
        return say("Tries again what the run of {when} left", when=when)

    # What is about to happen

    def step(self) -> str:
        """Name the fourth step."""
        return say_as("a step: what will be done", "Put back") if self._undo else say("Remove")

    def before(self) -> str:
        """Why the Confirm page should be read."""
        if self._undo:
            return say("Read this once more. After this page links are put back.")
        return say("Read this once more. After this page links are removed.")

    def to_type(self, links: int, place: str | Text) -> str:
        """What the number is typed for, and where. The number to type stands without groups, as it has to be typed."""
        number = str(links)
        if self._undo:
            return say_count(
                "Type {number} to put back {n} link in {place}",
                "Type {number} to put back {n} links in {place}",
                links,
                number=number,
                place=place,
            )
        return say_count(
            "Type {number} to remove {n} link in {place}",
            "Type {number} to remove {n} links in {place}",
            links,
            number=number,
            place=place,
        )

    def button(self, links: int) -> str:
        """Name the button that begins the run."""
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

    def first(self, links: int, place: str | Text) -> str:
        """What happens to the few that go first."""
        if self._undo:
            return say_count(
                "First {n} link is put back in {place}. Then the run stops and shows it by name.",
                "First {n} links are put back in {place}. Then the run stops and shows them by name.",
                links,
                place=place,
            )
        return say_count(
            "First {n} link is removed in {place}. Then the run stops and shows it by name.",
            "First {n} links are removed in {place}. Then the run stops and shows them by name.",
            links,
            place=place,
        )

    def first_at_work(self, links: int) -> str:
        """Say what goes on until the run pauses after its first links."""
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
        """Say what will happen to a link."""
        return say("Will be put back") if self._undo else say("Will be removed")

    # What is going on

    def title(self) -> str:
        """Say what the run does, as the title of a page."""
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
        if self._undo:
            return say("Putting links back: {done} of {total} done.", done=done, total=total)
        return say("Removing links: {done} of {total} done.", done=done, total=total)

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

    def begun(self, links: int, *, is_paused: bool, done: int, when: datetime, place: str | Text) -> str:
        """A run that waits to be continued: of how many links it is, when and where it began, and after how many it stopped."""
        if self._undo and is_paused:
            return say_count(
                "Your undo of {n} link ({when}, {place}) was paused after {done}.",
                "Your undo of {n} links ({when}, {place}) was paused after {done}.",
                links,
                when=when,
                place=place,
                done=done,
            )
        if self._undo:
            return say_count(
                "Your undo of {n} link ({when}, {place}) stopped after {done}.",
                "Your undo of {n} links ({when}, {place}) stopped after {done}.",
                links,
                when=when,
                place=place,
                done=done,
            )
        if is_paused:
            return say_count(
                "Your removal of {n} link ({when}, {place}) was paused after {done}.",
                "Your removal of {n} links ({when}, {place}) was paused after {done}.",
                links,
                when=when,
                place=place,
                done=done,
            )
        return say_count(
            "Your removal of {n} link ({when}, {place}) stopped after {done}.",
            "Your removal of {n} links ({when}, {place}) stopped after {done}.",
            links,
            when=when,
            place=place,
            done=done,
        )

    def goes_on_in(self, unknown: int, place: str | Text) -> str:
        """What continuing does, and in which account."""
        if unknown and self._undo:
            return say_count(
                "Continuing reads in {place} what became of that one, then puts the rest back there.",
                "Continuing reads in {place} what became of those {n}, then puts the rest back there.",
                unknown,
                place=place,
            )
        if unknown:
            return say_count(
                "Continuing reads in {place} what became of that one, then removes the rest there.",
                "Continuing reads in {place} what became of those {n}, then removes the rest there.",
                unknown,
                place=place,
            )
        if self._undo:
            return say("Continuing puts the links that are left back in {place}.", place=place)
        return say("Continuing removes the links that are left in {place}.", place=place)

    def done(self, tally: Tally) -> str:
        """How many links are as the run meant them to be, by its own calls."""
        if self._undo:
            return say_count("{n} link put back", "{n} links put back", tally[Outcome.RELINKED])
        return say_count("{n} link removed", "{n} links removed", tally[Outcome.DELINKED])

    def done_of(self, done: int, asked: int) -> str:
        """How many of the links that were confirmed are as the run meant them to be."""
        if self._undo:
            return say_count("{done} of {n} link put back", "{done} of {n} links put back", asked, done=done)
        return say_count("{done} of {n} link removed", "{done} of {n} links removed", asked, done=done)

    def done_in_short(self, tally: Tally) -> str:
        """Say what is done, in as few words as a narrow list takes."""
        if self._undo:
            return say_count("{n} put back", "{n} put back", tally[Outcome.RELINKED])
        return say_count("{n} removed", "{n} removed", tally[Outcome.DELINKED])

    def counts(self, tally: Tally) -> list[str]:
        """Every outcome that occurred, each with its count; the first one always."""
        return [self.done(tally), *(_other(outcome, tally[outcome]) for outcome in _OTHERS if tally[outcome])]

    def counts_in_a_sentence(self, tally: Tally, *more: str) -> str:
        """The same as one sentence, with further counts at its end."""
        return say("{counts}.", counts=enumerated([*self.counts(tally), *more]))

    def summary(self, tally: Tally) -> str:
        """The counts in one line of a notice; those that need somebody are counted together."""
        need_you = sum(tally[outcome] for outcome in OPEN_OUTCOMES)
        settled = Tally({one: tally[one] for one in Outcome if one not in OPEN_OUTCOMES})
        return self.counts_in_a_sentence(
            settled, say_count("{n} needs your attention", "{n} need your attention", need_you) if need_you else ""
        )


_OTHERS = (Outcome.NOT_LINKED, Outcome.ALREADY_LINKED, Outcome.REFUSED, Outcome.UNKNOWN, Outcome.NOT_ATTEMPTED)


def _other(outcome: Outcome, count: int) -> str:
    """How many links a run left in another way than it was to leave them."""
    match outcome:
        case Outcome.NOT_LINKED:
            return say_count("{n} was not linked", "{n} were not linked", count)
        case Outcome.ALREADY_LINKED:
            return say_count("{n} was linked again already", "{n} were linked again already", count)
        case Outcome.REFUSED:
            return say_count("{n} refused", "{n} refused", count)
        case Outcome.UNKNOWN:
            return say_count("{n} not confirmed", "{n} not confirmed", count)
    return say_count("{n} not sent", "{n} not sent", count)
