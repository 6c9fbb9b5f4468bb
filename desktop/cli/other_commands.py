"""Carries out the commands runs, results, practice and support."""

import argparse
import contextlib
import queue
import signal
from pathlib import Path
from typing import Any, Protocol

from desktop.application.opening import OpenPorts, open_whole
from desktop.application.past_runs import (
    ListedRuns,
    RunListPorts,
    SupportPorts,
    list_runs,
    newest_run,
    save_support_file,
    support_report,
)
from desktop.application.practising import PracticePorts, serve_practice
from desktop.application.result_files import Progress, ResultPorts, ResultRuns
from desktop.application.run_results import write_results_again
from desktop.cli import exit_codes, output
from desktop.cli.arguments import NoSuchRun, WrongUse
from desktop.cli.result_places import check_folder, check_name
from desktop.domain.history import Family, families
from desktop.domain.ledger import RunRecord
from desktop.domain.origins import RetryOf, kind_of
from desktop.domain.runs import RunSummary
from desktop.domain.system_reasons import reason_of
from desktop.words import say, say_count
from desktop.words.errors import explain_error
from desktop.words.labels import state_label


class ListedResultRuns(ListedRuns, ResultRuns, Protocol):
    """The runs of this computer, as far as their results are written again."""


class ResultsCommandPorts(RunListPorts, ResultPorts, Protocol):
    """What it takes to write the results of a run again."""

    @property
    def runs(self) -> ListedResultRuns: ...


class PracticeCommandPorts(OpenPorts, PracticePorts, Protocol):
    """What it takes to serve the practice CRM with the links of a sheet in it."""


def runs(options: argparse.Namespace, ports: RunListPorts) -> int:
    """List all runs, newest first; those that cannot be read are named on standard error."""
    found = list_runs(ports, lambda error: output.report(explain_error(error).in_one_line()))
    if options.json:
        output.print_json({"runs": [_run_json(one) for one in found]})
    elif not found:
        output.tell(say("No runs yet."))
    else:
        known = families(found)
        output.tell(*(_run_line(one, known[one.run]) for one in found))
    return exit_codes.DONE


def results(options: argparse.Namespace, ports: ResultsCommandPorts) -> int:
    """Write the results of a run again."""
    check_name(options.output, "--output")
    check_folder(Path(options.output), "--output")
    name = options.run or newest_run(ports)
    if not name:
        raise NoSuchRun(say("No run is kept on this computer yet; nothing was written."))
    with contextlib.ExitStack() as stack:

        def printer_for(record: RunRecord) -> Progress:
            return stack.enter_context(output.RowsPrinter(len(record.entries))).tell

        written = write_results_again(ports, name, Path(options.output), printer_for, may_overwrite=options.overwrite)
    output.report(*written.sentences())
    if options.json:
        output.print_json({"run": name, "output": str(written.path), "rows": written.rows})
    else:
        output.tell(say_count("{n} row written to {path}", "{n} rows written to {path}", written.rows, path=str(written.path)))
    return exit_codes.DONE


def practice(options: argparse.Namespace, ports: PracticeCommandPorts) -> int:
    sheet = open_whole(ports, Path(options.sheet)) if options.sheet else None
    ended = queue.SimpleQueue[None]()  # an Event may wait for itself in a signal handler
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: ended.put(None))
    try:
        crm = serve_practice(ports, options.port, sheet)
    except OSError as exc:
        raise WrongUse(
            say(
                "Port {port} cannot be used ({why}).",
                port=str(options.port),
                why=reason_of(exc) if exc.strerror else say("it is taken"),
            )
        ) from exc
    keys = ("api_url", "accounts_url", "access_token", "client_id", "client_secret", "control_url", "control_secret")
    told = {key: getattr(crm, key) for key in keys}
    if options.json:
        output.print_json(told)
    else:
        output.tell(*(f"{key}: {value}" for key, value in told.items()))
    ended.get()
    crm.close()
    return exit_codes.DONE


def support(options: argparse.Namespace, ports: SupportPorts) -> int:
    path = Path(options.output).absolute()
    if not save_support_file(ports, options.run, path, may_overwrite=options.overwrite):
        raise WrongUse(
            say(
                "{path} is no support file of Delink; give --output another name, or --overwrite. Nothing was written.", path=path
            )
        )
    if options.json:
        output.print_json({"output": str(path)})
    else:
        report = support_report(ports, options.run).split("\n")
        output.tell(*report, "", say("Written to {path}; look at it before you send it.", path=path))
    return exit_codes.DONE


def _run_line(one: RunSummary, family: Family) -> str:
    counts = ", ".join(line.strip().replace("  ", " ") for line in output.tally_lines(one.tally))
    line = f"{one.run}  {state_label(one.state):<11}  {Path(one.sheet).name}  {counts}"
    if one.origin.run is not None:
        retries = isinstance(one.origin, RetryOf)
        line += say("; retry of {run}", run=one.origin.run) if retries else say("; undo of {run}", run=one.origin.run)
    if family.retry is not None:
        line += say("; tried again by {run}", run=family.retry.run)
    if family.put_back:
        line += say(
            "; undone by {run} ({put_back} of {removed} put back)",
            run=family.undos[-1].run,
            put_back=family.put_back,
            removed=family.removed,
        )
    return line


def _run_json(one: RunSummary) -> dict[str, Any]:
    return {
        "run": one.run,
        "kind": kind_of(one.operation, one.origin),
        "parent": one.origin.run,
        "state": str(one.state),
        "started": one.started,
        "finished": one.finished,
        "sheet": one.sheet,
        "connection": one.connection,
        "links": one.links,
        **output.tally_of(one.tally, one.operation),
        "calls": one.calls,
        "reads": one.reads,
    }
