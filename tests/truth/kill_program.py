"""``python -m tests.truth.kill_program POINT NTH COMMAND…``: the real command line, which kills itself at a named point.

Only the ports around the real parts are wrapped; points inside a part are found by Python's audit events. With
DELINK_QUICK_CLOCK the waits of the run are short.
"""

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from desktop.application.outside import Runs
from desktop.cli import main as carry_out
from desktop.compose import build_services
from desktop.crm import tokens
from desktop.domain.connections import Connection
from desktop.domain.entries import Entries, Links, SheetRow
from desktop.domain.errors import DelinkError
from desktop.domain.history import EarlierRun
from desktop.domain.ledger import Ledger
from desktop.domain.outcomes import LinkFields
from desktop.domain.planning.plans import Plan
from desktop.domain.readings import SheetLinks
from desktop.domain.result_targets import ResultsFile
from desktop.domain.row_choices import RowsLeftOut
from desktop.domain.runs import Change, Copied, Intent, RunFacts, RunSummary, Settled, StateChange
from desktop.domain.texts import Text
from desktop.engine.ports import RunJournal
from desktop.storage.connections import Secrets
from desktop.storage.secrets import KeyringSecrets
from tests.truth.quick_clock import QuickClock

_KINDS: dict[str, type[Change]] = {"copy": Copied, "intent": Intent, "outcome": Settled, "state": StateChange}


class Killer:
    """Ends the process as a power cut would, when the named point comes for the nth time."""

    def __init__(self, point: str, nth: int) -> None:
        self._point = point
        self._left = nth

    def reached(self, point: str) -> None:
        if point == self._point:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def watch_files(self) -> None:
        """Points of the results workbook and of a new journal, which have no port around them."""
        state = {"zipping": False}

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            name = str(arguments[0]) if arguments else ""
            if event == "open" and name.endswith("results.xlsx") and arguments[1] == "w+":
                state["zipping"] = True
            elif event == "os.remove" and state["zipping"] and ".delink-" in name:
                self.reached("results half written")
            elif event == "os.rename" and str(arguments[1]).endswith(".xlsx"):
                self.reached("before results replaced")
            elif event == "os.rename" and str(arguments[1]).endswith(".delink-run"):
                self.reached("before plan renamed")
            elif event == "shutil.rmtree" and ".delink-" in name:
                self.reached("after results replaced")

        sys.addaudithook(hook)


class KillingBook:
    """A run book whose commits are points."""

    def __init__(self, book: RunJournal, killer: Killer) -> None:
        self._book = book
        self._killer = killer
        self.facts: RunFacts = book.facts
        self.links: Links = book.links
        self.plan: Plan = book.plan
        self.entries: Entries = book.entries
        self.left_out: RowsLeftOut = book.left_out

    @property
    def ledger(self) -> Ledger:
        return self._book.ledger

    def rows(self) -> Iterator[SheetRow]:
        yield from self._book.rows()

    def safety_copy(self) -> Iterator[tuple[int, LinkFields]]:
        yield from self._book.safety_copy()

    def commit(self, changes: Sequence[Change]) -> None:
        kinds = [name for name, kind in _KINDS.items() if any(isinstance(change, kind) for change in changes)]
        for kind in kinds:
            self._killer.reached(f"before {kind}")
        self._book.commit(changes)
        for kind in kinds:
            self._killer.reached(f"after {kind}")

    @property
    def results(self) -> Path | None:
        return self._book.results

    def note_results(self, file: ResultsFile) -> None:
        self._book.note_results(file)

    def close(self) -> None:
        self._book.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self.close()


class KillingSecrets:
    """The system's keyring, whose writes are points."""

    def __init__(self, secrets: Secrets, killer: Killer) -> None:
        self._secrets = secrets
        self._killer = killer

    def store(self, key: str, secret: str) -> None:
        self._killer.reached("before key kept")
        self._secrets.store(key, secret)
        self._killer.reached("after key kept")

    def fetch(self, key: str) -> str:
        return self._secrets.fetch(key)

    def forget(self, key: str) -> None:
        self._secrets.forget(key)

    def name(self) -> Text:
        return self._secrets.name()


class TokenWatch(logging.Handler):
    """A renewed token has no port around it, but a line in the log, before it is used."""

    def __init__(self, killer: Killer) -> None:
        super().__init__(logging.INFO)
        self._killer = killer

    def emit(self, record: logging.LogRecord) -> None:
        if record.name == tokens.__name__:
            self._killer.reached("token renewed")


class KillingRuns:
    """All runs, as they are."""

    def __init__(self, runs: Runs, killer: Killer) -> None:
        self._runs = runs
        self._killer = killer

    def create(self, facts: RunFacts, sheet: SheetLinks, plan: Plan, left_out: Sequence[Change]) -> RunJournal:
        self._killer.reached("before plan")
        book = self._runs.create(facts, sheet, plan, left_out)
        self._killer.reached("after plan")
        return KillingBook(book, self._killer)

    def open(self, run: str) -> RunJournal:
        return KillingBook(self._runs.open(run), self._killer)

    def read(self, run: str) -> RunJournal:
        return self._runs.read(run)

    def look_at(self, run: str) -> RunJournal:
        return self._runs.look_at(run)

    def summaries(self, left_out: Callable[[DelinkError], None] = lambda _: None) -> Sequence[RunSummary]:
        return self._runs.summaries(left_out)

    def stored_summary(self, run: str) -> RunSummary | None:
        return self._runs.stored_summary(run)

    def earlier(
        self, sheet: SheetLinks, connection: Connection, told: Callable[[int, int], None] = lambda _, __: None
    ) -> Sequence[EarlierRun]:
        return self._runs.earlier(sheet, connection, told)

    def remove(self, run: str) -> None:
        self._runs.remove(run)

    def new_id(self) -> str:
        return self._runs.new_id()


def main(point: str, nth: int, argv: list[str]) -> int:
    killer = Killer(point, nth)
    killer.watch_files()
    services = build_services(KillingSecrets(KeyringSecrets(), killer))
    services = replace(services, runs=KillingRuns(services.runs, killer))
    logging.getLogger().addHandler(TokenWatch(killer))
    if os.environ.get("DELINK_QUICK_CLOCK"):
        services = replace(services, clock=QuickClock())
    return carry_out(argv, lambda: services)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), sys.argv[3:]))
