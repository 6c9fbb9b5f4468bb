"""run, resume, retry: from a sheet to a plan, from a plan to outcomes, and on after a stop."""

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from desktop.application.causes_of_run import causes_of
from desktop.application.follow_ups import FollowUpPorts, prepare_retry
from desktop.application.opening import OpenPorts, open_as_told
from desktop.application.past_runs import ComparedRuns, earlier_runs
from desktop.application.planning import plan_sheet
from desktop.application.result_files import ResultFiles, ResultsWish, WrittenResults
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
from desktop.cli.arguments import NoSuchRun, RelationNotAccepted, WrongUse
from desktop.cli.countdown import told_once
from desktop.cli.progress import ProgressPrinter
from desktop.cli.result_places import wish_of
from desktop.domain.causes import CauseCode, cause_of
from desktop.domain.errors import LinksUnconfirmed
from desktop.domain.history import EarlierRun
from desktop.domain.outcomes import Outcome
from desktop.domain.planning.plans import Plan, SideChoice
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.relations import Relation, is_custom, label_of, parse_relation
from desktop.domain.row_choices import HiddenRows
from desktop.domain.runs import Ending, Moment, RunState
from desktop.engine.control import RunControl
from desktop.engine.ports import RunBook

_EARLIER_NAMED = 5
_MAY_SLEEP = "This computer cannot be kept awake from here; if it sleeps, the run goes on when it wakes."


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
    """Remove the links of a sheet."""
    results = wish_of(options)
    ResultFiles(ports).check_wish(results, options.sheet)
    sheet = read_sheet(options, ports)
    plan = plan_sheet(sheet, SideChoice(options.side), first=options.first)
    for line in (*output.sheet_lines(sheet), plan_line(sheet, plan)):
        output.say(line)
    if not options.no_safety_copy:
        output.say(f"Links are read first for a safety copy: about {output.count(plan.calls, 'more call')}.")
    confirm(options, plan.links_to_send)
    with identified(ports, account_of(options, ports)) as account:
        told = output.after_a_second(lambda done, total: f"Reading the links of earlier runs, once: {done:,} of {total:,} runs.")
        output.say(*_earlier_lines(earlier_runs(ports, sheet, account.connection, told)))
        return start_and_work(options, ports, RunRequest(sheet, plan, not options.no_safety_copy), account, results)


def resume(options: argparse.Namespace, ports: WorkCommandPorts) -> int:
    """Go on with a run: first read what is unconfirmed, then send exactly the rest."""
    results, name = wish_of(options), options.run or newest_unfinished(ports)
    if name is None:
        raise NoSuchRun("No run waits to be continued; see “delink runs” for those kept on this computer. Nothing was sent.")
    if (record := finished_run(ports, name)) is not None:
        with record:
            return _tell_finished(options, record, results)
    with offer_of(options) as offer:
        opened = resume_run(ports, name, offer, results)
    with opened:
        output.say(f"Run {name} goes on on {opened.account.connection.label}.")
        _tell_lost_end(opened.book)
        return carry_out(options, ports, opened, results)


def retry(options: argparse.Namespace, ports: FollowUpCommandPorts) -> int:
    """Try again what a run left: first read what is unconfirmed, then send the rest as a run of its own."""
    results = wish_of(options)
    with offer_of(options) as offer, stopping() as control:
        wanted, account = prepare_retry(ports, options.run, offer, control, told_once(waiting_words), results=results)
    with account:
        output.say(f"{output.count(wanted.plan.links_to_send, 'link')} of run {options.run} in {wanted.plan.calls:,} calls.")
        confirm(options, wanted.plan.links_to_send, output.verb_of(wanted.parent.operation))
        return start_and_work(options, ports, RunRequest(wanted.sheet, wanted.plan, retry=wanted), account, results)


def start_and_work(
    options: argparse.Namespace, ports: WorkCommandPorts, request: RunRequest, account: OpenAccount, results: ResultsWish
) -> int:
    """Put a run that was confirmed on disk and work on it until it ends; returns the exit code."""
    with stopping() as control:
        opened = start_run(ports, request, account, control, told_once(waiting_words))
    with opened:
        output.say(f"Run {opened.book.facts.run} on {account.connection.label}.")
        return carry_out(options, ports, opened, results)


def _earlier_lines(earlier: Sequence[EarlierRun]) -> list[str]:
    """The newest of the runs that had links of the sheet."""
    lines = [
        f"{output.count(one.shared, 'link')} of this sheet stood in run {one.run} too ({one.started})."
        for one in earlier[:_EARLIER_NAMED]
    ]
    if more := len(earlier) - len(lines):
        lines.append(f"Links of this sheet stood in {output.count(more, 'older run')} as well.")
    return lines


def _tell_lost_end(book: RunBook) -> None:
    outcomes = map(book.ledger.outcome, book.ledger.with_outcome(Outcome.UNKNOWN))
    if doubted := sum(one.cause is CauseCode.RECORD_CUT for one in outcomes):
        words = cause_of(CauseCode.RECORD_CUT)
        output.say(f"{words.title}: what became of {output.count(doubted, 'link')} is read in Zoho before anything is sent.")


def waiting_words(seconds: float) -> str:
    """Why nothing happens before a lost answer is old enough to be settled."""
    return f"An answer of this run was lost a moment ago, and its call may still take effect: reading in {seconds:.0f} s."


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


def read_sheet(options: argparse.Namespace, ports: OpenPorts) -> SheetLinks:
    """The sheet as the options want it read. Raises what opening a sheet raises, HiddenRowsOpen and WrongUse."""
    relation = _relation_of(options)
    choice = ReadingChoice(
        relation=relation,
        parent_column=options.parent_column,
        related_column=options.related_column,
        sheet_name=options.sheet_name,
        header_row=options.header_row,
        encoding=options.encoding,
        delimiter=options.delimiter,
        fill_down=options.fill_down,
        include_suspicious=options.include_suspicious,
        hidden_rows=HiddenRows(options.hidden_rows) if options.hidden_rows else None,
        where=tuple(options.where),
        accepted_relations=frozenset({relation} if relation is not None and is_custom(relation) else ()),
    )
    return open_as_told(ports, Path(options.sheet), choice)


def _relation_of(options: argparse.Namespace) -> Relation | None:
    """The relation that was named; one that is not built in only where it was accepted, and then with a warning."""
    if options.relation == "auto":
        if options.custom_relation:
            raise WrongUse("--custom-relation accepts the relation that --relation names; name it. Nothing was sent.")
        return None
    relation = parse_relation(options.relation)
    if not is_custom(relation):
        return relation
    if not options.custom_relation:
        raise RelationNotAccepted(
            f"\u201c{relation}\u201d is none of the relations that Zoho documents for removal. If it is a list that your "
            "organisation made itself, add --custom-relation; nothing was sent."
        )
    output.say(
        f"Take care: \u201c{relation}\u201d is a list of your organisation's own. Zoho does not document that its links can be "
        "removed and put back, so try it with a few links first (--first 5). Zoho is asked whether it offers this list."
    )
    return relation


def plan_line(sheet: SheetLinks, plan: Plan) -> str:
    """What would be removed, in how many calls."""
    labels = ", ".join(label_of(relation) for relation in sheet.relations)
    line = f"{labels}: {output.count(plan.links_to_send, 'link')} to remove in {output.count(plan.calls, 'call')}"
    return f"{line} instead of {plan.calls_as_sheet:,}." if plan.calls < plan.calls_as_sheet else f"{line}."


def confirm(options: argparse.Namespace, number: int, verb: str = "remove") -> None:
    """Raise WrongUse unless the number of links was confirmed; ``verb`` says what is done to them."""
    if not number:
        raise WrongUse("No link can be sent; nothing was sent.")
    if options.confirm is not None and options.confirm != number:
        links = output.count(number, "link")
        raise WrongUse(f"--confirm {options.confirm} does not match: it is {links} to {verb}; nothing was sent.")
    if options.yes or options.confirm is not None:
        return
    if not sys.stdin.isatty():
        raise WrongUse(f"Confirm with --confirm {number} or --yes; nothing was sent.")
    output.say(f"Type {number} to {verb} {output.count(number, 'link')}; the records themselves stay.")
    if sys.stdin.readline().strip().replace(",", "") != str(number):
        raise WrongUse("Another number was typed; nothing was sent.")


class _Watcher(ProgressPrinter):
    """Remembers the last moment for the end."""

    last: Moment | None = None

    def recorded(self, moment: Moment) -> None:
        """The run told what it has just written to its journal."""
        self.last = moment
        super().recorded(moment)


def carry_out(options: argparse.Namespace, ports: WorkPorts, run: OpenRun, results: ResultsWish) -> int:
    """Work on a run until it ends, write its results and tell what came of it; returns the exit code."""
    book = run.book
    watcher, rows = _Watcher(book.facts.operation), output.RowsPrinter(len(book.entries))
    request = WorkRequest(options.lanes, partial_undo=options.partial_undo, results=results)
    work = RunAtWork(ports, run, request, watcher, lambda: output.say(_MAY_SLEEP), rows.tell)
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


def _tell_finished(options: argparse.Namespace, book: RunBook, results: ResultsWish) -> int:
    """A run in which nothing is left is told as it ended; nothing is read, sent or written for that."""
    run, path = book.facts.run, book.results
    output.say(f"Run {run} is finished; nothing is left to be done.")
    if results.path is not None:
        output.say(f"Its results were not written again; “delink results {run} --output FILE” does that.")
    ledger = book.ledger
    ending = Ending(ledger.state, ledger.cause, ledger.tally_at_rest, ledger.calls, ledger.reads)
    _tell(options, book, ending, path)
    return _exit_code(book, ending, results_written=path is not None)


def _exit_code(book: RunBook, ending: Ending, *, results_written: bool, interrupted: bool = False) -> int:
    refused = frozenset(book.ledger.outcome(link).cause for link in book.ledger.with_outcome(Outcome.REFUSED))
    return exit_codes.of_ending(
        ending,
        refused_causes=refused,
        rejected=sum(book.entries.rejected().values()),
        results_written=results_written,
        interrupted=interrupted,
    )


def _write_results(work: RunAtWork, rows: output.RowsPrinter) -> WrittenResults | None:
    """Write the results of a run that ended for now, and say what is not as it was wanted."""
    with rows:
        written = work.write_results()
    output.say(*(() if written is None else written.sentences()))
    return written


def _write_after_fault(work: RunAtWork, rows: output.RowsPrinter) -> None:
    """A run that a fault ended has results too; nothing else will say where they are."""
    if (written := _write_results(work, rows)) is not None and written.path is not None:
        output.say(f"The results so far: {written.path}")


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
            output.say("", "Stopping: calls in flight are finished first (once more ends at once).")

    before = {sign: signal.signal(sign, stop) for sign in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield seen
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


def _tell(options: argparse.Namespace, book: RunBook, ending: Ending, path: Path | None) -> None:
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
    head = {
        RunState.FINISHED: "Finished",
        RunState.PAUSED: "Paused",
    }.get(ending.state, "Stopped")
    lines = [f"{head}: {output.count(ending.tally.total, 'link')}, {output.count(ending.calls, 'call')}."]
    lines += output.tally_lines(ending.tally)
    if rejected:
        lines.append(f"  {rejected:>8,}  Rejected in the sheet")
    lines += output.cause_lines(causes, book.facts.operation)
    if path:
        lines.append(f"Results: {path}")
    if ending.state is not RunState.FINISHED or ending.tally[Outcome.UNKNOWN]:
        lines.append(f"Continue with: delink resume {book.facts.run}")
    output.tell(*lines)
    return None
