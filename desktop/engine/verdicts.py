"""What an answer can mean for the run: the words that the judges speak in, and what a refusal of every call is."""

from dataclasses import dataclass, field

from desktop.domain.causes import CauseCode
from desktop.domain.errors import CrmBusy, CrmUnreachable
from desktop.domain.outcomes import LinkOutcome, Outcome
from desktop.domain.pacing import READ_AFTER_LOSS_S
from desktop.domain.plans import Batch
from desktop.domain.runs import Change, Settled
from desktop.engine.workload import Task

ABSENT = LinkOutcome(Outcome.NOT_LINKED, CauseCode.ABSENT_BEFORE)
PROVEN = LinkOutcome(Outcome.DELINKED, CauseCode.REMOVED_PROVEN)
GONE = LinkOutcome(Outcome.NOT_LINKED, CauseCode.GONE_UNPROVEN)
GONE_MEANWHILE = LinkOutcome(Outcome.NOT_LINKED, CauseCode.GONE_MEANWHILE)
STILL_THERE = LinkOutcome(Outcome.REFUSED, CauseCode.STILL_LINKED)
PUT_BACK_PROVEN = LinkOutcome(Outcome.RELINKED, CauseCode.PUT_BACK_PROVEN)
LINKED_AGAIN = LinkOutcome(Outcome.ALREADY_LINKED, CauseCode.LINKED_AGAIN)
STILL_MISSING = LinkOutcome(Outcome.REFUSED, CauseCode.STILL_NOT_LINKED)

# What a refusal of the call's own address says: the parent, the list, the module, the version. No other call there fares better.
ADDRESS_CAUSES = frozenset(
    {
        CauseCode.PARENT_NOT_FOUND,
        CauseCode.LIST_NOT_FOUND,
        CauseCode.MODULE_NOT_SUPPORTED,
        CauseCode.ADDRESS_WRONG,
        CauseCode.VERSION_NOT_SUPPORTED,
    }
)


@dataclass(slots=True)
class Verdict:
    """What to write, and what follows.

    ``halve``, ``turn``: send the batch in halves, or do the task from the sheet's own side (``turn_all``: so the whole relation).
    ``send_on``: these links of batches were read and may be sent; ``copy_on``: batches of which not all was read yet.
    ``send_again``, ``look_at``: these links of a batch, now, or by a read after ``look_after_s``. ``try_again``: the same task,
    after the wait that ``busy`` or ``unreachable`` asks for, after the pause, or a little later; ``give_up`` is what to
    write when it was tried often enough. ``run_wide``: the refusal would meet every call; ``pause_for`` when three did.
    ``fault``: the program is wrong; the run ends as soon as what is known is on disk.
    """

    changes: list[Change] = field(default_factory=list)
    halve: Batch | None = None
    turn: Task | None = None
    turn_all: bool = False
    send_on: list[tuple[Batch, list[int]]] = field(default_factory=list)
    copy_on: list[Batch] = field(default_factory=list)
    send_again: tuple[Batch, list[int]] | None = None
    look_at: tuple[Batch, list[int]] | None = None
    look_after_s: float = READ_AFTER_LOSS_S
    try_again: Task | None = None
    give_up: Settled | None = None
    good: bool = False
    call_answered: bool = False
    run_wide_refusal: bool = False
    pause_for: CauseCode = CauseCode.REFUSED_THREE_TIMES
    busy: CrmBusy | None = None
    unreachable: CrmUnreachable | None = None
    pause: CauseCode | None = None
    fault: Exception | None = None
