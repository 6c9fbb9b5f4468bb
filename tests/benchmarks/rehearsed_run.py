"""One run in a process of its own, as the benches need it: links made up, journal on disk, the real engine and client.

    python -m tests.benchmarks.rehearsed_run '{"api_url": …, "token": …, "calls": 4000, "ids": 100, "lanes": 20 | null, "cap": 20,
                                              "flush_ms": 0, "home": …}'

Prints one JSON object: seconds from the first intent to the finished state on disk, CPU seconds of them, the counts, and
a curve: of each hundredth of the run the links that are settled, MB of memory, threads and seconds.
"""

import json
import resource
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from desktop.crm.client import open_crm
from desktop.domain.building import EntriesBuilder, LinksBuilder
from desktop.domain.causes import CauseCode
from desktop.domain.connections import Connection, Environment
from desktop.domain.entries import Books, SheetRow
from desktop.domain.operations import Operation
from desktop.domain.origins import Fresh
from desktop.domain.planning.plans import SideChoice, make_plan
from desktop.domain.readings import Columns, Reading, ReadingChoice, SheetLinks
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from desktop.domain.runs import Change, Moment, RunFacts, RunState
from desktop.engine.clock import SystemClock
from desktop.engine.control import RunControl
from desktop.engine.runner import Runner
from desktop.storage.run_folder import RunFolder, StoredRun

CONTACTS = Relation("Campaigns", "Contacts")


def pair(call: int, index: int) -> tuple[RecordId, RecordId]:
    """The campaign and the contact of link ``index`` of a call."""
    return RecordId(f"365239700{call:010d}"), RecordId(f"3652{call:07d}{index:08d}")


class SlowDisk:
    """A run book whose every commit takes some milliseconds longer, as on a disk that flushes slowly."""

    def __init__(self, book: StoredRun, flush_s: float) -> None:
        self._book = book
        self._flush_s = flush_s
        self.commits = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._book, name)

    def commit(self, changes: Sequence[Change]) -> None:
        self.commits += 1
        if self._flush_s:
            time.sleep(self._flush_s)
        self._book.commit(changes)


class Audience:
    """Notes the curve of a run."""

    def __init__(self) -> None:
        self.curve: list[tuple[int, float, int, float]] = []
        self._started = time.perf_counter()

    def recorded(self, moment: Moment) -> None:
        if moment.done * 100 >= moment.total * (len(self.curve) + 1):
            seconds = time.perf_counter() - self._started
            self.curve.append((moment.done, _memory_mb(), threading.active_count(), seconds))

    def state_changed(self, state: RunState, cause: CauseCode | None) -> None:
        """Nothing is counted when the state changes."""


def made_up_sheet(calls: int, ids: int) -> SheetLinks:
    """``calls`` campaigns with ``ids`` contacts each, a link a row."""
    building, collected = LinksBuilder(), EntriesBuilder()
    for row in range(calls * ids):
        near, far = pair(*divmod(row, ids))
        building.add(CONTACTS, near, far, row + 2)
        collected.add_link(row + 2, near, far, row, duplicate=False)
    links, entries = building.build(), collected.build()
    books = Books(len(links), 0, len(links), len(links), 0, {})
    rows: Sequence[SheetRow] = ()
    reading = Reading("made up", header_row=1)
    return SheetLinks(
        "bench.csv", "bench.csv", "0" * 64, reading, ("A", "B"), Columns(0, 1), ReadingChoice(), rows, entries, links, books
    )


def facts_of(sheet: SheetLinks, connection: Connection, run: str) -> RunFacts:
    return RunFacts(
        run,
        Operation.REMOVE,
        Fresh(),
        "",
        sheet.path,
        sheet.name,
        sheet.sha256,
        "",
        (CONTACTS,),
        connection,
        "parent",
        0,
        "bench",
        "",
    )


def main() -> None:
    """Carry out the wish of the one argument."""
    wish = json.loads(sys.argv[1])
    connection = Connection("bench", "bench", "", Environment.SANDBOX, wish["api_url"])
    sheet = made_up_sheet(wish["calls"], wish["ids"])
    runs = RunFolder(Path(wish["home"]))
    Path(wish["home"]).mkdir(parents=True, exist_ok=True)
    plan = make_plan(sheet.links, SideChoice.AS_SHEET)
    clock = SystemClock()
    with runs.create(facts_of(sheet, connection, runs.new_id()), sheet, plan, ()) as stored:
        book = SlowDisk(stored, wish.get("flush_ms", 0) / 1000)
        with closing(open_crm(connection, wish["token"], proxies=lambda _: {})) as crm:
            audience = Audience()
            runner = Runner(
                book, crm, clock, RunControl(), audience, lanes=wish["lanes"], lane_cap=wish["cap"], hold_on_pause=False
            )
            before, started = _cpu_s(), time.perf_counter()
            ending = runner.run()
            seconds, cpu_s = time.perf_counter() - started, _cpu_s() - before
    tally = {str(outcome): count for outcome, count in ending.tally.counts.items()}
    told = {"seconds": seconds, "cpu_s": cpu_s, "state": str(ending.state), "calls": ending.calls, "commits": book.commits}
    print(json.dumps({**told, **tally, "curve": audience.curve}), flush=True)


def _memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def _cpu_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
