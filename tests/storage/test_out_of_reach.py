"""A run that this user cannot open concerns itself alone."""

import errno
import os
from pathlib import Path

import pytest

from desktop.domain.errors import DelinkError, JournalUnwritable, RunInUse, RunNotOpenable, StorageUnwritable
from desktop.domain.runs import RunState
from desktop.storage import run_lock
from desktop.storage.run_folder import RunFolder
from desktop.words import say_text
from tests.storage.stored import facts_of, plan_of, sheet_of

SHEET = sheet_of()
ONE, OTHER = "20261124-120000-000aaaa", "20261125-120000-000bbbb"


@pytest.fixture
def runs(tmp_path: Path) -> RunFolder:
    """Two runs that nobody works on."""
    folder = RunFolder(tmp_path)
    for run in (ONE, OTHER):
        folder.create(facts_of(SHEET, plan_of(SHEET), run), SHEET, plan_of(SHEET), ()).close()
    return folder


def hide_lock(folder: Path, run: str) -> None:
    """Stands for every lock that cannot be opened, and works for root as well."""
    (folder / f"{run}.lock").unlink()
    (folder / f"{run}.lock").mkdir()


def names(runs: RunFolder) -> list[str]:
    return [one.run for one in runs.summaries()]


def test_run_with_a_lock_that_cannot_be_opened_hides_no_other(runs: RunFolder, tmp_path: Path) -> None:
    hide_lock(tmp_path, ONE)
    assert names(runs) == [OTHER, ONE]
    with runs.open(OTHER) as other:
        assert other.facts.run == OTHER
    for act in (runs.open, runs.remove):
        with pytest.raises(RunNotOpenable, match="path-is-a-folder"):
            act(ONE)
    assert (tmp_path / f"{ONE}.delink-run").exists()


def test_a_run_whose_lock_cannot_be_opened_is_read_and_counted_from_its_journal(runs: RunFolder, tmp_path: Path) -> None:
    hide_lock(tmp_path, ONE)
    (tmp_path / f"{ONE}.json").unlink()
    assert [(one.run, one.state) for one in runs.summaries()][1] == (ONE, RunState.INTERRUPTED)
    with runs.read(ONE) as record:
        assert len(list(record.rows())) == len(SHEET.rows)


def test_a_run_of_which_nothing_can_be_read_is_named_and_the_others_are_listed(runs: RunFolder, tmp_path: Path) -> None:
    for suffix in (".delink-run", ".json"):
        (tmp_path / f"{ONE}{suffix}").unlink()
        (tmp_path / f"{ONE}{suffix}").mkdir()
    left_out: list[DelinkError] = []
    assert [one.run for one in runs.summaries(left_out.append)] == [OTHER]
    (error,) = left_out
    assert isinstance(error, RunNotOpenable) and error.run == ONE and "directory" in say_text(error.detail)
    with pytest.raises(RunNotOpenable):
        runs.read(ONE)


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EIO, errno.ENOSYS])
def test_a_disk_without_locks_is_not_another_program(runs: RunFolder, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(run_lock, "try_lock", refuse)
    with pytest.raises(RunNotOpenable):
        runs.open(ONE)
    assert names(runs) == [OTHER, ONE]


def test_a_lock_that_is_held_is_still_another_program(runs: RunFolder, tmp_path: Path) -> None:
    with runs.open(ONE):
        for act in (runs.open, runs.read, runs.remove):
            with pytest.raises(RunInUse):
                act(ONE)
    with runs.open(ONE):
        (tmp_path / f"{ONE}.lock").chmod(0o400)
        assert run_lock.is_locked(tmp_path / f"{ONE}.lock")


def test_a_new_run_that_cannot_be_locked_is_a_record_that_cannot_be_written(runs: RunFolder, tmp_path: Path) -> None:
    (tmp_path / "20261126-1.lock").mkdir()
    with pytest.raises(JournalUnwritable):
        runs.create(facts_of(SHEET, plan_of(SHEET), "20261126-1"), SHEET, plan_of(SHEET), ())


def test_a_run_that_cannot_be_forgotten_says_so_in_the_words_of_any_file(runs: RunFolder, tmp_path: Path) -> None:
    (tmp_path / f"{ONE}.json").unlink()
    (tmp_path / f"{ONE}.json").mkdir()  # a folder is no file that could be removed
    with pytest.raises(StorageUnwritable) as caught:
        runs.remove(ONE)
    assert type(caught.value) is StorageUnwritable
