"""What the window asks of runs behind the background door: begin, go on, retry, read again, undo, write the results.

Lives on the window's thread. Every errand ends in one signal, or in ``failed`` with its step: ``run``, ``resume``,
``retry``, ``undo``, ``verify``, ``results``, ``earlier``.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QObject, Signal

from desktop.application.accounts import may_serve
from desktop.application.result_files import ResultFiles
from desktop.application.undone_links import Pair, put_back_links
from desktop.domain.connections import PRACTICE_NAME, Connection
from desktop.domain.entries import Links
from desktop.domain.error_causes import sentence_of
from desktop.domain.errors import SheetError
from desktop.domain.history import ALONE, EarlierRun, families
from desktop.domain.outcomes import Outcome
from desktop.domain.previews import PlanFacts, Preview
from desktop.domain.readings import SheetLinks
from desktop.domain.records import RecordId
from desktop.domain.runs import RunFacts
from desktop.engine.control import RunControl
from desktop.engine.ports import Crm, RunBook, Services
from desktop.engine.preparing import check_same_place, new_run
from desktop.engine.retrying import (
    Retry,
    check_may_resume,
    check_may_retry,
    retry_of,
    settle_earlier,
    settle_unknown,
    start_retry,
)
from desktop.engine.settle import Verification, verify
from desktop.engine.undoing import Undo, check_may_undo, settle_before_undo, start_undo, undo_of
from desktop.qt.account import SignedIn, sign_in_again
from desktop.qt.background import Steps, Work
from desktop.qt.models.run_results import RunResults
from desktop.qt.run_wish import RunWish


class _GivenUp(Exception):
    """The user wanted something else meanwhile; nobody is told."""


class RunErrands(Steps):
    """Created once a window. A run is worked on in its own account: the given one where that is proven to be it, or (``sure``)
    where the user has just said so, else the saved one that it was started with.

    ``run_ready`` (RunBook, Crm, SignedIn), and before it ``start_waits`` (seconds); ``earlier_found`` (EarlierRun, newest
    first); ``retry_ready`` (Retry, PlanFacts, SignedIn) and ``undo_planned`` (Undo, Preview, PlanFacts, SignedIn), and
    before them ``waits`` (seconds); ``verified`` (run, Verification, whether its journal was changed), and before it
    ``links_read`` (how many); ``results_read`` (RunBook, RunResults, where its workbook is or None, what is amiss with it),
    and while one is written ``results_progressed`` (lines, of how many); ``names_read`` (names by record).
    """

    run_ready = Signal(object, object, object)
    start_waits = Signal(int)
    earlier_found = Signal(object)
    retry_ready = Signal(object, object, object)
    undo_planned = Signal(object, object, object, object)
    waits = Signal(int)
    verified = Signal(str, object, bool)
    links_read = Signal(int)
    results_read = Signal(object, object, object, str)
    results_progressed = Signal(int, int)
    names_read = Signal(object)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._reading = RunControl()
        # A reading that was given up still holds its run for a moment; the next errand waits for it.
        self._turn = Lock()

    def start(self, wish: RunWish, account: SignedIn) -> None:
        """Put the run on disk and open the account; ends in ``run_ready``.

        First the answers that earlier runs with the same links lost are settled.
        """
        control = self._reading = RunControl()

        def make(work: Work) -> tuple[RunBook, Crm, SignedIn]:
            crm = self._services.open_crm(account.connection, account.key)
            try:
                with self._turn:
                    book = self._create(wish, account.connection, crm, control, partial(_tell_seconds, work))
                return _unless_given_up(work, book), crm, account
            except BaseException:
                crm.close()
                raise

        self.begin("run", make, self._on_run).progressed.connect(self.start_waits)

    def resume(self, run: str, account: SignedIn | None, *, sure: bool = False) -> None:
        """Open an earlier run and its account; ends in ``run_ready``."""

        def make(_: Work) -> tuple[RunBook, Crm, SignedIn]:
            with self._turn:
                book = self._services.runs.open(run)
            try:
                check_may_resume(book, self._services.runs.summaries())
                found = self._account_of(book.facts, account, sure=sure)
                return book, self._services.open_crm(found.connection, found.key), found
            except BaseException:
                book.close()
                raise

        self.begin("resume", make, self._on_run)

    def find_earlier(self, sheet: SheetLinks, account: SignedIn) -> None:
        """Look for runs that had links of this sheet; ends in ``earlier_found``."""
        self.begin("earlier", lambda _: self._services.runs.earlier(sheet, account.connection), self._on_earlier)

    def prepare_retry(self, run: str, account: SignedIn | None, not_as_wished: Sequence[int] = (), *, sure: bool = False) -> None:
        """Read what became of a run's last calls, then plan what it left, and what was read as ``not_as_wished`` since."""
        control = self._reading = RunControl()

        def prepare(work: Work) -> tuple[Retry, PlanFacts, SignedIn]:
            services = self._services
            with self._turn, services.runs.open(run) as parent:
                check_may_retry(parent, services.runs.summaries())
                found = self._account_of(parent.facts, account, sure=sure)
                with closing(services.open_crm(found.connection, found.key)) as crm, ResultFiles(services).kept_true(parent):
                    settle_unknown(parent, crm, services.clock, control, partial(_tell_seconds, work))
                retry = retry_of(parent, not_as_wished)
                return retry, PlanFacts.of(retry.plan), found

        self.begin("retry", prepare, self._on_retry).progressed.connect(self.waits)

    def plan_undo(self, run: str, account: SignedIn | None, gone_again: Collection[Pair] = (), *, sure: bool = False) -> None:
        """What an undo of the run would do; first the answers that the run lost are settled, as soon as that may begin.

        What earlier undos put back is left out, but for links that a look found ``gone_again``.
        """
        control = self._reading = RunControl()

        def make(work: Work) -> tuple[Undo, Preview, PlanFacts, SignedIn]:
            with self._turn, self._services.runs.open(run) as book:
                check_may_undo(book.facts)
                found = self._account_of(book.facts, account, sure=sure)
                crm_open = closing(self._services.open_crm(found.connection, found.key))
                with crm_open as crm, ResultFiles(self._services).kept_true(book):
                    settle_before_undo(book, crm, self._services.clock, control, partial(_tell_seconds, work))
                undo = undo_of(book, put_back=put_back_links(self._services.runs, book, gone_again))
                return undo, Preview.of(undo.sheet.links), PlanFacts.of(undo.plan), found

        self.begin("undo", make, self._on_undo).progressed.connect(self.waits)

    def verify(self, run: str, account: SignedIn | None, *, sure: bool = False) -> None:
        """Read the links of a run again; ends in ``verified``."""
        control = self._reading = RunControl()

        def read(work: Work) -> tuple[str, Verification, bool]:
            with self._turn, self._services.runs.open(run) as book:
                found = self._account_of(book.facts, account, sure=sure)
                before = book.ledger.tally[Outcome.UNKNOWN], len(book.ledger.open_batches())
                with closing(self._services.open_crm(found.connection, found.key)) as crm:
                    back = put_back_links(self._services.runs, book)
                    proof = verify(book, crm, self._services.clock, control, work.progressed.emit, back)
                return run, proof, before != (book.ledger.tally[Outcome.UNKNOWN], 0)

        self.begin("verify", read, self._on_verified).progressed.connect(self.links_read)

    def read_names(self, links: Links, numbers: Sequence[int], account: SignedIn) -> None:
        """Names of the records of these few links; ends in ``names_read``, or nowhere when they cannot be read."""
        modules: dict[str, set[RecordId]] = {}
        for number in numbers:
            relation = links.relation(number)
            modules.setdefault(relation.parent_module, set()).add(links.parent_ids[number])
            modules.setdefault(relation.related_list, set()).add(links.related_ids[number])

        def read(_: Work) -> dict[RecordId, str]:
            with closing(self._services.open_crm(account.connection, account.key)) as crm:
                return {record: name for module, ids in modules.items() for record, name in crm.names_of(module, ids).items()}

        self.begin("names", read, self._on_names)

    def stop_reading(self) -> None:
        """End the reading before a run, a retry or an undo, or of a look; what it settled is kept.

        Nothing more is told, but for a run: that ends as it does when nothing was proven, or is there already.
        """
        self._reading.stop()
        self.give_up("retry", "undo", "verify")

    def read_results(self, run: str) -> None:
        """Read what became of a run's links, and where its workbook is; nothing is written. Ends in ``results_read``."""

        def read(_: Work) -> tuple[RunBook, RunResults, Path | None, str]:
            record = self._services.runs.read(run)
            return record, self._results_of(record), record.results, ""

        self.begin("results", read, self._on_results)

    def _results_of(self, record: RunBook) -> RunResults:
        family = families(self._services.runs.summaries()).get(record.facts.run, ALONE)
        return RunResults.of(record, family, put_back_links(self._services.runs, record))

    def write_results(self, run: str, path: Path | None = None) -> None:
        """Write a run's results to a path, whose file the user gave leave to replace, or to the program's own folder.

        Ends in ``results_read``.
        """

        def write(work: Work) -> tuple[RunBook, RunResults, Path | None, str]:
            record, files = self._services.runs.read(run), ResultFiles(self._services)
            results = self._results_of(record)
            try:
                if path is None:
                    written = files.write_at_end(record, None, work.stepped.emit)
                else:
                    written = files.save(record, path, work.stepped.emit, may_overwrite=True)
            except SheetError as error:
                return record, results, record.results, sentence_of(error)
            return record, results, record.results, " ".join(written.sentences())

        self.begin("results", write, self._on_results).stepped.connect(self.results_progressed)

    def _create(
        self, wish: RunWish, connection: Connection, crm: Crm, control: RunControl, told: Callable[[float], None]
    ) -> RunBook:
        services, copy = self._services, wish.safety_copy
        if wish.undo is not None:
            return start_undo(services, replace(wish.undo, plan=wish.plan), connection)
        if connection.id == PRACTICE_NAME and not wish.operation.wished_there:
            services.practice.seed(wish.sheet)
        if wish.retry is not None:
            check_same_place(wish.retry.parent, connection)
        settle_earlier(services, wish.sheet, crm, control, told, around=ResultFiles(services).kept_true)
        if wish.retry is None:
            return new_run(services, wish.sheet, wish.plan, connection, safety_copy=copy, findings=wish.findings)
        with services.runs.open(wish.retry.parent.run) as parent:
            check_may_retry(parent, services.runs.summaries())
            return start_retry(services, parent, replace(wish.retry, plan=wish.plan), connection, safety_copy=copy)

    def _account_of(self, facts: RunFacts, account: SignedIn | None, *, sure: bool) -> SignedIn:
        """The account that a run belongs to; off the window's thread. Raises RunElsewhere and others."""
        if account is not None and (sure or may_serve(account.connection, facts.connection)):
            found = account
        else:
            found = sign_in_again(self._services, facts.connection)
        check_same_place(facts, found.connection)
        return found

    def _on_run(self, made: tuple[RunBook, Crm, SignedIn]) -> None:
        self.run_ready.emit(*made)

    def _on_earlier(self, found: Sequence[EarlierRun]) -> None:
        self.earlier_found.emit(found)

    def _on_retry(self, prepared: tuple[Retry, PlanFacts, SignedIn]) -> None:
        self.retry_ready.emit(*prepared)

    def _on_undo(self, planned: tuple[Undo, Preview, PlanFacts, SignedIn]) -> None:
        self.undo_planned.emit(*planned)

    def _on_verified(self, found: tuple[str, Verification, bool]) -> None:
        self.verified.emit(*found)

    def _on_names(self, names: Mapping[RecordId, str]) -> None:
        self.names_read.emit(names)

    def _on_results(self, written: tuple[RunBook, RunResults, Path | None, str]) -> None:
        self.results_read.emit(*written)


def _unless_given_up(work: Work, book: RunBook) -> RunBook:
    """The run, if somebody still waits for it; nobody else would close it."""
    if work.is_cancelled():
        book.close()
        raise _GivenUp
    return book


def _tell_seconds(work: Work, seconds: float) -> None:
    work.progressed.emit(round(seconds))
