"""What may follow on a run: its links are read again, what it left is tried again, or what it removed is put back.

Each begins with reads, and the run's own record is told what they prove. The run is let go of before anybody is asked
whether to go on: a person may take an hour over that, and another program may need the run meanwhile. Whatever is started
then (starting.py) looks at the run once more.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Protocol

from desktop.application.result_files import OWN_FOLDER, ResultFiles, ResultPorts, ResultRuns, ResultsRequest, WrittenResults
from desktop.application.retrying import Retry, check_may_retry, retry_of, settle_unknown
from desktop.application.serving import AccountOffer, AccountPorts, OpenAccount, account_of_run
from desktop.application.starting import OnWait
from desktop.application.undoing import Undo, check_may_undo, settle_before_undo, undo_of
from desktop.application.undone_links import Pair, put_back_links
from desktop.domain.errors import LinksUnconfirmed, RunNotOpenable
from desktop.domain.ledger import RunRecord
from desktop.domain.outcomes import Outcome
from desktop.domain.texts import Text
from desktop.engine.control import RunControl
from desktop.engine.ports import Clock, RunJournal
from desktop.engine.read_only_book import ReadOnlyJournal
from desktop.engine.settle import Verification, verify

__all__ = [
    "FollowUpPorts",
    "Verification",
    "VerifiedRun",
    "VerifyListener",
    "prepare_retry",
    "prepare_undo",
    "verify_run",
]


class FollowedRuns(ResultRuns, Protocol):
    """The runs of this computer, as far as something follows on one."""

    def open(self, run: str) -> RunJournal:
        """A run to go on with. Raises RunNotFound, RunInUse, RunNotOpenable, JournalDamaged."""
        ...


class FollowUpPorts(ResultPorts, AccountPorts, Protocol):
    """What it takes to read a run's links again and to plan what follows."""

    @property
    def runs(self) -> FollowedRuns: ...
    @property
    def clock(self) -> Clock: ...


@dataclass(frozen=True)
class VerifiedRun:
    """``record`` can still be asked for its links, not for its rows. ``has_settled``: some links that were not
    confirmed are now. ``written`` tells where its results are, if they were written."""

    record: RunRecord
    found: Verification
    has_settled: bool
    written: WrittenResults | None = None


class VerifyListener:
    """Hears of a reading; every method may be left as it is."""

    def reading(self, record: RunRecord, account: OpenAccount) -> None:
        """The links of this run are read now, in this account."""

    def unwritable(self, why: Text | str) -> None:
        """The run's record cannot be written: what is read is told and not kept."""

    def links_read(self, links: int) -> None:
        """Tell that so many links are read."""

    def lines_written(self, done: int, total: int) -> None:
        """So many lines of so many stand in the results."""


def prepare_retry(
    ports: FollowUpPorts,
    run: str,
    offer: AccountOffer,
    control: RunControl,
    on_wait: OnWait = lambda _: None,
    *,
    changed_since: Collection[int] = (),
    results: ResultsRequest = OWN_FOLDER,
) -> tuple[Retry, OpenAccount]:
    """Settle what a run's last calls became, then plan what it left and what was read as ``changed_since`` since.

    Returns the plan and the account, which is still open. Raises NothingToRetry, RunReplaced, LinksUnconfirmed, what opening
    a run raises, and what account_of_run raises; what was read is kept.
    """

    def check(book: RunJournal) -> None:
        check_may_retry(book, ports.runs.summaries())

    with _followed(ports, run, offer, results, check) as (book, account):
        with ResultFiles(ports).kept_true(book):
            settle_unknown(book, account.crm, ports.clock, control, on_wait)
        return retry_of(book, changed_since), account


def prepare_undo(
    ports: FollowUpPorts,
    run: str,
    offer: AccountOffer,
    control: RunControl,
    on_wait: OnWait = lambda _: None,
    *,
    gone_again: Collection[Pair] = (),
    results: ResultsRequest = OWN_FOLDER,
) -> tuple[Undo, OpenAccount]:
    """Settle the answers that a run lost, as soon as that may begin, then plan to put back what it removed.

    What earlier undos put back is left out, but for links that a reading found ``gone_again``. Returns the plan and the
    account, which is still open. Raises UndoImpossible, LinksUnconfirmed where the control says stop, what opening a run
    raises, and what account_of_run raises; what was read is kept.
    """

    def check(book: RunJournal) -> None:
        check_may_undo(book.facts)

    with _followed(ports, run, offer, results, check) as (book, account):
        with ResultFiles(ports).kept_true(book):
            is_settled = settle_before_undo(book, account.crm, ports.clock, control, on_wait)
        if not is_settled:
            raise LinksUnconfirmed(run, len(book.ledger.with_outcome(Outcome.UNKNOWN)))
        return undo_of(book, put_back=put_back_links(ports.runs, book, gone_again)), account


@contextmanager
def _followed(
    ports: FollowUpPorts, run: str, offer: AccountOffer, results: ResultsRequest, check: Callable[[RunJournal], object]
) -> Iterator[tuple[RunJournal, OpenAccount]]:
    """A run that another one is to follow on, with its account, which stays open where nothing is raised.

    Nobody is signed in to the account before it is known that the results may be written and that ``check`` lets the run be
    followed on; it raises otherwise.
    """
    with ExitStack() as at_fault, ports.runs.open(run) as book:
        ResultFiles(ports).check_request(results, book.facts.sheet_path)
        check(book)
        account = at_fault.enter_context(account_of_run(ports, book.facts, offer))
        yield book, account
        at_fault.pop_all()


def verify_run(
    ports: FollowUpPorts,
    run: str,
    offer: AccountOffer,
    control: RunControl,
    listener: VerifyListener,
    results: ResultsRequest = OWN_FOLDER,
) -> VerifiedRun:
    """Read the links of a run again; what that proves of links that were not confirmed is written into its record.

    Its results are written anew where something was settled, and where a place for them is named. Raises what opening a run
    raises, what account_of_run raises, and the CrmError leaves where nothing more can be read; what was proven is kept.
    """
    with _opened_or_read(ports, run, listener) as book:
        files = ResultFiles(ports)
        files.check_request(results, book.facts.sheet_path)
        with account_of_run(ports, book.facts, offer) as account:
            listener.reading(book, account)
            back = put_back_links(ports.runs, book)
            with files.kept_true(book, results, listener.lines_written) as kept:
                found = verify(book, account.crm, ports.clock, control, listener.links_read, back)
        return VerifiedRun(book, found, kept.has_settled, kept.written)


def _opened_or_read(ports: FollowUpPorts, run: str, listener: VerifyListener) -> RunJournal:
    """The run with its lock, or without it where that is out of reach."""
    try:
        return ports.runs.open(run)
    except RunNotOpenable as exc:
        book = ReadOnlyJournal(ports.runs.read(run))
        listener.unwritable(exc.detail)
        return book
