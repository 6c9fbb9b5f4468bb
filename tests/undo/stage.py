"""A run and its undo on a practice CRM over real sockets, with journals on disk and a clock on which an hour is seconds."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop.application.new_runs import new_run
from desktop.application.undoing import settle_before_undo, start_undo, undo_of
from desktop.application.undone_links import put_back_links
from desktop.compose import build_services
from desktop.crm.client import CrmClient, open_crm
from desktop.crm.session import Deadlines
from desktop.domain.building import EntriesBuilder, LinksBuilder
from desktop.domain.connections import Connection, Environment
from desktop.domain.entries import Books, SheetRow
from desktop.domain.ledger import Ledger
from desktop.domain.planning.plans import SideChoice, make_plan
from desktop.domain.readings import Columns, Reading, ReadingChoice, SheetLinks
from desktop.domain.records import Link, RecordId
from desktop.domain.relations import Relation
from desktop.domain.runs import Ending, RunState
from desktop.engine.control import RunControl
from desktop.engine.ports import Crm, RunJournal
from desktop.engine.runner import Runner
from desktop.engine.settle import Verification, verify
from desktop.practice import PracticeCrm
from tests.truth.quick_clock import QuickClock
from tests.truth.stage import Audience

CONTACTS, PRICE_BOOKS = Relation("Campaigns", "Contacts"), Relation("Products", "Price_Books")


def links_of(relation: Relation, parents: int, each: int) -> list[Link]:
    ends = [(n, m) for n in range(parents) for m in range(each)]
    return [Link(relation, RecordId(f"36523970000003{n:05d}"), RecordId(f"36523970000009{n:02d}{m:03d}")) for n, m in ends]


LINKS = links_of(CONTACTS, 3, 4)

PATIENT = Deadlines(connect_s=10.0, read_s=20.0, total_s=30.0)

Meddle = Callable[[Crm], Crm]
Pair = frozenset[tuple[str, str]]


def as_it_is(crm: Crm) -> Crm:
    return crm


def sheet_of(wanted: Sequence[Link]) -> SheetLinks:
    """A sheet with one link a row."""
    building, collected, rows = LinksBuilder(), EntriesBuilder(), []
    for row, one in enumerate(wanted, start=2):
        link = building.add(one.relation, one.parent_id, one.related_id, row)
        collected.add_link(row, one.parent_id, one.related_id, link, duplicate=False)
        rows.append(SheetRow(row, (one.parent_id, one.related_id)))
    links, entries = building.build(), collected.build()
    books = Books(len(rows), 0, len(entries), len(links), 0)
    reading = Reading("Comma-separated", header_row=1)
    headers = ("Parent Id", "Related Id")
    return SheetLinks(
        "a.csv", "a.csv", "0" * 64, reading, headers, Columns(0, 1), ReadingChoice(), rows, entries, links, books
    )  # fmt: skip


class Bench:
    """The services of the program, with the practice CRM in Zoho's place. Needs a DELINK_HOME of its own."""

    def __init__(self, practice: PracticeCrm, version: str = "v8") -> None:
        self.practice = practice
        self.connection = Connection("c", "c", "", Environment.SANDBOX, practice.api_url, api_version=version)
        self.services = replace(build_services(), clock=QuickClock(), os_user="ann")
        self.control = RunControl()

    def client(self) -> CrmClient:
        """A client of the practice CRM."""
        return open_crm(self.connection, self.practice.access_token, deadlines=PATIENT)

    def start(self, wanted: Sequence[Link], *, side: SideChoice = SideChoice.AUTO, safety_copy: bool = True) -> str:
        """A run of these links on disk; returns its name."""
        sheet = sheet_of(wanted)
        plan = make_plan(sheet.links, side)
        with new_run(self.services, sheet, plan, self.connection, safety_copy=safety_copy) as book:
            return book.facts.run

    def work(self, run: str, meddle: Meddle = as_it_is, *, lanes: int = 3) -> Ending:
        """Open a run as a new program would and carry out what is left of it."""
        self.control = RunControl()
        client = self.client()
        with self.services.runs.open(run) as book:
            crm = meddle(client)
            try:
                return Runner(book, crm, self.services.clock, self.control, Audience(), lanes, hold_on_pause=False).run()
            finally:
                client.close()

    def work_to_the_end(self, run: str, meddle: Meddle = as_it_is, *, lanes: int = 3) -> Ending:
        """Go on after every pause and stop; meddle the first time only."""
        ending = self.work(run, meddle, lanes=lanes)
        for _ in range(10):
            if ending.state is RunState.FINISHED:
                break
            ending = self.work(run, lanes=lanes)
        return ending

    def start_undo(self, run: str, chosen: Collection[int] | None = None, gone_again: Collection[tuple[str, str]] = ()) -> str:
        """An undo of a run on disk, after what was unknown is settled; returns its name."""
        client = self.client()
        try:
            with self.services.runs.open(run) as parent:
                assert settle_before_undo(parent, client, self.services.clock, RunControl())
                undo = undo_of(parent, chosen, put_back_links(self.services.runs, parent, gone_again))
        finally:
            client.close()
        with start_undo(self.services, undo, self.connection) as book:
            return book.facts.run

    def verify(self, run: str) -> Verification:
        """Read the links of a run again."""
        client = self.client()
        try:
            with self.services.runs.open(run) as book:
                back = put_back_links(self.services.runs, book)
                return verify(book, client, self.services.clock, RunControl(), put_back=back)
        finally:
            client.close()

    def read(self, run: str) -> RunJournal:
        """A run as it stands on disk."""
        return self.services.runs.read(run)

    def ledger(self, run: str) -> Ledger:
        """The account of a run as it stands on disk."""
        with self.read(run) as book:
            return book.ledger

    def seed(self, links: Sequence[Link]) -> None:
        """Put links in, with the fields of their own that the practice CRM gives them."""
        rows = [(one.relation.parent_module, one.relation.related_list, one.parent_id, one.related_id) for one in links]
        self.practice.seed(rows, share=False)

    def know(self, links: Sequence[Link]) -> None:
        """Both records of these links exist, the links do not."""
        ends = [(one.relation.parent_module, one.parent_id) for one in links]
        ends += [(one.relation.related_list, one.related_id) for one in links]
        with self.practice.state.transaction() as db:
            db.executemany("INSERT OR IGNORE INTO records (module, id) VALUES (?, ?)", ends)

    def change(self, statement: str, *values: str) -> None:
        """Somebody changes something in the CRM."""
        with self.practice.state.transaction() as db:
            db.execute(statement, values)


def linked_now(practice: PracticeCrm) -> Mapping[Pair, dict[str, Any]]:
    """Every link that is there, by its two ends, with the fields of its own."""
    return {
        frozenset({(one["module_a"], one["id_a"]), (one["module_b"], one["id_b"])}): json.loads(one["fields"])
        for one in practice.state.links()
        if one["linked"]
    }


def blind_puts(calls: Sequence[Mapping[str, Any]]) -> list[str]:
    """Links that were put back without a read of their list after the call before that may have changed it."""
    touched, found = set[tuple[str, str]](), []
    for call in calls:
        path, asked = str(call["path"]), [one for one in str(call["asked"]).split(",") if one]
        if call["method"] == "GET":
            touched = {(list_, far) for list_, far in touched if list_ != path or (asked and far not in asked)}
        elif call["method"] == "PUT":
            found += [f"{far} on {path}" for far in asked if (path, far) in touched]
            if not 401 <= int(call["status"]) < 500:
                touched |= {(path, far) for far in asked}
    return found
