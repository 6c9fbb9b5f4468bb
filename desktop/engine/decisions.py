"""Defines what follows an answer: changes to write, and a list of small steps that the coordinator carries out in order.

A judge (judging.py, relink.py) makes a decision and does nothing else; the coordinator (runner.py) carries it out and decides
nothing. So to handle a new answer of the CRM, write a function that returns a decision, and its test. The coordinator has to be
changed only if none of the steps below fits.
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

# What reads prove of a link. Outcomes with a message of Zoho's are made in judging.py, where that message is at hand.
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
    """The CRM works and has room for calls. With ``to_removal`` it carried out the call itself, so refusals in a row are over."""

    to_removal: bool = False


@dataclass(frozen=True, slots=True)
class SendCopied:
    """Send these links of each batch: a read showed that they may be sent, so they need no further one."""

    parts: tuple[tuple[Batch, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class ReadOtherwise:
    """Read the lists of these batches in another way before they are sent, because this read showed only a part of them."""

    batches: tuple[Batch, ...]


@dataclass(frozen=True, slots=True)
class Halve:
    """Send the batch in two halves. Zoho refuses a whole call for one bad ID; halving repeats until that ID stands alone."""

    batch: Batch


@dataclass(frozen=True, slots=True)
class OtherSide:
    """Do this task of a reversed call from the sheet's own side."""

    task: Task


@dataclass(frozen=True, slots=True)
class StopReversing:
    """Send all calls of this relation as in the sheet from now on, because every reversed one would be refused like this one."""

    relation: Relation


@dataclass(frozen=True, slots=True)
class SendAgain:
    """Send these links of the batch once more: they are still as they were before the call."""

    batch: Batch
    links: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadLater:
    """Read these links of the batch ``after_s`` seconds from now, because what became of them is open."""

    batch: Batch
    links: tuple[int, ...]
    after_s: float = READ_AFTER_LOSS_S


@dataclass(frozen=True, slots=True)
class RefusedRunWide:
    """Count a refusal that every call would meet; the third in a row pauses the run with the cause ``pause_for``."""

    pause_for: CauseCode = CauseCode.REFUSED_THREE_TIMES


@dataclass(frozen=True, slots=True)
class Wait:
    """Send nothing for a while, then do the task first.

    ``asked_s`` is the number of seconds that the CRM asked for, if it did; ``trouble`` is a clause that says why the CRM cannot
    be reached.
    """

    task: Task
    cause: CauseCode
    asked_s: float | None = None
    trouble: Text | str = ""


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """Make a read that proved nothing again, a little later; write ``give_up`` instead once it was tried often enough."""

    task: Task
    give_up: Settled | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Pause the run; ``then`` is the task that it does first when it goes on."""

    cause: CauseCode
    then: Task | None = None


@dataclass(frozen=True, slots=True)
class Fail:
    """End the run with this error, a fault of the program, as soon as everything that is known is on the disk."""

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
    """What follows an answer. ``changes`` are written before anybody hears of the answer or of the ``steps`` that follow."""

    changes: tuple[Change, ...] = ()
    steps: tuple[Step, ...] = ()

    def steps_of_kind(self, kind: type[OneStep]) -> list[OneStep]:
        return [step for step in self.steps if isinstance(step, kind)]

    @property
    def repeats_its_task(self) -> bool:
        """True when nothing came of the task yet, because it is done again after a wait or a pause."""
        return any(
            isinstance(step, Wait | ReadAgain) or (isinstance(step, Pause) and step.then is not None) for step in self.steps
        )
