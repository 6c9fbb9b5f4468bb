"""Journals: what was committed is there, whatever happens afterwards; what was not, is not."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.causes import CATALOGUE, CauseCode
from desktop.domain.errors import RunInUse, RunNotFound
from desktop.domain.outcomes import REMOVED, LinkOutcome, Outcome
from desktop.domain.relations import Relation
from desktop.domain.result_targets import ResultsFile
from desktop.domain.runs import (
    AsSheet,
    Change,
    Copied,
    Doubted,
    Intent,
    Reopened,
    Returned,
    RunState,
    Settled,
    Sighted,
    StateChange,
)
from desktop.storage.journal_codec import decode_change, encode_change
from desktop.storage.run_folder import RunFolder, StoredRun
from desktop.storage.run_lock import RunLock
from tests.storage.stored import CONTACTS, facts_of, plan_of, sheet_of

ROOT = Path(__file__).resolve().parents[2]
LOST = LinkOutcome(Outcome.UNKNOWN, CauseCode.ANSWER_LOST, "", "words “and” signs")


def new_run(folder: Path, left_out: Sequence[Change] = ()) -> StoredRun:
    sheet = sheet_of()
    plan = plan_of(sheet)
    return RunFolder(folder).create(facts_of(sheet, plan), sheet, plan, left_out)


def test_everything_that_was_put_in_comes_back(tmp_path: Path) -> None:
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


@st.composite
def changes(draw: st.DrawFn) -> Change:
    at = draw(st.floats(0, 2e9))
    links = tuple(draw(st.lists(st.integers(0, 5), unique=True)))
    pairs = st.sampled_from([(outcome, cause) for cause, row in CATALOGUE.items() for outcome in row.ends])
    outcome = st.builds(lambda pair, *words: LinkOutcome(*pair, *words), pairs, st.text(max_size=5), st.text(max_size=5))
    outcomes = tuple((link, draw(outcome)) for link in links)
    batch = draw(st.sampled_from(plan_of(sheet_of()).batches))
    kinds: list[Change] = [
        Intent(batch, at), Settled(draw(st.none() | st.integers(0, 9)), outcomes, at), Returned(3, draw(st.booleans()), at),
        Sighted(links[1:], links[:1], at, draw(st.integers(1, 9))), Copied(links, {}, at, draw(st.integers(1, 9))),
        Reopened(links, at), AsSheet(CONTACTS, at), Doubted(batch, at),
        StateChange(draw(st.sampled_from(RunState)), draw(st.none() | st.sampled_from(CauseCode)), at),
    ]  # fmt: skip
    return draw(st.sampled_from(kinds))


@given(changes())
def test_every_change_survives_its_writing(change: Change) -> None:
    links = sheet_of().links
    again = decode_change(encode_change(change, links), links)
    if isinstance(change, Settled) and isinstance(again, Settled):
        assert dict(again.outcomes) == dict(change.outcomes)
        assert (again.batch, again.at) == (change.batch, change.at)
    else:
        assert again == change


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


def test_what_a_killed_program_left_of_a_new_journal_goes(tmp_path: Path) -> None:
    (tmp_path / ".20261124-1.delink-run.new").write_bytes(b"half")
    (tmp_path / ".20261124-1.delink-run.new-journal").write_bytes(b"half")
    (tmp_path / "20261124-1.lock").touch()
    lock = RunLock(tmp_path / "20261124-1.lock", "20261124-1")
    assert RunFolder(tmp_path).summaries() == [] and len(list(tmp_path.iterdir())) == 3
    lock.release()
    assert RunFolder(tmp_path).summaries() == [] and not list(tmp_path.iterdir())


def test_half_characters_in_a_servers_words_are_kept(tmp_path: Path) -> None:
    odd = LinkOutcome(Outcome.REFUSED, CauseCode.REFUSED_OTHER, "CODE", "half \ud800")
    with new_run(tmp_path) as run:
        run.commit([Intent(run.plan.batches[0], 1.0), Settled(0, ((0, odd),), 2.0)])
        name = run.facts.run
    with RunFolder(tmp_path).open(name) as again:
        assert again.ledger.outcome(0) == odd


def test_a_commit_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    foreign = replace(sheet_of().links[0].relation, related_list="Elsewhere")
    with new_run(tmp_path) as run:
        good = Intent(run.plan.batches[0], 1.0)
        with pytest.raises(ValueError, match="not in list"):
            run.commit([good, Intent(replace(good.batch, relation=foreign), 1.0)])
        assert run.ledger.open_batches() == []
        run.commit([good])
        name = run.facts.run
    with RunFolder(tmp_path).open(name) as again:
        assert len(again.ledger.open_batches()) == 1


def test_a_run_that_could_not_be_written_leaves_nothing(tmp_path: Path) -> None:
    foreign = Intent(replace(plan_of(sheet_of()).batches[0], relation=Relation("Elsewhere", "Nowhere")), 1.0)
    with pytest.raises(ValueError, match="not in list"):
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
def test_a_full_disk_loses_nothing_that_was_committed_and_room_lets_it_go_on(tmp_path: Path) -> None:
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


def test_a_killed_program_leaves_everything_it_was_told_was_written(tmp_path: Path) -> None:
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


def test_one_program_at_a_time_works_on_a_run(tmp_path: Path) -> None:
    with new_run(tmp_path) as run:
        name = run.facts.run
        with pytest.raises(RunInUse):
            RunFolder(tmp_path).open(name)
        with pytest.raises(RunInUse):
            RunFolder(tmp_path).read(name)
    with RunFolder(tmp_path).read(name) as again:
        assert again.facts.run == name


@pytest.mark.parametrize("name", ["", "nothing", "../x", ".hidden"])
def test_a_run_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(RunNotFound):
        RunFolder(tmp_path).open(name)


def test_history_is_read_without_opening_a_journal_and_is_newest_first(tmp_path: Path) -> None:
    folder, sheet = RunFolder(tmp_path), sheet_of()
    plan = plan_of(sheet)
    for number in range(3):
        with folder.create(facts_of(sheet, plan, f"2026112{number}-120000-000aaaa"), sheet, plan, ()) as run:
            run.commit([StateChange(RunState.FINISHED, None, 10.0)])
            run.note_results(ResultsFile(str(tmp_path / "r.xlsx"), "d"))
    found = folder.summaries()
    assert [one.run[:8] for one in found] == ["20261122", "20261121", "20261120"]
    assert found[0].finished == "1970-01-01T00:00:10Z"
    assert found[0].results == str(tmp_path / "r.xlsx")
    (tmp_path / f"{found[0].run}.json").write_text("damaged", encoding="utf-8")
    assert folder.summaries()[0] == replace(found[0], results=None, written=())


def test_names_of_runs_sort_by_time(tmp_path: Path) -> None:
    moments = iter([1000.0, 1000.001, 1001.0])
    folder = RunFolder(tmp_path, lambda: next(moments))
    names = [folder.new_id() for _ in range(3)]
    assert names == sorted(names) and len(set(names)) == 3


def test_a_removed_run_leaves_no_file_and_a_run_in_use_stays(tmp_path: Path) -> None:
    folder, sheet = RunFolder(tmp_path), sheet_of()
    plan = plan_of(sheet)
    facts = facts_of(sheet, plan)
    with folder.create(facts, sheet, plan, ()) as run, pytest.raises(RunInUse):
        folder.remove(run.facts.run)
    assert folder.summaries()
    folder.remove(facts.run)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(RunNotFound):
        folder.remove(facts.run)
    with pytest.raises(RunNotFound):
        folder.remove("../" + facts.run)
