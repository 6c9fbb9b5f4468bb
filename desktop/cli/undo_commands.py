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
from desktop.cli.confirming import confirm
from desktop.cli.countdown import told_once
from desktop.cli.result_places import results_request_of
from desktop.cli.run_commands import FollowUpCommandPorts, start_and_work, stopping, waiting_words
from desktop.domain.ledger import RunRecord
from desktop.domain.texts import Fact, Text
from desktop.words import say, say_count
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
    results = results_request_of(options)
    name = options.run or newest_run(ports)
    if name is None:
        raise NoSuchRun(say("No run is kept on this computer yet; nothing was read."))
    reader = _Reader()
    with offer_of(options) as offer, stopping() as control:
        verified = verify_run(ports, name, offer, control, reader, results)
    written, found = verified.written, verified.found
    reader.finish()
    output.report(say_count("{n} link read.", "{n} links read.", len(found.gone) + len(found.still_linked)))
    output.report(*(() if written is None else written.sentences()))
    _tell_verified(options, verified.record, found)
    is_whole = written is None or written.error is None
    return exit_codes.DONE if is_whole and not found.differences and not found.unknown else exit_codes.SOMETHING_LEFT


class _Reader(VerifyListener):
    """Says on standard error how far a reading is."""

    def __init__(self) -> None:
        self._tell_read = output.every_second(lambda read: say_count("{n} link read.", "{n} links read.", round(read)))
        self._rows = output.RowsPrinter(0)

    def reading(self, record: RunRecord, account: OpenAccount) -> None:
        """The links of this run are read now, in this account."""
        self._rows = output.RowsPrinter(len(record.entries))
        output.report(
            say_count(
                "Reading {n} link of run {run} on {label}; nothing is changed.",
                "Reading {n} links of run {run} on {label}; nothing is changed.",
                len(record.links),
                run=record.facts.run,
                label=account.connection.label,
            )
        )

    def unwritable(self, why: Text | str) -> None:
        """Say that the record of the run cannot be written."""
        output.report(say("The run's record cannot be written ({why}); what is read now is told and not kept.", why=why))

    def links_read(self, links: int) -> None:
        """Say how many links are read."""
        self._tell_read(links)

    def lines_written(self, done: int, total: int) -> None:
        """So many lines of so many stand in the results."""
        self._rows.tell(done, total)

    def finish(self) -> None:
        """Leave the line, because nothing more is read or written."""
        self._rows.finish()


def undo(options: argparse.Namespace, ports: FollowUpCommandPorts) -> int:
    """Put back the links that a run removed, as a run of its own."""
    results = results_request_of(options)
    with offer_of(options) as offer, stopping() as control:
        planned, account = prepare_undo(ports, options.run, offer, control, told_once(waiting_words), results=results)
    with account:
        for line in _preview(planned):
            output.report(line)
        confirm(options, planned.plan.links_to_send, planned.operation)
        request = RunRequest(planned.sheet, planned.plan, safety_copy=False, undo=planned)
        return start_and_work(options, ports, request, account, results)


def _preview(planned: Undo) -> list[str]:
    plan = planned.plan
    facts: dict[str, Fact] = {
        "run": planned.parent.run,
        "put_back": planned.put_back,
        "others": plan.links_to_send,
        "calls": say_count("{n} call", "{n} calls", plan.calls),
    }
    if planned.put_back:
        first = say_count(
            "Run {run} removed {n} link; {put_back} of them were put back by an undo before and are left out; putting the other "
            "{others} back takes {calls}, and as many reads before them at most.",
            "Run {run} removed {n} links; {put_back} of them were put back by an undo before and are left out; putting the other "
            "{others} back takes {calls}, and as many reads before them at most.",
            planned.removed,
            **facts,
        )
    else:
        first = say_count(
            "Run {run} removed {n} link; putting it back takes {calls}, and as many reads before that at most.",
            "Run {run} removed {n} links; putting them back takes {calls}, and as many reads before them at most.",
            planned.removed,
            **facts,
        )
    lines = [
        first,
        say("A link that somebody has put back since is left as it is."),
        what_cannot_come_back(),
    ]
    if planned.unconfirmed:
        lines.append(
            say_count(
                "{n} link of the run could not be confirmed and will not be touched.",
                "{n} links of the run could not be confirmed and will not be touched.",
                planned.unconfirmed,
            )
        )
    return lines


def _tell_verified(options: argparse.Namespace, book: RunRecord, found: Verification) -> None:
    counts = {"gone": found.gone, "still_linked": found.still_linked, "unknown": found.unknown}
    if options.json:
        told = {name: len(links) for name, links in counts.items()}
        return output.print_json({"run": book.facts.run, "links": len(book.links), **told})
    labels = {
        "gone": say("Not linked now"),
        "still_linked": say("Linked now"),
        "unknown": say("Not known: held back, or no read proved it"),
    }
    lines = [say_count("Run {run}: {n} link.", "Run {run}: {n} links.", len(book.links), run=book.facts.run)]
    lines += [output.numbered(len(links), labels[name]) for name, links in counts.items() if links]
    output.tell(*lines, *_named(book, found))
    return None


def _named(book: RunRecord, found: Verification) -> Sequence[str]:
    """The first differences by their records and rows."""
    missing = say("Not back") if found.operation.ends_linked else say("Put back by an undo of this run, and gone again")
    groups = (
        (found.unwanted, say("Still linked")),
        (found.back, say("Put back by an undo of this run")),
        (found.missing, missing),
    )
    return [line for links, words in groups for line in _first_of(book, links, words)]


def _first_of(book: RunRecord, differences: Sequence[int], words: str) -> Sequence[str]:
    if not differences:
        return ()
    links, lines = book.links, [f"{words}:"]
    for link in differences[:_MOST_NAMED]:
        lines.append(
            say(
                "  row {row}: {related} and {parent}",
                row=links.first_rows[link],
                related=links.related_ids[link],
                parent=links.parent_ids[link],
            )
        )
    if len(differences) > _MOST_NAMED:
        lines.append(say_count("  and {n} other", "  and {n} others", len(differences) - _MOST_NAMED))
    return lines
