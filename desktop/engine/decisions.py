"""What follows an answer: changes to write, and a list of small steps that the coordinator takes in their order.

A judge (judging.py, relink.py) makes the decision and does nothing; the coordinator (runner.py) carries it out and decides
nothing. A new answer of the CRM is a function that returns a decision, and a test of it. Each step below says what it is for;
only where no step there fits does the coordinator need to learn a new one.
"""

from dataclasses import dataclass
from typing import TypeVar

from desktop.domain.causes import CauseCode
from desktop.domain.outcomes import LinkOutcome, Outcome
from desktop.domain.pacing import READ_AFTER_LOSS_S
from desktop.domain.planning.plans import Batch
from desktop.domain.relations import Relation
from desktop.domain.runs import Change, Settled
from desktop.domain.texts import Text
from desktop.engine.workload import Task

ABSENT = LinkOutcome(Outcome.NOT_LINKED, CauseCode.ABSENT_BEFORE)
PROVEN = LinkOutcome(Outcome.DELINKED, CauseCode.REMOVED_PROVEN)
GONE = LinkOutcome(Outcome.NOT_LINKED, CauseCode.GONE_UNPROVEN)
GONE_MEANWHILE = LinkOutcome(Outcome.NOT_LINKED, CauseCode.GONE_MEANWHILE)
STILL_THERE = LinkOutcome(Outcome.REFUSED, CauseCode.STILL_LINKED)
PUT_BACK_PROVEN = LinkOutcome(Outcome.RELINKED, CauseCode.PUT_BACK_PROVEN)
LINKED_AGAIN = LinkOutcome(Outcome.ALREADY_LINKED, CauseCode.LINKED_AGAIN)
STILL_MISSING = LinkOutcome(Outcome.REFUSED, CauseCode.STILL_NOT_LINKED)


@dataclass(frozen=True, slots=True)
class Answered:
    """The CRM works and has room. With ``to_removal`` it answered the call itself, so refusals in a row are over."""

    to_removal: bool = False


@dataclass(frozen=True, slots=True)
class SendCopied:
    """A read showed that these links of each batch may be sent; they need no further read."""

    parts: tuple[tuple[Batch, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class ReadOtherwise:
    """The read showed only a part of these batches; their lists have to be read in another way before they are sent."""

    batches: tuple[Batch, ...]


@dataclass(frozen=True, slots=True)
class Halve:
    """One of the IDs was not taken; the batch is sent in two halves until the bad one stands alone."""

    batch: Batch


@dataclass(frozen=True, slots=True)
class OtherSide:
    """Do this task of a reversed call from the sheet's own side."""

    task: Task


@dataclass(frozen=True, slots=True)
class StopReversing:
    """Every reversed call of this relation would be refused alike, so all of them go as in the sheet from now on."""

    relation: Relation


@dataclass(frozen=True, slots=True)
class SendAgain:
    """These links of the batch are still as they were before the call, so they may be sent once more."""

    batch: Batch
    links: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadLater:
    """The fate of these links of the batch is open; they are read ``after_s`` seconds from now."""

    batch: Batch
    links: tuple[int, ...]
    after_s: float = READ_AFTER_LOSS_S


@dataclass(frozen=True, slots=True)
class RefusedRunWide:
    """A refusal that would meet every call; the third in a row pauses the run for ``pause_for``."""

    pause_for: CauseCode = CauseCode.REFUSED_THREE_TIMES


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing may be sent for a while; then the task is done first.

    ``asked_s`` is the number of seconds that the CRM asked for; ``trouble`` is a clause that says what keeps it out of reach.
    """

    task: Task
    cause: CauseCode
    asked_s: float | None = None
    trouble: Text | str = ""


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """The read proved nothing and is made again a little later; ``give_up`` is written when it was made often enough."""

    task: Task
    give_up: Settled | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """The run pauses; ``then`` is the task that it does first when it goes on."""

    cause: CauseCode
    then: Task | None = None


@dataclass(frozen=True, slots=True)
class Fail:
    """The program is wrong: the run ends with this error as soon as everything that is known is on the disk."""

    error: Exception


Step = (
    Answered
    | SendCopied
    | ReadOtherwise
    | Halve
    | OtherSide
    | StopReversing
    | SendAgain
    | ReadLater
    | RefusedRunWide
    | Wait
    | ReadAgain
    | Pause
    | Fail
)
OneStep = TypeVar("OneStep", bound=Step)


@dataclass(frozen=True, slots=True)
class Decision:
    """``changes`` are written before anybody is told of the answer, or of what follows it."""

    changes: tuple[Change, ...] = ()
    steps: tuple[Step, ...] = ()

    def of_kind(self, kind: type[OneStep]) -> list[OneStep]:
        """Those of the steps that are of this kind."""
        return [step for step in self.steps if isinstance(step, kind)]

    @property
    def repeats_its_task(self) -> bool:
        """True when the same task is done again after a wait or a pause, so nothing came of it yet."""
        return any(
            isinstance(step, Wait | ReadAgain) or (isinstance(step, Pause) and step.then is not None) for step in self.steps
        )
