"""run, resume, retry: from a sheet to a plan, from a plan to outcomes, and on after a stop."""

import argparse
import contextlib
import os
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from desktop.application.causes_of_run import causes_of
from desktop.application.follow_ups import FollowUpPorts, prepare_retry
from desktop.application.opening import OpenPorts
from desktop.application.past_runs import ComparedRuns, earlier_runs
from desktop.application.planning import plan_sheet
from desktop.application.result_files import ResultFiles, ResultsRequest, WrittenResults
from desktop.application.serving import OpenAccount, identified
from desktop.application.starting import (
    OpenRun,
    RunRequest,
    SeededPractice,
    StartedRuns,
    StartPorts,
    finished_run,
    newest_unfinished,
    resume_run,
    start_run,
)
from desktop.application.working import RunAtWork, WorkPorts, WorkRequest
from desktop.cli import exit_codes, output
from desktop.cli.accounts import account_of, offer_of
from desktop.cli.arguments import NoSuchRun
from desktop.cli.confirming import confirm, plan_line
from desktop.cli.countdown import told_once
from desktop.cli.meant_sheet import read_sheet
from desktop.cli.progress import ProgressPrinter
from desktop.cli.result_places import results_request_of
from desktop.domain.causes import CauseCode
from desktop.domain.errors import LinksUnconfirmed
from desktop.domain.history import EarlierRun
from desktop.domain.outcomes import Outcome
from desktop.domain.planning.plans import SideChoice
from desktop.domain.runs import Ending, Moment, RunState
from desktop.domain.texts import Fact
from desktop.engine.control import RunControl
from desktop.engine.ports import RunJournal
from desktop.words import say, say_count
from desktop.words.causes import explain_cause

_EARLIER_NAMED = 5


class WorkCommandPorts(StartPorts, WorkPorts, Protocol):
    """What it takes to start a run, or to go on with one, and to work on it."""

    @property
    def runs(self) -> StartedRuns: ...


class FollowUpCommandPorts(WorkCommandPorts, FollowUpPorts, Protocol):
    """What it takes to plan what follows on a run, and to work on that."""

    @property
    def practice(self) -> SeededPractice: ...


class RunsOfSheets(ComparedRuns, StartedRuns, Protocol):
    """The runs of this computer, as far as a run of a sheet needs them."""


class RunCommandPorts(OpenPorts, WorkCommandPorts, Protocol):
    """What it takes to read a sheet and to run it."""

    @property
    def runs(self) -> RunsOfSheets: ...


def run(options: argparse.Namespace, ports: RunCommandPorts) -> int:
    results = results_request_of(options)
    ResultFiles(ports).check_request(results, options.sheet)
    sheet = read_sheet(options, ports)
    plan = plan_sheet(sheet, SideChoice(options.side), first=options.first)
    for line in (*output.sheet_lines(sheet), plan_line(sheet, plan)):
        output.report(line)
    if not options.no_safety_copy:
        output.report(
            say_count(
                "Links are read first for a safety copy: about {n} more call.",
                "Links are read first for a safety copy: about {n} more calls.",
                plan.calls,
            )
        )
    confirm(options, plan.links_to_send)
    with identified(ports, account_of(options, ports)) as account:
        told = output.after_a_second(
            lambda done, total: say("Reading the links of earlier runs, once: {done} of {total} runs.", done=done, total=total)
        )
        output.report(*_earlier_lines(earlier_runs(ports, sheet, account.connection, told)))
        return start_and_work(options, ports, RunRequest(sheet, plan, not options.no_safety_copy), account, results)


def resume(options: argparse.Namespace, ports: WorkCommandPorts) -> int:
    """Go on with a run: first read what is unconfirmed, then send exactly the rest."""
    results, name = results_request_of(options), options.run or newest_unfinished(ports)
    if name is None:
        raise NoSuchRun(say("No run waits to be continued; see “delink runs” for those kept on this computer. Nothing was sent."))
    if (record := finished_run(ports, name)) is not None:
        with record:
            return _tell_finished(options, record, results)
    with offer_of(options) as offer:
        opened = resume_run(ports, name, offer, results)
    with opened:
        output.report(say("Run {name} continues on {label}.", name=name, label=opened.account.connection.label))
        _tell_lost_end(opened.book)
        return carry_out(options, ports, opened, results)


def retry(options: argparse.Namespace, ports: FollowUpCommandPorts) -> int:
    """Try again what a run left: first read what is unconfirmed, then send the rest as a run of its own."""
    results = results_request_of(options)
    with offer_of(options) as offer, stopping() as control:
        left, account = prepare_retry(ports, options.run, offer, control, told_once(waiting_words), results=results)
    with account:
        output.report(
            say_count(
                "{n} link of run {run} in {calls}.",
                "{n} links of run {run} in {calls}.",
                left.plan.links_to_send,
                run=options.run,
                calls=say_count("{n} call", "{n} calls", left.plan.calls),
            )
        )
        confirm(options, left.plan.links_to_send, left.parent.operation)
        return start_and_work(options, ports, RunRequest(left.sheet, left.plan, retry=left), account, results)


def start_and_work(
    options: argparse.Namespace, ports: WorkCommandPorts, request: RunRequest, account: OpenAccount, results: ResultsRequest
) -> int:
    """Put a run that was confirmed on disk and work on it until it ends; returns the exit code."""
    with stopping() as control:
        opened = start_run(ports, request, account, control, told_once(waiting_words))
    with opened:
        output.report(say("Run {run} on {label}.", run=opened.book.facts.run, label=account.connection.label))
        return carry_out(options, ports, opened, results)


def _earlier_lines(earlier: Sequence[EarlierRun]) -> list[str]:
    """The newest of the runs that had links of the sheet."""
    lines = [
        say_count(
            "{n} link of this sheet was in run {run} already ({started}).",
            "{n} links of this sheet were in run {run} already ({started}).",
            one.shared,
            run=one.run,
            started=one.started,
        )
        for one in earlier[:_EARLIER_NAMED]
    ]
    if more := len(earlier) - len(lines):
        lines.append(
            say_count(
                "Links of this sheet were in {n} older run as well.",
                "Links of this sheet were in {n} older runs as well.",
                more,
            )
        )
    return lines


def _tell_lost_end(book: RunJournal) -> None:
    outcomes = map(book.ledger.outcome, book.ledger.with_outcome(Outcome.UNKNOWN))
    if doubted := sum(one.cause is CauseCode.RECORD_CUT for one in outcomes):
        words = explain_cause(CauseCode.RECORD_CUT)
        output.report(
            say_count(
                "{title}: what became of {n} link is read in Zoho before anything is sent.",
                "{title}: what became of {n} links is read in Zoho before anything is sent.",
                doubted,
                title=words.title,
            )
        )


def _may_sleep() -> str:
    return say("This computer cannot be kept awake from here; if it sleeps, the run goes on when it wakes.")


def waiting_words(seconds: float) -> str:
    """Why nothing happens before a lost answer is old enough to be settled."""
    return say(
        "An answer of this run was lost a moment ago, and its call may still take effect: reading in {seconds} s.",
        seconds=round(seconds),
    )


@contextlib.contextmanager
def stopping() -> Iterator[RunControl]:
    """A control that Ctrl-C stops; what was read until then is kept. Raises KeyboardInterrupt where it was stopped."""
    control = RunControl()
    with stopped_by_signals(control) as interrupted:
        try:
            yield control
        except LinksUnconfirmed:
            if not interrupted:
                raise
    if interrupted:
        raise KeyboardInterrupt


class _Watcher(ProgressPrinter):
    """Remembers the last moment for the end."""

    last: Moment | None = None

    def recorded(self, moment: Moment) -> None:
        """The run told what it has just written to its journal."""
        self.last = moment
        super().recorded(moment)


def carry_out(options: argparse.Namespace, ports: WorkPorts, run: OpenRun, results: ResultsRequest) -> int:
    """Work on a run until it ends, write its results and tell what came of it; returns the exit code."""
    book = run.book
    watcher, rows = _Watcher(book.facts.operation), output.RowsPrinter(len(book.entries))
    request = WorkRequest(options.lanes, partial_undo=options.partial_undo, results=results)
    work = RunAtWork(ports, run, request, watcher, lambda: output.report(_may_sleep()), rows.tell)
    with contextlib.ExitStack() as at_fault:
        at_fault.callback(_write_after_fault, work, rows)
        with stopped_by_signals(work.control) as interrupted:
            ending = work.work()
        at_fault.pop_all()
    watcher.finish(watcher.last)
    written = _write_results(work, rows)
    path = None if written is None else written.path
    _tell(options, book, ending, path)
    results_written = written is not None and path is not None and written.error is None
    return _exit_code(book, ending, results_written=results_written, interrupted=bool(interrupted))


def _tell_finished(options: argparse.Namespace, book: RunJournal, results: ResultsRequest) -> int:
    """A run in which nothing is left is told as it ended; nothing is read, sent or written for that."""
    run, path = book.facts.run, book.results
    output.report(say("Run {run} is finished; nothing is left to be done.", run=run))
    if results.path is not None:
        output.report(say("Its results were not written again; “delink results {run} --output FILE” does that.", run=run))
    ledger = book.ledger
    ending = Ending(ledger.state, ledger.cause, ledger.tally_at_rest, ledger.calls, ledger.reads)
    _tell(options, book, ending, path)
    return _exit_code(book, ending, results_written=path is not None)


def _exit_code(book: RunJournal, ending: Ending, *, results_written: bool, interrupted: bool = False) -> int:
    refused = frozenset(book.ledger.outcome(link).cause for link in book.ledger.with_outcome(Outcome.REFUSED))
    return exit_codes.of_ending(
        ending,
        refused_causes=refused,
        rejected=sum(book.entries.rejected().values()),
        results_written=results_written,
        interrupted=interrupted,
    )


def _write_results(work: RunAtWork, rows: output.RowsPrinter) -> WrittenResults | None:
    """Write the results of a run that ended for now, and say what is not as it was asked for."""
    with rows:
        written = work.write_results()
    output.report(*(() if written is None else written.sentences()))
    return written


def _write_after_fault(work: RunAtWork, rows: output.RowsPrinter) -> None:
    """A run that a fault ended has results too; nothing else will say where they are."""
    if (written := _write_results(work, rows)) is not None and written.path is not None:
        output.report(say("The results so far: {path}", path=written.path))


@contextlib.contextmanager
def stopped_by_signals(control: RunControl) -> Iterator[list[int]]:
    """The first Ctrl-C (or the order to end) stops; the second ends the program at once. Yields the signals seen."""
    seen: list[int] = []

    def stop(number: int, _frame: object) -> None:
        seen.append(number)
        if len(seen) > 1:
            os._exit(exit_codes.INTERRUPTED)
        control.stop()
        with contextlib.suppress(RuntimeError):  # the signal came while another line was being written
            output.report("", say("Stopping: calls in flight are finished first (once more ends at once)."))

    before = {sign: signal.signal(sign, stop) for sign in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield seen
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


def _tell(options: argparse.Namespace, book: RunJournal, ending: Ending, path: Path | None) -> None:
    rejections = book.entries.rejected().items()
    rejected = sum(number for _, number in rejections)
    causes = causes_of(book.ledger)
    if options.json:
        cause = {"cause": str(ending.cause)} if ending.state is RunState.PAUSED and ending.cause else {}
        told = {"run": book.facts.run, "state": str(ending.state), **cause, "links": ending.tally.total}
        counts: dict[str, object] = {"calls": ending.calls, "reads": ending.reads, "results": str(path) if path else None}
        told_of_sheet = {"rejected": {str(reason): n for reason, n in rejections if n}}
        of_sheet = told_of_sheet if book.facts.operation.tells_rejected else {}
        counts |= of_sheet | {"causes": [{"code": str(code), "count": number} for code, number in causes]}
        return output.print_json({**told, **output.tally_of(ending.tally, book.facts.operation), **counts})
    lines = [_ending_line(ending)]
    lines += output.tally_lines(ending.tally)
    if rejected:
        lines.append(output.numbered(rejected, say("Rejected in the sheet")))
    lines += output.cause_lines(causes, book.facts.operation)
    if path:
        lines.append(say("Results: {path}", path=path))
    if ending.state is not RunState.FINISHED or ending.tally[Outcome.UNKNOWN]:
        lines.append(say("Continue with: delink resume {run}", run=book.facts.run))
    output.tell(*lines)
    return None


def _ending_line(ending: Ending) -> str:
    facts: dict[str, Fact] = {
        "links": say_count("{n} link", "{n} links", ending.tally.total),
        "calls": say_count("{n} call", "{n} calls", ending.calls),
    }
    match ending.state:
        case RunState.FINISHED:
            return say("Finished: {links}, {calls}.", **facts)
        case RunState.PAUSED:
            return say("Paused: {links}, {calls}.", **facts)
    return say("Stopped: {links}, {calls}.", **facts)
