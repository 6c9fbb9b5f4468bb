"""A small sheet and plan to put into journals."""

from collections.abc import Sequence
from pathlib import Path

from desktop.domain.building import EntriesBuilder, LinksBuilder
from desktop.domain.connections import Account, Connection, Environment
from desktop.domain.entries import Books, Rejection, SheetRow
from desktop.domain.operations import Operation
from desktop.domain.origins import Fresh
from desktop.domain.planning.plans import Plan, make_plan
from desktop.domain.readings import Columns, Reading, ReadingChoice, SheetLinks
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from desktop.domain.runs import Change, RunFacts
from desktop.storage.run_folder import RunFolder, StoredRun

CONTACTS = Relation("Campaigns", "Contacts")


def sheet_of(links_wanted: int = 6, relation: Relation = CONTACTS) -> SheetLinks:
    """Links under two campaigns, a repeat, a rejected entry with odd text, a blank row."""
    building, collected, rows = LinksBuilder(), EntriesBuilder(), []
    for number in range(links_wanted):
        parent, related = RecordId(f"365239700000032700{number % 2}"), RecordId(f"365239700{number:010d}")
        building.add(relation, parent, related, number + 2)
        collected.add_link(number + 2, parent, f"zcrm_{related}", number, duplicate=False)
        rows.append(SheetRow(number + 2, (parent, f"zcrm_{related}", "=1+1")))
    last = links_wanted + 2
    collected.add_link(last, building.parent_ids[0], building.related_ids[0], 0, duplicate=True)
    collected.add_rejected(last, "", "Bén \ud800", Rejection.NOT_AN_ID)
    links, entries = building.build({links_wanted - 1}), collected.build()
    rows += [SheetRow(last, (links.parent_ids[0], "Bén \ud800", "")), SheetRow(last + 1, ("", "", ""))]
    books = Books(len(rows), 1, len(entries), len(links), 1, entries.rejected(), 1)
    reading = Reading("Excel workbook", sheet_name="List", header_row=1)
    headers = ("Campaign Id", "Contact Id", "Note")
    return SheetLinks(
        "list.xlsx", "list.xlsx", "0" * 64, reading, headers, Columns(0, 1), ReadingChoice(), rows, entries, links, books
    )


def facts_of(sheet: SheetLinks, plan: Plan, run: str = "20261124-120000-000aaaa") -> RunFacts:
    account = Account("ACME", "123", "Ann", "ann@acme.example", "free")
    connection = Connection(
        "id1", "eu", "eu", Environment.PRODUCTION, "https://www.zohoapis.eu", "https://accounts.zoho.eu", account
    )
    return RunFacts(
        run, Operation.REMOVE, Fresh(), "2026-11-24T12:00:00Z", sheet.path, sheet.name, sheet.sha256, sheet.reading.sentence(),
        sheet.relations, connection, plan.side, plan.calls, "0.1.0", "ann", sheet.headers, 0, 1,
    )  # fmt: skip


def plan_of(sheet: SheetLinks) -> Plan:
    return make_plan(sheet.links, first=2)


def new_run(folder: Path, left_out: Sequence[Change] = ()) -> StoredRun:
    """A run of this sheet, locked for the test."""
    sheet = sheet_of()
    plan = plan_of(sheet)
    return RunFolder(folder).create(facts_of(sheet, plan), sheet, plan, left_out)
