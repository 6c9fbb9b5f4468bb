"""A sheet, a home and a command that something happens to; and what must hold afterwards, whatever it was."""

import json
import shutil
import signal
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from desktop.domain.ledger import RunRecord
from desktop.domain.operations import Operation
from desktop.domain.outcomes import Outcome
from desktop.domain.runs import RunState
from desktop.storage.run_folder import RunFolder, StoredRun
from desktop.words.labels import outcome_label
from tests.cli.driving import wait_until, write_sheet
from tests.truth.checks import Fate, blind_sends, falsehoods, fates, unintended
from tests.truth.journal_reading import intents_of
from tests.truth.processes import Command, PracticeProcess, holding_token

PARENTS, EACH = 5, 4
PAIRS = [(f"36523970000003270{n % PARENTS + 10}", f"36523970000009{n + 1101:05d}") for n in range(PARENTS * EACH)]
ABSENT = PAIRS[7]
MODULE, KILLING = ("desktop",), ("tests.truth.kill_program",)


class Scene:
    """A sheet, a home, a run that was killed."""

    def __init__(self, folder: Path, crm: PracticeProcess, home: Path | None = None) -> None:
        self.crm = crm
        self.home = home or folder / "home"
        self._copy = folder / "look"
        self.results = folder / "out.xlsx"
        self.sheet = write_sheet(folder / "a.csv", PAIRS)
        self.place: tuple[str, ...] = crm.place
        self.secrets = [crm.token]

    @property
    def _run_arguments(self) -> tuple[str, ...]:
        return ("run", str(self.sheet), *self.place, "--yes", "--json", "--results", str(self.results))

    def start(self, *options: str, module: tuple[str, ...] = MODULE) -> Command:
        return Command(self.home, module, (*self._run_arguments, *options), self.crm.token)

    def killed_at(self, point: str, nth: int, *options: str) -> None:
        arguments = (*self._run_arguments, "--lanes", "1", *options)
        command = Command(self.home, (*KILLING, point, str(nth)), arguments, self.crm.token)
        assert command.wait()[0] == -signal.SIGKILL

    def killed_while_held(self, parent: str, fault: dict[str, Any]) -> None:
        self.crm.tell("faults", {"match": {"method": "DELETE", "path": parent}, "do": "hold", **fault})
        command = self.start("--lanes", "1")
        wait_until(lambda: self.crm.counts()["held"] or command.is_over)
        assert command.kill() == -signal.SIGKILL
        self.crm.tell("release")
        wait_until(lambda: not self.crm.counts()["held"])

    @property
    def journals(self) -> list[Path]:
        return sorted((self.home / "runs").glob("*.delink-run")) if self.home.exists() else []

    def look(self) -> StoredRun:
        """What the next start would see, from a copy, so that looking changes nothing."""
        shutil.rmtree(self._copy, ignore_errors=True)
        shutil.copytree(self.home / "runs", self._copy)
        return RunFolder(self._copy).read(self.journals[0].stem)

    def holds_after_a_kill(self) -> int:
        """I1 to I7; returns how many links are unconfirmed."""
        assert [found for secret in self.secrets for found in holding_token(self.home, secret)] == []  # I7
        if not self.journals:
            assert self.crm.counts()["removals"] == 0
            return 0
        with self.look() as record:
            outcomes = record.ledger.outcomes()
            assert len(outcomes) == len(PAIRS)  # I1
            fate = fates(self.crm.links())
            assert falsehoods(record, fate) == []  # I2, and the words
            assert not removed_unnoticed(record, fate)  # I3
            path = self._copy / self.journals[0].name
        with sqlite3.connect(path) as db:
            assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"  # I6
        db.close()
        assert unintended(self.crm.calls(), intents_of(path)) == []  # I4
        return sum(one.outcome is Outcome.UNKNOWN for one in outcomes)

    def resumes(self) -> dict[str, Any]:
        """The rest, on a clock that runs fast; I1 to I8 hold at the end."""
        calls_before = len(self.crm.calls())
        with self.look() as record:
            open_links = {
                frozenset((record.links.parent_ids[n], record.links.related_ids[n]))
                for n in record.ledger.with_outcome(Outcome.UNKNOWN)
            }
        place = self.place if "--access-token" in self.place else ()  # a connection is the run's own
        arguments = ("resume", *place, "--json", "--results", str(self.results))
        environment = {"DELINK_QUICK_CLOCK": "1"}
        code, out, err = Command(self.home, (*KILLING, "never", "1"), arguments, self.crm.token, **environment).wait()
        assert code == 0, err
        told: dict[str, Any] = json.loads(out.splitlines()[-1])
        assert told["state"] == "finished" and told["unknown"] == told["refused"] == told["not_attempted"] == 0
        assert blind_sends(self.crm.calls()[calls_before:], open_links) == []  # I5
        assert self.crm.counts()["sends_without_read_max"] <= 1
        self.holds_after_a_kill()
        self.results_hold(told)
        return told

    def writes_results(self) -> dict[str, Any]:
        """The run was over: its results are written again, and any that were there are whole."""
        if self.results.exists():
            load_workbook(self.results)
        name = self.journals[0].stem
        code, out, err = Command(self.home, MODULE, ("results", name, "--output", str(self.results), "--json"), "").wait()
        assert code == 0, err
        assert json.loads(out.splitlines()[-1])["rows"] == len(PAIRS)
        with self.look() as record:
            told = {str(one): record.ledger.tally[one] for one in Operation.REMOVE.outcomes}
        self.results_hold(told)
        return told

    @property
    def is_over(self) -> bool:
        with self.look() as record:
            return record.ledger.state is RunState.FINISHED

    def goes_on(self) -> tuple[str, dict[str, Any]]:
        """Whatever is left to do, and how it is called in the table."""
        return ("was over", self.writes_results()) if self.is_over else ("resumed", self.resumes())

    def results_hold(self, told: dict[str, Any]) -> None:
        """I8: one line per entry, with the words that the run ended with."""
        lines = load_workbook(self.results)["All rows"].iter_rows(values_only=True)
        column = next(lines).index("Outcome")
        counts = Counter(line[column] for line in lines)
        assert sum(counts.values()) == len(PAIRS)
        assert counts == {outcome_label(one): told[str(one)] for one in Operation.REMOVE.outcomes if told[str(one)]}


def removed_unnoticed(record: RunRecord, fate: dict[frozenset[str], Fate]) -> list[int]:
    """Links that a call removed and that the journal holds for not sent, or for refused (I3)."""
    unaware = (Outcome.NOT_ATTEMPTED, Outcome.REFUSED)
    pairs = zip(record.links.parent_ids, record.links.related_ids, strict=True)
    removed = [number for number, pair in enumerate(pairs) if fate.get(frozenset(pair), Fate(False, 0)).removed]
    outcomes = record.ledger.outcomes()
    return [number for number in removed if outcomes[number].outcome in unaware]


@contextmanager
def ready(crm: PracticeProcess) -> Iterator[None]:
    """The practice CRM knows the links of the sheet (all but one), and nothing else."""
    crm.tell("release")
    crm.tell("reset")
    crm.seed(pair for pair in PAIRS if pair != ABSENT)
    yield
    crm.tell("release")
