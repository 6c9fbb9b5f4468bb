"""Small files last over a power cut: the content is flushed before the rename, and the folder after it."""

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from desktop.domain.connections import Connection, Environment
from desktop.domain.credentials import Key
from desktop.storage.atomic_file import flush_folder, write_json
from desktop.storage.connections import ConnectionBook
from desktop.storage.run_folder import RunFolder
from desktop.storage.secrets import MemorySecrets
from desktop.storage.settings import SettingsFile
from tests.storage.stored import facts_of, plan_of, sheet_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="folders are flushed on POSIX")


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The flushes and renames that happened, in their order."""
    told: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def flushed(descriptor: int) -> None:
        told.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    def replaced(self: Path, target: Path) -> Path:
        told.append(f"rename {Path(target).name}")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(Path, "replace", replaced)
    return told


def ends_flushed(steps: list[str], name: str) -> bool:
    at = steps.index(f"rename {name}")
    return steps[at - 1] == "file" and steps[at + 1] == "folder"


def test_settings_connections_and_summaries_are_flushed_with_their_folder(tmp_path: Path, steps: list[str]) -> None:
    settings = SettingsFile(tmp_path / "settings.json")
    settings.set("a", 1)
    assert settings.flush(10)
    connection = Connection("id1", "eu", "eu", Environment.PRODUCTION, "https://www.zohoapis.eu")
    ConnectionBook(tmp_path / "connections.json", MemorySecrets()).add(connection, Key.pasted("1000.a.b"))
    sheet = sheet_of()
    facts = facts_of(sheet, plan_of(sheet))
    RunFolder(tmp_path).create(facts, sheet, plan_of(sheet), ()).close()
    for name in ("settings.json", "connections.json", f"{facts.run}.json"):
        assert ends_flushed(steps, name), (name, steps)


def test_a_new_journal_is_flushed_with_its_folder(tmp_path: Path, steps: list[str]) -> None:
    sheet = sheet_of()
    RunFolder(tmp_path).create(facts_of(sheet, plan_of(sheet)), sheet, plan_of(sheet), ())
    assert steps[:2] == ["file", "folder"]


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOTSUP])
def test_a_file_system_that_flushes_no_folders_is_written_to(tmp_path: Path, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    fsync = os.fsync

    def refuse(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(code, os.strerror(code))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", refuse)
    write_json(tmp_path / "a.json", {"a": 1})
    assert (tmp_path / "a.json").exists()


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    write_json(tmp_path / "a.json", "old")
    with monkeypatch.context() as patched, pytest.raises(OSError):
        patched.setattr(os if step == "fsync" else Path, step, refuse)
        write_json(tmp_path / "a.json", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
    assert (tmp_path / "a.json").read_text("utf-8") == '"old"'


def test_failed_flush_of_a_folder_is_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is failing is no file system without such a thing."""

    def refuse(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        flush_folder(tmp_path)


def test_windows_is_not_asked_to_flush_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: list[str]) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    flush_folder(tmp_path)
    assert steps == []
