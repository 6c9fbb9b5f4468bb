"""Journals: what was committed is there, whatever happens afterwards; what was not, is not."""

import os
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.causes import CauseCode
from desktop.domain.errors import JournalUnwritable
from desktop.domain.outcomes import REMOVED, LinkOutcome, Outcome
from desktop.domain.relations import Relation
from desktop.domain.runs import (
    Copied,
    Intent,
    RunState,
    Settled,
    StateChange,
)
from desktop.storage.journal_writing import Appender
from desktop.storage.run_folder import RunFolder
from tests.storage.stored import facts_of, new_run, plan_of, sheet_of

ROOT = Path(__file__).resolve().parents[2]
LOST = LinkOutcome(Outcome.UNKNOWN, CauseCode.ANSWER_LOST, "", "words “and” signs")


def test_journal_gives_back_everything_that_was_written(tmp_path: Path) -> None:
    sheet = sheet_of()
    with new_run(tmp_path) as run:
        run.commit([Intent(run.plan.batches[0], 1.5), Settled(0, ((0, REMOVED), (1, LOST)), 2.5)])
        facts = run.facts
    with RunFolder(tmp_path).open(facts.run) as again:
        assert again.facts == facts
        assert again.plan == plan_of(sheet)
        assert again.links.related_ids == sheet.links.related_ids
        assert again.links.suspicious == sheet.links.suspicious
        assert [(e.row, e.link, e.duplicate, e.rejection) for e in again.entries] == [
            (e.row, e.link, e.duplicate, e.rejection) for e in sheet.entries
        ]
        assert [row.cells for row in again.rows()] == [row.cells for row in sheet.rows]
        assert again.ledger.outcome(0) == REMOVED
        assert again.ledger.outcome(1) == LOST
        assert again.ledger.lost()[1].batch == again.plan.batches[0]


def test_ids_are_text_in_the_file(tmp_path: Path) -> None:
    with new_run(tmp_path) as run:
        path = tmp_path / f"{run.facts.run}.delink-run"
    with sqlite3.connect(path) as db:
        kinds = db.execute("SELECT DISTINCT typeof(parent_id), typeof(related_id) FROM links").fetchall()
    assert kinds == [("text", "text")]
    assert os.name == "nt" or path.stat().st_mode & 0o077 == 0


def test_a_safety_copy_comes_back_with_its_fields_and_the_last_reading_counts(tmp_path: Path) -> None:
    with new_run(tmp_path) as run:
        run.commit([Copied((0, 2), {0: {"Member_Status": "Sent \u00e9\ud800", "list_price": 19.9}}, 1.0)])
        run.commit([Copied((2,), {2: {"Member_Status": "Invited"}}, 2.0), Intent(run.plan.batches[0], 2.0)])
        name = run.facts.run
    with RunFolder(tmp_path).open(name) as again:
        assert list(again.safety_copy()) == [
            (0, {"Member_Status": "Sent \u00e9\ud800", "list_price": 19.9}),
            (2, {"Member_Status": "Invited"}),
        ]
        assert again.ledger.copies == 2 and again.ledger.was_seen_linked(2)


def test_a_commit_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    foreign = replace(sheet_of().links[0].relation, related_list="Elsewhere")
    with new_run(tmp_path) as run:
        good = Intent(run.plan.batches[0], 1.0)
        with pytest.raises(ValueError, match="not in tuple"):
            run.commit([good, Intent(replace(good.batch, relation=foreign), 1.0)])
        assert run.ledger.open_batches() == []
        run.commit([good])
        name = run.facts.run
    with RunFolder(tmp_path).open(name) as again:
        assert len(again.ledger.open_batches()) == 1


def test_a_run_that_could_not_be_written_leaves_nothing(tmp_path: Path) -> None:
    foreign = Intent(replace(plan_of(sheet_of()).batches[0], relation=Relation("Elsewhere", "Nowhere")), 1.0)
    with pytest.raises(ValueError, match="not in tuple"):
        new_run(tmp_path, [foreign])
    assert RunFolder(tmp_path).summaries() == [] and not list(tmp_path.iterdir())


FILLER = """
import resource, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from desktop.domain.errors import JournalUnwritable
from desktop.domain.runs import Intent
from desktop.storage.run_folder import RunFolder
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with RunFolder(Path(sys.argv[2])).open(sys.argv[3]) as run:
    size = max(p.stat().st_size for p in Path(sys.argv[2]).iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 40_000, resource.RLIM_INFINITY))
    written = 0
    try:
        for n in range(10_000):
            run.commit([Intent(run.plan.batches[0], float(n))])
            written += 1
    except JournalUnwritable:
        known = run.ledger.calls
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        run.commit([Intent(run.plan.batches[0], 1.0)])
        print(written, known, run.ledger.calls, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="limits of the file size")
def test_full_disk_loses_no_commit_and_the_run_goes_on_with_room(tmp_path: Path) -> None:
    with new_run(tmp_path) as run:
        name = run.facts.run
    told = subprocess.run(
        [sys.executable, "-c", FILLER, str(ROOT), str(tmp_path), name], capture_output=True, text=True, check=True
    )
    written, known, after = map(int, told.stdout.split())
    assert written == known > 0 and after == known + 1
    with RunFolder(tmp_path).open(name) as again:
        assert again.ledger.calls == after


KILLED = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from desktop.domain.outcomes import REMOVED
from desktop.domain.runs import Intent, Settled
from desktop.storage.run_folder import RunFolder
with RunFolder(Path(sys.argv[2])).open(sys.argv[3]) as run:
    for n in range(1_000_000):
        run.commit([Intent(run.plan.batches[0], float(n))])
        print(f"i{n}", flush=True)
        run.commit([Settled(0, ((0, REMOVED),), float(n))])
        print(f"s{n}", flush=True)
"""


def test_killed_program_leaves_every_commit_that_returned(tmp_path: Path) -> None:
    with new_run(tmp_path) as run:
        name = run.facts.run
    calls = 0
    for _ in range(3):
        command = [sys.executable, "-c", KILLED, str(ROOT), str(tmp_path), name]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            first = child.stdout.readline()
            time.sleep(0.05)
            child.kill()
            told = [first, *child.stdout]
        assert RunFolder(tmp_path).summaries()[0].state is RunState.INTERRUPTED
        intents = sum(line.startswith("i") for line in told)
        with RunFolder(tmp_path).open(name) as again:
            assert intents > 0
            assert intents <= again.ledger.calls - calls <= intents + 1
            calls = again.ledger.calls


def test_a_journal_that_is_closed_takes_no_change(tmp_path: Path) -> None:
    run = new_run(tmp_path)
    run.close()
    run.close()
    with pytest.raises(JournalUnwritable, match="journal-is-closed"):
        run.commit([StateChange(RunState.RUNNING, None, 1.0)])
    with pytest.raises(JournalUnwritable, match="journal-is-closed"):
        list(run.rows())


def test_commit_that_sqlite_refuses_raises_and_none_of_it_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    with new_run(tmp_path) as run:
        before = run.ledger.changed_at
        with monkeypatch.context() as patched, pytest.raises(JournalUnwritable, match="database is locked"):
            patched.setattr(Appender, "append", refuse)
            run.commit([StateChange(RunState.PAUSED, None, 1.0)])
        assert run.ledger.changed_at == before
        run.commit([StateChange(RunState.PAUSED, None, 2.0)])
        assert run.ledger.changed_at == 2.0


def test_equal_texts_of_a_journal_are_one_object_in_memory(tmp_path: Path) -> None:
    """A million links of a few campaigns would else take half a gigabyte."""
    sheet = sheet_of()
    plan = plan_of(sheet)
    RunFolder(tmp_path).create(facts_of(sheet, plan), sheet, plan, ()).close()
    with RunFolder(tmp_path).read(facts_of(sheet, plan).run) as run:
        first, third = run.links.parent_ids[0], run.links.parent_ids[2]
        assert first is third and run.entries.parent_texts[0] is first
        assert [entry.parent_text for entry in run.entries] == [entry.parent_text for entry in sheet.entries]
