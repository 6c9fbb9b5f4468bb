"""The folder of all runs: one program at a time, names that sort, a history without journals, nothing left of a removed run."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import JournalDamaged, RunInUse, RunNotFound, StorageUnwritable
from desktop.domain.result_targets import ResultsFile
from desktop.domain.runs import (
    RunState,
    StateChange,
)
from desktop.storage import run_folder
from desktop.storage.run_folder import RunFolder
from desktop.storage.run_lock import RunLock
from tests.storage.stored import facts_of, new_run, plan_of, sheet_of


def test_half_written_journal_of_a_killed_program_is_deleted(tmp_path: Path) -> None:
    (tmp_path / ".20261124-1.delink-run.new").write_bytes(b"half")
    (tmp_path / ".20261124-1.delink-run.new-journal").write_bytes(b"half")
    (tmp_path / "20261124-1.lock").touch()
    lock = RunLock(tmp_path / "20261124-1.lock", "20261124-1")
    assert RunFolder(tmp_path).summaries() == [] and len(list(tmp_path.iterdir())) == 3
    lock.release()
    assert RunFolder(tmp_path).summaries() == [] and not list(tmp_path.iterdir())


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
def test_missing_run_raises_run_not_found(tmp_path: Path, name: str) -> None:
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


def test_results_are_remembered_by_their_place_and_not_without_end(tmp_path: Path) -> None:
    with new_run(tmp_path) as run:
        assert run.results is None
        for number in (*range(60), 59):
            run.note_results(ResultsFile(f"/results/{number}.xlsx", str(number)))
        assert run.results == Path("/results/59.xlsx")
        name = run.facts.run
    (told,) = RunFolder(tmp_path).summaries()
    assert len(told.written) == 50 and told.results == "/results/59.xlsx"
    with RunFolder(tmp_path).read(name) as looked:
        looked.note_results(ResultsFile("/results/0.xlsx", "again"))
    (told,) = RunFolder(tmp_path).summaries()
    assert (told.written[-1], len(told.written)) == (ResultsFile("/results/0.xlsx", "again"), 50)


def test_a_summary_that_cannot_be_written_stops_no_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with new_run(tmp_path) as run:
        monkeypatch.setattr(run_folder, "write_summary", refuse)
        run.commit([StateChange(RunState.FINISHED, None, 10.0)])
        assert run.ledger.state is RunState.FINISHED
    assert "could not be written" in caplog.text
    assert [one.state for one in RunFolder(tmp_path).summaries()] == [RunState.FINISHED], "it is counted from the journal"


def test_run_whose_files_cannot_be_removed_raises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with new_run(tmp_path) as run:
        name = run.facts.run

    def refuse(_: Path, missing_ok: bool = False) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patched, pytest.raises(StorageUnwritable, match="disk-is-read-only"):
        patched.setattr(Path, "unlink", refuse)
        RunFolder(tmp_path).remove(name)
    RunFolder(tmp_path).remove(name)
    assert list(tmp_path.iterdir()) == []


def test_half_written_journal_that_cannot_be_deleted_hides_no_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    new_run(tmp_path).close()
    (tmp_path / ".20261124-1.delink-run.new").mkdir()
    assert len(RunFolder(tmp_path).summaries()) == 1
    assert "could not be removed" in caplog.text


def test_damaged_journal_that_cannot_be_set_aside_is_named_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with new_run(tmp_path) as run:
        path = tmp_path / f"{run.facts.run}.delink-run"
    path.write_bytes(b"garbage" * 1000)

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(JournalDamaged) as caught:
        RunFolder(tmp_path).open(path.stem)
    assert caught.value.path == str(path) and "could not be set aside" in caplog.text
