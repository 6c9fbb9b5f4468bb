"""One program at a time: a lock that is held, given back, or cannot be had at all."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.domain.errors import RunInUse, RunNotOpenable
from desktop.storage import run_lock
from desktop.storage.run_lock import RunLock, is_locked
from tests.house.sources import ROOT
from tests.patience import PATIENCE_S


def test_a_lock_is_held_until_it_is_given_back_and_twice_is_harmless(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    lock = RunLock(path, "a")
    assert is_locked(path)
    with pytest.raises(RunInUse):
        RunLock(path, "a")
    lock.release()
    lock.release()
    assert not is_locked(path)
    RunLock(path, "a").release()


def test_a_program_that_dies_gives_its_lock_back(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    code = (
        "import os, sys; from pathlib import Path; from desktop.storage.run_lock import RunLock\n"
        "lock = RunLock(Path(sys.argv[1]), 'a'); print('held', flush=True); sys.stdin.read(); os._exit(9)"
    )
    line = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(line, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None and other.stdout.readline().strip() == b"held"
        assert is_locked(path)
        with pytest.raises(RunInUse):
            RunLock(path, "a")
        other.communicate(timeout=PATIENCE_S)
    assert not is_locked(path)
    RunLock(path, "a").release()


def test_a_lock_that_is_not_there_is_not_held_and_asking_makes_none(tmp_path: Path) -> None:
    assert not is_locked(tmp_path / "a.lock") and not is_locked(tmp_path / "no folder" / "a.lock")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "is_held"), [(errno.EAGAIN, True), (errno.EACCES, True), (errno.ENOLCK, False), (errno.EIO, False)]
)
def test_only_what_the_system_says_of_a_held_lock_means_another_program(
    tmp_path: Path, code: int, is_held: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(code, os.strerror(code))

    path = tmp_path / "a.lock"
    path.touch()
    monkeypatch.setattr(run_lock, "try_lock", refuse)
    assert is_locked(path) is is_held
    with pytest.raises(RunInUse if is_held else RunNotOpenable):
        RunLock(path, "a")


def test_a_folder_in_the_place_of_a_lock_is_no_other_program(tmp_path: Path) -> None:
    (tmp_path / "a.lock").mkdir()
    with pytest.raises(RunNotOpenable):
        RunLock(tmp_path / "a.lock", "a")
