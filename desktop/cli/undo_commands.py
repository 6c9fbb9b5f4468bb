"""verify and undo: what a run removed is read again, or put back."""

import argparse
import contextlib
from collections.abc import Iterator, Sequence

from desktop.application.result_files import ResultFiles
from desktop.application.undone_links import put_back_links
from desktop.cli import exit_codes, output
from desktop.cli.accounts import account_to_resume, check_account
from desktop.cli.arguments import NoSuchRun
from desktop.cli.countdown import told_once
from desktop.cli.result_places import check_name, check_place, write_results
from desktop.cli.run_commands import carry_out, confirm, stopped_by_signals, waiting_words
from desktop.domain.connections import Connection
from desktop.domain.errors import RunNotOpenable
from desktop.domain.outcomes import Outcome
from desktop.domain.undo_causes import CANNOT_COME_BACK
from desktop.engine.control import RunControl
from desktop.engine.ports import Crm, RunBook, Services
from desktop.engine.preparing import with_account
from desktop.engine.read_only_book import ReadOnlyBook
from desktop.engine.settle import Verification
from desktop.engine.settle import verify as verify_links
from desktop.engine.undoing import Undo, check_may_undo, settle_before_undo, start_undo, undo_of

_MOST_NAMED = 20


def verify(options: argparse.Namespace, services: Services) -> int:
    """Read the links of a run again, say which are not as the run left them, and settle those that were not confirmed."""
    check_name(options.results)
    name = options.run or _newest(services)
    with contextlib.ExitStack() as stack:
        book = stack.enter_context(_opened_or_read(services, name))
        check_place(options, services, book.facts.sheet_path)
        crm, account = stack.enter_context(_account_of(options, services, book))
        unconfirmed = len(book.ledger.with_outcome(Outcome.UNKNOWN))
        output.say(f"Reading {output.count(len(book.links), 'link')} of run {name} on {account.label}; nothing is changed.")
        with _stopping() as control:
            told = output.every_second(lambda read: f"{output.count(round(read), 'link')} read.")
            found = verify_links(book, crm, services.clock, control, told, put_back_links(services.runs, book))
        output.say(f"{output.count(len(found.gone) + len(found.still_linked), 'link')} read.")
        if options.results or len(book.ledger.with_outcome(Outcome.UNKNOWN)) != unconfirmed:
            written = write_results(options, services, book).error is None
        else:
            written = True
        _tell_verified(options, book, found)
    return exit_codes.DONE if written and not found.differences and not found.unknown else exit_codes.SOMETHING_LEFT


def undo(options: argparse.Namespace, services: Services) -> int:
    """Put back the links that a run removed, as a run of its own."""
    check_name(options.results)
    with contextlib.ExitStack() as stack:
        parent = stack.enter_context(services.runs.open(options.run))
        check_place(options, services, parent.facts.sheet_path)
        check_may_undo(parent.facts)
        crm, account = stack.enter_context(_account_of(options, services, parent))
        with ResultFiles(services).kept_true(parent), _stopping() as control:
            settle_before_undo(parent, crm, services.clock, control, told_once(waiting_words))
        wanted = undo_of(parent, put_back=put_back_links(services.runs, parent))
        for line in _preview(wanted):
            output.say(line)
        confirm(options, wanted.plan.links_to_send, "put back")
        book = stack.enter_context(start_undo(services, wanted, account))
        parent.close()
        output.say(f"Run {book.facts.run} on {account.label}.")
        return carry_out(options, services, book, crm, account)


def _opened_or_read(services: Services, run: str) -> RunBook:
    """The run with its lock; without it where that is out of reach, when what the reads prove can be told, not written down."""
    try:
        return services.runs.open(run)
    except RunNotOpenable as exc:
        book = ReadOnlyBook(services.runs.read(run))
        output.say(f"The run's record cannot be written ({exc.detail}); what is read now is told and not kept.")
        return book


def _newest(services: Services) -> str:
    found = services.runs.summaries()
    if not found:
        raise NoSuchRun("No run is kept on this computer yet; nothing was read.")
    return found[0].run


@contextlib.contextmanager
def _account_of(options: argparse.Namespace, services: Services, book: RunBook) -> Iterator[tuple[Crm, Connection]]:
    """The account that the run belongs to, opened. Raises RunElsewhere and others."""
    connection, token = account_to_resume(options, services, book.facts.connection)
    with contextlib.closing(services.open_crm(connection, token)) as crm:
        account = with_account(crm)
        check_account(book.facts, account)
        yield crm, account


@contextlib.contextmanager
def _stopping() -> Iterator[RunControl]:
    """A control that Ctrl-C stops; what was read until then is kept. Raises KeyboardInterrupt afterwards."""
    control = RunControl()
    with stopped_by_signals(control) as interrupted:
        yield control
    if interrupted:
        raise KeyboardInterrupt


def _preview(wanted: Undo) -> list[str]:
    plan = wanted.plan
    back = f" {wanted.put_back:,} of them were put back by an undo before and are left out;" if wanted.put_back else ""
    them = f"the other {plan.links_to_send:,}" if back else "them"
    lines = [
        f"Run {wanted.parent.run} removed {output.count(wanted.removed, 'link')};{back} "
        f"putting {them} back takes {output.count(plan.calls, 'call')}, and as many reads before them at most.",
        "A link that somebody has put back since is left as it is.",
        CANNOT_COME_BACK,
    ]
    if wanted.unconfirmed:
        lines.append(f"{output.count(wanted.unconfirmed, 'link')} of the run could not be confirmed and will not be touched.")
    return lines


def _tell_verified(options: argparse.Namespace, book: RunBook, found: Verification) -> None:
    counts = {"gone": found.gone, "still_linked": found.still_linked, "unknown": found.unknown}
    if options.json:
        told = {name: len(links) for name, links in counts.items()}
        return output.print_json({"run": book.facts.run, "links": len(book.links), **told})
    labels = {"gone": "Not linked now", "still_linked": "Linked now", "unknown": "Not known: held back, or no read proved it"}
    lines = [f"Run {book.facts.run}: {output.count(len(book.links), 'link')}."]
    lines += [f"  {len(links):>8,}  {labels[name]}" for name, links in counts.items() if links]
    output.tell(*lines, *_named(book, found))
    return None


def _named(book: RunBook, found: Verification) -> Sequence[str]:
    """The first differences by their records and rows."""
    missing = "Not back" if found.operation.wished_there else "Put back by an undo of this run, and gone again"
    groups = ((found.unwanted, "Still linked"), (found.back, "Put back by an undo of this run"), (found.missing, missing))
    return [line for links, words in groups for line in _first_of(book, links, words)]


def _first_of(book: RunBook, differences: Sequence[int], words: str) -> Sequence[str]:
    if not differences:
        return ()
    links, lines = book.links, [f"{words}:"]
    for link in differences[:_MOST_NAMED]:
        lines.append(f"  row {links.first_rows[link]:,}: {links.related_ids[link]} and {links.parent_ids[link]}")
    if len(differences) > _MOST_NAMED:
        lines.append(f"  and {output.count(len(differences) - _MOST_NAMED, 'other')}")
    return lines
