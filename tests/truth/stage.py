"""One run of the bench: a practice CRM over real sockets, a real journal on disk, a real client with short deadlines."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from desktop.crm.client import CrmClient, open_crm
from desktop.crm.session import Deadlines
from desktop.domain.building import EntriesBuilder, LinksBuilder
from desktop.domain.causes import CauseCode
from desktop.domain.connections import Connection, Environment
from desktop.domain.entries import Books, SheetRow
from desktop.domain.ledger import Ledger
from desktop.domain.operations import Operation
from desktop.domain.origins import Fresh
from desktop.domain.planning.plans import SideChoice, make_plan
from desktop.domain.readings import Columns, Reading, ReadingChoice, SheetLinks
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from desktop.domain.runs import Ending, Moment, RunFacts, RunState
from desktop.engine.control import RunControl
from desktop.engine.ports import Crm, RunJournal
from desktop.engine.runner import Runner
from desktop.practice import PracticeCrm
from desktop.storage.run_folder import RunFolder
from tests.cli.driving import wait_until
from tests.truth.quick_clock import QuickClock

CONTACTS = Relation("Campaigns", "Contacts")
# The first for calls that are never answered, the second so that a machine under load makes no fault of its own.
QUICK = Deadlines(connect_s=0.3, read_s=0.25, total_s=0.6)
PATIENT = Deadlines(connect_s=5.0, read_s=10.0, total_s=20.0)
RUN = "20261124-120000-000aaaa"

Pair = tuple[str, str]


def sheet_of(pairs: Sequence[Pair], relation: Relation = CONTACTS) -> SheetLinks:
    """A sheet with one link a row."""
    building, collected, rows = LinksBuilder(), EntriesBuilder(), []
    for row, (parent, related) in enumerate(pairs, start=2):
        link = building.add(relation, RecordId(parent), RecordId(related), row)
        collected.add_link(row, parent, related, link, duplicate=False)
        rows.append(SheetRow(row, (parent, related)))
    links, entries = building.build(), collected.build()
    books = Books(len(rows), 0, len(entries), len(links), 0)
    reading = Reading("Comma-separated", header_row=1)
    headers = (f"{relation.parent_module} Id", f"{relation.related_list} Id")
    columns, choice = Columns(0, 1), ReadingChoice()
    return SheetLinks("a.csv", "a.csv", "0" * 64, reading, headers, columns, choice, rows, entries, links, books)


class Audience:
    """Remembers what it was told, and tells it on."""

    def __init__(self) -> None:
        self.moments: list[Moment] = []
        self.states: list[tuple[RunState, CauseCode | None]] = []
        self.on_moment: Callable[[Moment], None] = lambda _: None
        self.on_state: Callable[[RunState, CauseCode | None], None] = lambda *_: None

    def recorded(self, moment: Moment) -> None:
        self.moments.append(moment)
        self.on_moment(moment)

    def state_changed(self, state: RunState, cause: CauseCode | None) -> None:
        self.states.append((state, cause))
        self.on_state(state, cause)


class Stage:
    """A sheet on disk as a run, against a practice CRM that knows its links (all but ``absent``)."""

    def __init__(
        self,
        folder: Path,
        practice: PracticeCrm,
        pairs: Sequence[Pair],
        *,
        absent: Sequence[Pair] = (),
        safety_copy: bool = True,
        version: str = "v8",
        side: SideChoice = SideChoice.AS_SHEET,
        relation: Relation = CONTACTS,
        deadlines: Deadlines = PATIENT,
    ) -> None:
        self.practice = practice
        self._deadlines = deadlines
        self.runs = RunFolder(folder)
        self.clock, self.audience = QuickClock(), Audience()
        self.connection = Connection("c", "c", "", Environment.SANDBOX, practice.api_url, api_version=version)
        modules = (relation.parent_module, relation.related_list)
        practice.seed([(*modules, *pair) for pair in pairs if pair not in absent], share=False)
        rows = [(modules[end], pair[end]) for pair in pairs for end in (0, 1)]
        with practice.state.transaction() as db:
            db.executemany("INSERT OR IGNORE INTO records (module, id) VALUES (?, ?)", rows)
        sheet = sheet_of(pairs, relation)
        plan = make_plan(sheet.links, side)
        facts = RunFacts(
            RUN, Operation.REMOVE, Fresh(), "2026-11-24T12:00:00Z", sheet.path, sheet.name, sheet.sha256,
            sheet.reading.sentence(), sheet.relations, self.connection, plan.side, plan.calls, "0.1.0", "ann",
            sheet.headers, 0, 1, safety_copy,
        )  # fmt: skip
        self.runs.create(facts, sheet, plan, ()).close()
        self.path = folder / f"{RUN}.delink-run"

    def client(self, api_url: str = "", proxies: dict[str, str] | None = None) -> CrmClient:
        """A client of the practice CRM, or of another place."""
        place = replace(self.connection, api_url=api_url or self.practice.api_url)
        return open_crm(place, self.practice.access_token, deadlines=self._deadlines, proxies=lambda _: proxies or {})

    def run(
        self,
        meddle: Callable[[Crm], Crm] = lambda crm: crm,
        *,
        lanes: int = 2,
        control: RunControl | None = None,
        credits_floor: int | None = None,
    ) -> Ending:
        """Open the run as a new program would and carry out what is left of it."""
        client = self.client()
        with self.runs.open(RUN) as book:
            runner = Runner(
                book,
                meddle(client),
                self.clock,
                control or RunControl(),
                self.audience,
                lanes,
                hold_on_pause=False,
                credits_floor=credits_floor,
            )
            try:
                return runner.run()
            finally:
                client.close()

    def jump_when_held(self, seconds: float) -> None:
        """As soon as the practice CRM holds a call, the wall clock leaves the other one behind."""

        def jump() -> None:
            wait_until(lambda: self.practice.faults.held)
            self.clock.wall_offset_s += seconds

        threading.Thread(target=jump, daemon=True).start()

    def read(self) -> RunJournal:
        """The run as it stands on disk."""
        return self.runs.read(RUN)

    def ledger(self) -> Ledger:
        """The account of the run as it stands on disk."""
        with self.read() as book:
            return book.ledger
