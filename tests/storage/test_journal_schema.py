"""How a connection to a journal is opened: to write it, or to look at it without a right to write, whatever the disk allows."""

import logging
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desktop.storage.journal_schema import TABLES, connect, connect_to_look, version_of


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal of one change that is folded into the file."""
    path = tmp_path / "a.delink-run"
    with closing(connect(path, create=True)) as db:
        db.executescript(TABLES)
        db.execute("INSERT INTO changes VALUES (1, 'state', 1.0, '[]', 0)")
    return path


def changes_in(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT COUNT(*) FROM changes").fetchone()[0])


def on_a_disk_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch, code: int = sqlite3.SQLITE_CANTOPEN) -> list[str]:
    """SQLite as it fails there; the tests run as root, whom no right to write stops. Returns how journals were opened."""
    opened = list[str]()
    true_connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def refused(*_: Any) -> sqlite3.Connection:
        error = sqlite3.OperationalError("unable to open database file")
        error.sqlite_errorcode = code
        raise error

    def connect_as_there(database: Any, *args: Any, **more: Any) -> sqlite3.Connection:
        opened.append(str(database))
        if "immutable" not in str(database) and str(database).startswith("file:"):
            refused()
        return true_connect(database, *args, **more)

    monkeypatch.setattr(sqlite3, "connect", connect_as_there)
    return opened


def test_a_commit_is_flushed_and_waits_for_no_writer_of_another_kind(journal: Path) -> None:
    with closing(connect(journal)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert db.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert version_of(db) == 0


def test_a_journal_that_is_not_there_is_not_made_by_accident(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        connect(tmp_path / "none.delink-run")
    assert list(tmp_path.iterdir()) == []


def test_read_only_connection_cannot_write(journal: Path) -> None:
    with closing(connect_to_look(journal)) as db:
        assert changes_in(db) == 1
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            db.execute("DELETE FROM changes")


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_look_at_a_journal_that_is_at_rest_leaves_nothing_beside_it(journal: Path) -> None:
    before = journal.read_bytes()
    with closing(connect_to_look(journal)) as one, closing(connect_to_look(journal)) as other:
        assert changes_in(one) == changes_in(other) == 1
        assert names_in(journal.parent) == [journal.name]
    assert names_in(journal.parent) == [journal.name] and journal.read_bytes() == before


def test_reader_sees_changes_of_a_writing_program_and_leaves_its_files(journal: Path) -> None:
    with closing(connect(journal)) as writer:
        writer.execute("INSERT INTO changes VALUES (2, 'state', 2.0, '[]', 0)")
        with closing(connect_to_look(journal)) as look:
            assert changes_in(look) == 2
            writer.execute("INSERT INTO changes VALUES (3, 'state', 3.0, '[]', 0)")
            assert changes_in(look) == 3
        assert names_in(journal.parent) == [journal.name, f"{journal.name}-shm", f"{journal.name}-wal"]
    assert names_in(journal.parent) == [journal.name]


def test_a_program_that_begins_to_write_during_a_look_is_not_disturbed(journal: Path) -> None:
    with closing(connect_to_look(journal)) as look:
        rows = look.execute("SELECT seq FROM changes")
        with closing(connect(journal)) as writer:
            writer.executemany("INSERT INTO changes VALUES (?, 'state', 2.0, '[]', 0)", [(n,) for n in range(2, 500)])
        assert rows.fetchone() == (1,)
    with closing(connect_to_look(journal)) as again:
        assert changes_in(again) == 499
    assert names_in(journal.parent) == [journal.name]


def test_where_nothing_can_be_written_the_journal_is_opened_as_unchangeable(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.with_name(f"{journal.name}-wal").touch()  # somebody looked at it while it could be written
    opened = on_a_disk_that_cannot_be_written(monkeypatch)
    with closing(connect_to_look(journal)) as db:
        assert changes_in(db) == 1
    assert "immutable=1" in opened[-1]


def test_changes_that_still_stand_in_another_file_are_read_from_a_copy(
    journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = tmp_path / "left"
    left.mkdir()
    with closing(connect(journal)) as db:
        db.execute("INSERT INTO changes VALUES (2, 'state', 2.0, '[]', 0)")
        for extra in ("", "-wal"):
            shutil.copyfile(f"{journal}{extra}", left / f"{journal.name}{extra}")
    on_a_disk_that_cannot_be_written(monkeypatch, sqlite3.SQLITE_READONLY)
    before = {path.name: path.read_bytes() for path in left.iterdir()}
    with closing(connect_to_look(left / journal.name)) as db:
        assert changes_in(db) == 2
    assert {path.name: path.read_bytes() for path in left.iterdir()} == before


def test_any_other_failure_is_raised_as_it_is(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal.with_name(f"{journal.name}-wal").touch()
    on_a_disk_that_cannot_be_written(monkeypatch, sqlite3.SQLITE_BUSY)
    with pytest.raises(sqlite3.OperationalError) as caught:
        connect_to_look(journal)
    assert caught.value.sqlite_errorcode == sqlite3.SQLITE_BUSY


def test_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.delink-run"
    path.write_bytes(b"garbage" * 1000)
    for open_it in (connect, connect_to_look):
        with pytest.raises(sqlite3.DatabaseError):
            open_it(path)
    assert path.read_bytes() == b"garbage" * 1000


def test_without_a_write_ahead_log_the_rollback_journal_is_used_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), closing(_in_memory()) as db:
        assert db.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert "No write-ahead log" in caplog.text


def _in_memory() -> sqlite3.Connection:
    """A database in memory, which has no such log."""

    class Memory(type(Path())):  # type: ignore[misc]  # a path that names no file
        def as_uri(self) -> str:
            return "file::memory:"

    return connect(Memory("memory"))
