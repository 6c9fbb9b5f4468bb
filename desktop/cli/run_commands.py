"""run, resume, retry: from a sheet to a plan, from a plan to outcomes, and on after a stop."""

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from desktop.application.causes_of_run import causes_of
from desktop.application.result_files import ResultFiles
from desktop.application.settings import settings_in
from desktop.cli import exit_codes, output
from desktop.cli.accounts import account_of, account_to_resume, check_account
from desktop.cli.arguments import NoSuchRun, WrongUse
from desktop.cli.countdown import told_once
from desktop.cli.progress import ProgressPrinter
from desktop.cli.result_places import check_name, check_place, write_after_fault, write_results
from desktop.domain.causes import CauseCode, cause_of
from desktop.domain.connections import Connection
from desktop.domain.errors import LinksUnconfirmed
from desktop.domain.history import EarlierRun
from desktop.domain.outcomes import Outcome
from desktop.domain.pacing import lane_cap, lanes_wished
from desktop.domain.plans import Plan, SideChoice, make_plan
from desktop.domain.readings import ReadingChoice, SheetLinks, check_rows_are_chosen
from desktop.domain.relations import label_of, parse_relation
from desktop.domain.row_choices import HiddenRows
from desktop.domain.runs import Ending, Moment, RunState
from desktop.engine.control import RunControl
from desktop.engine.directions import LearnedDirections
from desktop.engine.ports import Crm, RunBook, Services
from desktop.engine.preparing import new_run, with_account
from desktop.engine.retrying import check_may_resume, check_may_retry, retry_of, settle_earlier, settle_unknown, start_retry
from desktop.engine.runner import Runner
from desktop.engine.staying_awake import AwakeWhileSending

_EARLIER_NAMED = 5
_MAY_SLEEP = "This computer cannot be kept awake from here; if it sleeps, the run goes on when it wakes."


def run(options: argparse.Namespace, services: Services) -> int:
    """Remove the links of a sheet."""
    check_name(options.results)
    check_place(options, services, options.sheet)
    sheet = read_sheet(options, services)
    plan = make_plan(sheet.links, SideChoice(options.side), first=options.first)
    for line in (*output.sheet_lines(sheet), plan_line(sheet, plan)):
        output.say(line)
    if not options.no_safety_copy:
        output.say(f"Links are read first for a safety copy: about {output.count(plan.calls, 'more call')}.")
    confirm(options, plan.links_to_send)
    connection, key = account_of(options, services)
    if options.practice:
        services.practice.seed(sheet)
    with contextlib.closing(services.open_crm(connection, key)) as crm:
        account = with_account(crm)
        told = output.after_a_second(lambda done, total: f"Reading the links of earlier runs, once: {done:,} of {total:,} runs.")
        output.say(*_earlier_lines(services.runs.earlier(sheet, account, told)))
        around = ResultFiles(services).kept_true
        _settle(lambda control: settle_earlier(services, sheet, crm, control, told_once(waiting_words), account, around))
        with new_run(services, sheet, plan, account, safety_copy=not options.no_safety_copy) as book:
            output.say(f"Run {book.facts.run} on {account.label}.")
            return carry_out(options, services, book, crm, account)


def resume(options: argparse.Namespace, services: Services) -> int:
    """Go on with a run: first read what is unconfirmed, then send exactly the rest."""
    check_name(options.results)
    name = options.run or _newest_unfinished(services)
    with services.runs.open(name) as book:
        check_place(options, services, book.facts.sheet_path)
        check_may_resume(book, services.runs.summaries())
        connection, key = account_to_resume(options, services, book.facts.connection)
        with contextlib.closing(services.open_crm(connection, key)) as crm:
            account = with_account(crm)
            check_account(book.facts, account)
            output.say(f"Run {book.facts.run} goes on on {account.label}.")
            _tell_lost_end(book)
            return carry_out(options, services, book, crm, account)


def retry(options: argparse.Namespace, services: Services) -> int:
    """Try again what a run left: first read what is unconfirmed, then send the rest as a run of its own."""
    check_name(options.results)
    with contextlib.ExitStack() as stack:
        parent = stack.enter_context(services.runs.open(options.run))
        check_place(options, services, parent.facts.sheet_path)
        check_may_retry(parent, services.runs.summaries())
        connection, token = account_to_resume(options, services, parent.facts.connection)
        crm = stack.enter_context(contextlib.closing(services.open_crm(connection, token)))
        account = with_account(crm)
        check_account(parent.facts, account)
        with ResultFiles(services).kept_true(parent):
            _settle(lambda control: settle_unknown(parent, crm, services.clock, control, told_once(waiting_words)))
        wanted = retry_of(parent)
        output.say(f"{output.count(wanted.plan.links_to_send, 'link')} of run {options.run} in {wanted.plan.calls:,} calls.")
        confirm(options, wanted.plan.links_to_send, output.verb_of(wanted.parent.operation))
        book = stack.enter_context(start_retry(services, parent, wanted, account))
        parent.close()
        output.say(f"Run {book.facts.run} on {account.label}.")
        return carry_out(options, services, book, crm, account)


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


def _settle(settle: Callable[[RunControl], None]) -> None:
    """Read what is unconfirmed; Ctrl-C ends the waiting."""
    control = RunControl()
    with stopped_by_signals(control) as interrupted:
        try:
            settle(control)
        except LinksUnconfirmed:
            if interrupted:
                raise KeyboardInterrupt from None
            raise


def read_sheet(options: argparse.Namespace, services: Services) -> SheetLinks:
    """The sheet as the options want it read. Raises what opening a sheet raises, and HiddenRowsOpen."""
    choice = ReadingChoice(
        relation=None if options.relation == "auto" else parse_relation(options.relation),
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
    )
    return check_rows_are_chosen(services.open_sheet(Path(options.sheet), choice))


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


def _newest_unfinished(services: Services) -> str:
    for summary in services.runs.summaries():
        if summary.state is not RunState.FINISHED or summary.tally[Outcome.UNKNOWN]:
            return summary.run
    raise NoSuchRun("No run waits to be continued; see “delink runs” for those kept on this computer. Nothing was sent.")


class _Watcher(ProgressPrinter):
    """Remembers the last moment for the end."""

    last: Moment | None = None

    def recorded(self, moment: Moment) -> None:
        """The run told what it has just written to its journal."""
        self.last = moment
        super().recorded(moment)


def carry_out(options: argparse.Namespace, services: Services, book: RunBook, crm: Crm, account: Connection) -> int:
    """Work on a run until it ends, write its results and tell what came of it; returns the exit code."""
    control, watcher = RunControl(), _Watcher(book.facts.operation)
    awake = AwakeWhileSending(watcher, services.keep_awake(), lambda: output.say(_MAY_SLEEP))
    runner = Runner(
        book,
        crm,
        services.clock,
        control,
        awake,
        lanes=lanes_wished(options.lanes, account.account.edition),
        lane_cap=lane_cap(account.account.edition),
        hold_on_pause=False,
        credits_floor=settings_in(services.settings).credits_floor,
        learned=LearnedDirections(services.settings, account, book.facts.operation),
        partial_undo=options.partial_undo,
    )
    with contextlib.ExitStack() as at_fault:
        at_fault.callback(write_after_fault, options, services, book)
        with contextlib.closing(awake), stopped_by_signals(control) as interrupted:
            ending = runner.run()
        at_fault.pop_all()
    watcher.finish(watcher.last)
    written = write_results(options, services, book)
    _tell(options, book, ending, written.path)
    refused = frozenset(book.ledger.outcome(link).cause for link in book.ledger.with_outcome(Outcome.REFUSED))
    return exit_codes.of_ending(
        ending,
        refused_causes=refused,
        rejected=sum(book.entries.rejected().values()),
        results_written=written.path is not None and written.error is None,
        interrupted=bool(interrupted),
    )


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
