"""check: what is in a sheet, how many calls it would take, and (with the CRM) which of its links exist. Changes nothing."""

import argparse
from typing import Any, Protocol

from desktop.application.checking import CheckPorts, CrmCheck
from desktop.application.opening import OpenPorts
from desktop.application.planning import plan_sheet
from desktop.application.serving import AccountPorts, identified
from desktop.application.starting import SeededPractice
from desktop.cli import exit_codes, output
from desktop.cli.accounts import account_of
from desktop.cli.confirming import plan_line
from desktop.cli.meant_sheet import read_sheet
from desktop.domain.findings import Findings, Presence
from desktop.domain.planning.plans import Plan, SideChoice
from desktop.domain.previews import PlanFacts
from desktop.domain.readings import SheetLinks
from desktop.words import say, say_count
from desktop.words.causes import explain_cause


class CheckCommandPorts(OpenPorts, AccountPorts, CheckPorts, Protocol):
    """What it takes to read a sheet and to ask the CRM about it."""

    @property
    def practice(self) -> SeededPractice: ...


def check(options: argparse.Namespace, ports: CheckCommandPorts) -> int:
    """Read a sheet, say what is in it and how many calls it would take; with the CRM, also which of its links exist."""
    sheet = read_sheet(options, ports)
    plan = plan_sheet(sheet, SideChoice(options.side))
    findings = _look(options, ports, sheet, plan) if options.with_crm and plan.links_to_send else None
    if options.json:
        for note in output.notes_of(sheet):
            output.report(note)
        output.print_json(_check_json(sheet, plan) | _findings_json(options, findings))
    else:
        output.tell(*output.sheet_lines(sheet), plan_line(sheet, plan), *output.findings_lines(findings))
    return exit_codes.DONE if plan.links_to_send else exit_codes.SOMETHING_LEFT


def _look(options: argparse.Namespace, ports: CheckCommandPorts, sheet: SheetLinks, plan: Plan) -> Findings:
    """Ask the CRM which links exist; Ctrl-C ends that."""
    chosen = account_of(options, ports)
    printer = output.ReadsPrinter()
    with identified(ports, chosen) as account:
        output.report(say("Asking {label}; this changes nothing.", label=account.connection.label))
        findings = CrmCheck(ports, sheet, plan, account, printer.tell).run()
    printer.finish()
    if unclear := findings.count(Presence.UNCLEAR):
        output.report(
            say_count(
                "{n} link could not be read, so whether they exist is not known.",
                "{n} links could not be read, so whether they exist is not known.",
                unclear,
            )
        )
    for words in map(explain_cause, findings.refused):
        output.report(words.whole())
    return findings


def _findings_json(options: argparse.Namespace, findings: Findings | None) -> dict[str, int]:
    if not options.with_crm:
        return {}
    found = findings or Findings(bytearray())
    return {
        "linked": found.count(Presence.LINKED),
        "not_linked": found.count(Presence.NOT_LINKED),
        "not_found": found.count(Presence.NOT_FOUND),
        "unclear": found.count(Presence.UNCLEAR),
    }


def _check_json(sheet: SheetLinks, plan: Plan) -> dict[str, Any]:
    books = sheet.books
    has_choice = sheet.hidden.rows or sheet.choice.where
    of_rows = {"hidden": books.hidden, "left_out": books.left_out, "rows_with_entries": books.rows_with_entries}
    return {
        "sheet": sheet.path,
        "rows": books.rows,
        "blank": books.blank,
        **(of_rows if has_choice else {}),
        "entries": books.entries,
        "links": books.links,
        "duplicates": books.duplicates,
        "rejected": {str(reason): number for reason, number in books.rejected.items()},
        "suspicious": books.suspicious,
        "parents": PlanFacts.of(plan).parents,
        "calls": plan.calls,
        "side": plan.side,
    }
