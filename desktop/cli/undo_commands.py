"""verify and undo: what a run removed is read again, or put back."""

import argparse
from collections.abc import Sequence
from typing import Protocol

from desktop.application.follow_ups import FollowedRuns, FollowUpPorts, Verification, VerifyListener, prepare_undo, verify_run
from desktop.application.past_runs import ListedRuns, RunListPorts, newest_run
from desktop.application.serving import OpenAccount
from desktop.application.starting import RunRequest, Undo
from desktop.cli import exit_codes, output
from desktop.cli.accounts import offer_of
from desktop.cli.arguments import NoSuchRun
from desktop.cli.countdown import told_once
from desktop.cli.result_places import wish_of
from desktop.cli.run_commands import FollowUpCommandPorts, confirm, start_and_work, stopping, waiting_words
from desktop.domain.ledger import RunRecord
from desktop.domain.texts import Text
from desktop.words import say_text
from desktop.words.causes import what_cannot_come_back

_MOST_NAMED = 20


class ListedFollowedRuns(ListedRuns, FollowedRuns, Protocol):
    """The runs of this computer, as far as one is chosen and read again."""


class VerifyCommandPorts(RunListPorts, FollowUpPorts, Protocol):
    """What it takes to choose a run and to read its links again."""

    @property
    def runs(self) -> ListedFollowedRuns: ...


def verify(options: argparse.Namespace, ports: VerifyCommandPorts) -> int:
    """Read the links of a run again, say which are not as the run left them, and settle those that were not confirmed."""
    results = wish_of(options)
    name = options.run or newest_run(ports)
    if name is None:
        raise NoSuchRun("No run is kept on this computer yet; nothing was read.")
    reader = _Reader()
    with offer_of(options) as offer, stopping() as control:
        verified = verify_run(ports, name, offer, control, reader, results)
    written, found = verified.written, verified.found
    reader.finish()
    output.say(f"{output.count(len(found.gone) + len(found.still_linked), 'link')} read.")
    output.say(*(() if written is None else written.sentences()))
    _tell_verified(options, verified.record, found)
    is_whole = written is None or written.error is None
    return exit_codes.DONE if is_whole and not found.differences and not found.unknown else exit_codes.SOMETHING_LEFT


class _Reader(VerifyListener):
    """Says how far a reading is."""

    def __init__(self) -> None:
        self._tell_read = output.every_second(lambda read: f"{output.count(round(read), 'link')} read.")
        self._rows = output.RowsPrinter(0)

    def reading(self, record: RunRecord, account: OpenAccount) -> None:
        """The links of this run are read now, in this account."""
        self._rows = output.RowsPrinter(len(record.entries))
        links = output.count(len(record.links), "link")
        output.say(f"Reading {links} of run {record.facts.run} on {say_text(account.connection.label)}; nothing is changed.")

    def unwritable(self, why: Text | str) -> None:
        """The run's record cannot be written."""
        output.say(f"The run's record cannot be written ({say_text(why)}); what is read now is told and not kept.")

    def links_read(self, links: int) -> None:
        """So many links are read."""
        self._tell_read(links)

    def lines_written(self, done: int, total: int) -> None:
        """So many lines of so many stand in the results."""
        self._rows.tell(done, total)

    def finish(self) -> None:
        """Nothing more is read or written."""
        self._rows.finish()


def undo(options: argparse.Namespace, ports: FollowUpCommandPorts) -> int:
    """Put back the links that a run removed, as a run of its own."""
    results = wish_of(options)
    with offer_of(options) as offer, stopping() as control:
        wanted, account = prepare_undo(ports, options.run, offer, control, told_once(waiting_words), results=results)
    with account:
        for line in _preview(wanted):
            output.say(line)
        confirm(options, wanted.plan.links_to_send, "put back")
        request = RunRequest(wanted.sheet, wanted.plan, safety_copy=False, undo=wanted)
        return start_and_work(options, ports, request, account, results)


def _preview(wanted: Undo) -> list[str]:
    plan = wanted.plan
    back = f" {wanted.put_back:,} of them were put back by an undo before and are left out;" if wanted.put_back else ""
    them = f"the other {plan.links_to_send:,}" if back else "them"
    lines = [
        f"Run {wanted.parent.run} removed {output.count(wanted.removed, 'link')};{back} "
        f"putting {them} back takes {output.count(plan.calls, 'call')}, and as many reads before them at most.",
        "A link that somebody has put back since is left as it is.",
        what_cannot_come_back(),
    ]
    if wanted.unconfirmed:
        lines.append(f"{output.count(wanted.unconfirmed, 'link')} of the run could not be confirmed and will not be touched.")
    return lines


def _tell_verified(options: argparse.Namespace, book: RunRecord, found: Verification) -> None:
    counts = {"gone": found.gone, "still_linked": found.still_linked, "unknown": found.unknown}
    if options.json:
        told = {name: len(links) for name, links in counts.items()}
        return output.print_json({"run": book.facts.run, "links": len(book.links), **told})
    labels = {"gone": "Not linked now", "still_linked": "Linked now", "unknown": "Not known: held back, or no read proved it"}
    lines = [f"Run {book.facts.run}: {output.count(len(book.links), 'link')}."]
    lines += [f"  {len(links):>8,}  {labels[name]}" for name, links in counts.items() if links]
    output.tell(*lines, *_named(book, found))
    return None


def _named(book: RunRecord, found: Verification) -> Sequence[str]:
    """The first differences by their records and rows."""
    missing = "Not back" if found.operation.wished_there else "Put back by an undo of this run, and gone again"
    groups = ((found.unwanted, "Still linked"), (found.back, "Put back by an undo of this run"), (found.missing, missing))
    return [line for links, words in groups for line in _first_of(book, links, words)]


def _first_of(book: RunRecord, differences: Sequence[int], words: str) -> Sequence[str]:
    if not differences:
        return ()
    links, lines = book.links, [f"{words}:"]
    for link in differences[:_MOST_NAMED]:
        lines.append(f"  row {links.first_rows[link]:,}: {links.related_ids[link]} and {links.parent_ids[link]}")
    if len(differences) > _MOST_NAMED:
        lines.append(f"  and {output.count(len(differences) - _MOST_NAMED, 'other')}")
    return lines
