"""Before an undo: what became of the run's last calls is settled, then a run of its own is made that puts its links back.

An undo holds the links that the run removed, with the fields of their own from its safety copy, so it can go on even if
the run itself is forgotten meanwhile. What cannot come back: the dates of the links, what workflows did, and links of
records that were deleted.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from desktop.application.new_runs import NewRunPorts, run_with_copy
from desktop.domain.connections import Connection
from desktop.domain.errors import UndoImpossible
from desktop.domain.ledger import RunRecord
from desktop.domain.operations import Operation
from desktop.domain.origins import UndoOf
from desktop.domain.outcomes import LinkFields, Outcome
from desktop.domain.parts import part_of
from desktop.domain.planning.plans import Plan, make_plan
from desktop.domain.readings import SheetLinks
from desktop.domain.runs import RunFacts
from desktop.domain.texts import Text
from desktop.engine.ages import LossAges
from desktop.engine.control import RunControl
from desktop.engine.ports import Clock, Crm, RunJournal
from desktop.engine.settle import ReadBack, give_up_open_calls, wait_out_losses


@dataclass(frozen=True)
class Undo:
    """What an undo would do: the links as a sheet of their own, the calls, and each link's own fields by its new number.

    ``parent_links`` counts all links of the run, ``removed`` those that it removed, ``put_back`` those of them that earlier
    undos put back, ``unconfirmed`` those of which nothing is proven: they are not touched.
    Links of the sheet that the plan leaves out stay as they are.
    """

    parent: RunFacts
    operation: Operation
    sheet: SheetLinks
    plan: Plan
    fields: Mapping[int, LinkFields]
    parent_links: int
    unconfirmed: int
    removed: int
    put_back: int = 0


def check_may_undo(facts: RunFacts) -> Operation:
    """The operation that undoes the run. Raises UndoImpossible for one without a safety copy, and for one that put links back."""
    if facts.operation.undone_by is None:
        raise UndoImpossible(facts.run, Text("run-put-links-back"))
    if not facts.safety_copy:
        raise UndoImpossible(facts.run, Text("run-took-no-copy"))
    return facts.operation.undone_by


def settle_before_undo(
    book: RunJournal, crm: Crm, clock: Clock, control: RunControl, told: Callable[[float], None] = lambda _: None
) -> bool:
    """Wait until lost calls can no longer take effect, then read what became of them; False when the control says stop.

    ``told`` gets the seconds that it still waits. Raises as :func:`desktop.engine.settle.verify` does.
    """
    give_up_open_calls(book, clock.now())
    ages = LossAges(clock, book.ledger)
    if not wait_out_losses(book.ledger, clock, control, told, ages=ages):
        return False
    if links := book.ledger.with_outcome(Outcome.UNKNOWN):
        ReadBack(book, crm, clock, control, ages=ages).read(links)
    return not control.stopping


def undo_of(record: RunRecord, chosen: Collection[int] | None = None, put_back: Collection[int] = ()) -> Undo:
    """An undo of what the run removed, or of the ``chosen`` links among it, less what earlier undos have ``put_back``.

    Raises UndoImpossible, JournalDamaged.
    """
    operation = check_may_undo(record.facts)
    removed = set(record.ledger.with_outcome(record.facts.operation.done))
    if removed and removed <= set(put_back):
        raise UndoImpossible(record.facts.run, Text("run-undone-already"))
    to_restore = removed - set(put_back)
    to_restore = to_restore if chosen is None else to_restore & set(chosen)
    copies = {link: fields for link, fields in record.safety_copy() if link in to_restore}
    if not copies:
        name = "run-removed-no-link" if chosen is None else "run-removed-none-of-these"
        raise UndoImpossible(record.facts.run, Text(name))
    sheet = part_of(record, list(copies))
    plan = make_plan(sheet.links, numbers=range(len(sheet.links)))
    unconfirmed = len(record.ledger.with_outcome(Outcome.UNKNOWN))
    fields, back = dict(enumerate(copies.values())), len(removed & set(put_back))
    return Undo(record.facts, operation, sheet, plan, fields, len(record.links), unconfirmed, len(removed), back)


def start_undo(ports: NewRunPorts, undo: Undo, connection: Connection) -> RunJournal:
    """Put the undo on disk, ready to start. Raises JournalUnwritable, and RunElsewhere for another account than the run's."""
    origin = UndoOf(undo.parent.run)
    return run_with_copy(ports, undo.parent, undo.operation, origin, undo.sheet, undo.plan, undo.fields, connection)
