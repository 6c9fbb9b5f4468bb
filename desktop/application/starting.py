"""Starts a run of a sheet, of what an earlier run left, or of what it removed; and goes on with a run of an earlier start.

A new run stands on disk before anything is sent, and it is read back from there (:meth:`StartedRuns.create` returns what it
read): what is sent is what the disk has, so that a program that dies leaves a record of exactly the plan that it followed.
That is the one reading of a new run's journal. Whoever works on the run, writes its results or looks at them afterwards goes
on with this record.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from typing import Protocol

from desktop.application.accounts import belongs_to_practice
from desktop.application.custom_relations import check_offered
from desktop.application.new_runs import NewRunPorts, NewRuns, new_run
from desktop.application.result_files import OWN_FOLDER, ResultFiles, ResultPorts, ResultRuns, ResultsRequest
from desktop.application.retrying import EarlierRuns, Retry, check_may_resume, check_may_retry, settle_earlier, start_retry
from desktop.application.serving import AccountOffer, AccountPorts, OpenAccount, PracticeSignIn, account_of_run
from desktop.application.undoing import Undo, start_undo
from desktop.domain.connections import Connection
from desktop.domain.findings import Findings
from desktop.domain.operations import Operation
from desktop.domain.outcomes import Outcome
from desktop.domain.planning.plans import Plan
from desktop.domain.readings import SheetLinks
from desktop.domain.runs import RunFacts, RunState, RunSummary, check_same_place
from desktop.engine.control import RunControl
from desktop.engine.ports import RunJournal

__all__ = [
    "OnWait",
    "OpenRun",
    "Retry",
    "RunRequest",
    "SeededPractice",
    "StartPorts",
    "StartedRuns",
    "Undo",
    "finished_run",
    "newest_unfinished",
    "resume_run",
    "start_run",
]

OnWait = Callable[[float], None]
"""Gets the seconds that are left until a lost answer can be settled, about once a second."""


class StartedRuns(NewRuns, EarlierRuns, ResultRuns, Protocol):
    """The runs of this computer, as far as one is started or gone on with."""

    def stored_summary(self, run: str) -> RunSummary | None:
        """What the run's own summary says, without a look at its journal; None where there is none that can be read."""
        ...


class SeededPractice(PracticeSignIn, Protocol):
    """The practice CRM, as far as a sheet is tried out in it."""

    def seed(self, sheet: SheetLinks) -> None:
        """Put the sheet's links in, but those that were put in before."""
        ...


class StartPorts(NewRunPorts, ResultPorts, AccountPorts, Protocol):
    """What it takes to start a run or to go on with one."""

    @property
    def runs(self) -> StartedRuns: ...
    @property
    def practice(self) -> SeededPractice: ...


@dataclass(frozen=True)
class RunRequest:
    """A run as somebody confirmed it: its links and its calls.

    ``findings`` are those of a look at the links before. A run of what an earlier one left has a ``retry``, one that puts
    back what it removed an ``undo``; at most one of the two is there.
    """

    sheet: SheetLinks
    plan: Plan
    safety_copy: bool = True
    findings: Findings | None = None
    retry: Retry | None = None
    undo: Undo | None = None

    @property
    def operation(self) -> Operation:
        """What the run would do to its links."""
        if self.undo is not None:
            return self.undo.operation
        return Operation.REMOVE if self.retry is None else self.retry.parent.operation

    @property
    def parent(self) -> RunFacts | None:
        """The run that this one would retry or undo."""
        origin = self.undo or self.retry
        return None if origin is None else origin.parent


class OpenRun:
    """A run with its lock and the account that serves it, ready to be worked on; a context manager that lets go of both."""

    def __init__(self, book: RunJournal, account: OpenAccount) -> None:
        self.book, self.account = book, account

    def close(self) -> None:
        """Let go of the run, and of the account after it."""
        try:
            self.book.close()
        finally:
            self.account.close()

    def __enter__(self) -> "OpenRun":
        return self

    def __exit__(self, *args: object) -> None:
        self.close()


def start_run(
    ports: StartPorts,
    request: RunRequest,
    account: OpenAccount,
    control: RunControl,
    on_wait: OnWait = lambda _: None,
) -> OpenRun:
    """Put a run on disk, ready to be worked on; the account is closed with it.

    First the answers that earlier runs with the same links lost are settled, but for an undo, which reads every link before
    it sends anything. A run that is retried is closed for good. Raises RunElsewhere, RunReplaced, HiddenRowsOpen,
    LookElsewhere, LookOutdated, RelationNotOffered, LinksUnconfirmed, RunInUse, JournalUnwritable and the CrmError leaves;
    nothing was sent then.
    """
    connection = account.connection
    check_offered(account.crm, request.sheet.relations)
    if request.undo is not None:
        return OpenRun(start_undo(ports, replace(request.undo, plan=request.plan), connection), account)
    if belongs_to_practice(connection) and not request.operation.ends_linked:
        ports.practice.seed(request.sheet)
    if request.retry is not None:
        check_same_place(request.retry.parent, connection)
    around: Callable[[RunJournal], AbstractContextManager[object]] = ResultFiles(ports).kept_true
    settle_earlier(ports, request.sheet, account.crm, control, on_wait, connection, around)
    return OpenRun(_created(ports, request, connection), account)


def _created(ports: StartPorts, request: RunRequest, connection: Connection) -> RunJournal:
    copy = request.safety_copy
    if request.retry is None:
        return new_run(ports, request.sheet, request.plan, connection, safety_copy=copy, findings=request.findings)
    with ports.runs.open(request.retry.parent.run) as parent:
        check_may_retry(parent, ports.runs.summaries())
        return start_retry(ports, parent, replace(request.retry, plan=request.plan), connection, safety_copy=copy)


def finished_run(ports: StartPorts, run: str) -> RunJournal | None:
    """The record of a run in which nothing is left to be done, to be looked at and closed; None where something is left.

    Nothing is left of a run that is finished where every link has an outcome that is proven and no call is open. Its summary
    is asked first, so that the journal of a large run that goes on is not read twice, and that of a damaged one is left to
    whoever opens it. Raises RunReplaced where a retry has taken over what the run left, and what looking at a run raises.
    """
    told = ports.runs.stored_summary(run)
    if told is None or told.state is not RunState.FINISHED or told.tally[Outcome.UNKNOWN]:
        return None
    with ExitStack() as otherwise:
        record = otherwise.enter_context(ports.runs.look_at(run))
        check_may_resume(record, ports.runs.summaries())
        ledger = record.ledger
        is_open = ledger.untouched or ledger.open_batches() or ledger.with_outcome(Outcome.UNKNOWN)
        if ledger.state is RunState.FINISHED and not is_open:
            otherwise.pop_all()
            return record
    return None


def resume_run(ports: StartPorts, run: str, offer: AccountOffer, results: ResultsRequest = OWN_FOLDER) -> OpenRun:
    """Open a run of an earlier start and its account, ready to be worked on.

    Raises RunReplaced where a retry has taken over what it left, what opening a run raises, what account_of_run raises,
    RelationNotOffered where the account does not offer the run's relation any more, and what checking the place of its
    results raises.
    """
    with ExitStack() as at_fault:
        book = at_fault.enter_context(ports.runs.open(run))
        ResultFiles(ports).check_request(results, book.facts.sheet_path)
        check_may_resume(book, ports.runs.summaries())
        account = at_fault.enter_context(account_of_run(ports, book.facts, offer))
        check_offered(account.crm, book.links.relations)
        at_fault.pop_all()
        return OpenRun(book, account)


def newest_unfinished(ports: ResultPorts) -> str | None:
    """The newest run that is not finished or has links that are not confirmed."""
    waiting = (one.run for one in ports.runs.summaries() if one.state is not RunState.FINISHED or one.tally[Outcome.UNKNOWN])
    return next(waiting, None)
