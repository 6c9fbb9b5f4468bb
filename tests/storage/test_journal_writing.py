"""How changes come to the end of a journal, and how a new one exists wholly or not at all."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.domain.errors import JournalUnwritable
from desktop.domain.runs import Change, Copied, Intent, Reopened
from desktop.storage import journal_writing
from desktop.storage.journal_marks import verified
from desktop.storage.journal_schema import TABLES
from desktop.storage.journal_writing import Appender, create_journal
from tests.storage.stored import facts_of, plan_of, sheet_of


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(TABLES)
        yield connection


def logged(db: sqlite3.Connection) -> list[tuple[int, str]]:
    """Read the changes of a journal, whose checksums have to fit."""
    rows = db.execute("SELECT seq, kind, at, payload, mark FROM changes ORDER BY seq")
    return [(seq, kind) for seq, kind, _, _, _ in verified(rows)]


def test_many_changes_are_numbered_and_get_checksums_in_order(db: sqlite3.Connection) -> None:
    sheet = sheet_of()
    appender = Appender(db, sheet.links)
    changes: list[Change] = [Intent(plan_of(sheet).batches[0], float(number)) for number in range(250)]
    appender.append(changes)
    assert appender.seq == 0, "nothing is on the disk before the commit"
    appender.note_committed()
    appender.append([Reopened((0,), 300.0)])
    appender.note_committed()
    assert appender.seq == 251 and logged(db) == [*((n, "intent") for n in range(1, 251)), (251, "reopened")]


def test_numbers_of_a_transaction_that_was_rolled_back_are_used_again(db: sqlite3.Connection) -> None:
    appender = Appender(db, sheet_of().links)
    db.execute("BEGIN")
    appender.append([Reopened((0,), 1.0)])
    db.execute("ROLLBACK")
    appender.append([Reopened((1,), 2.0)])
    appender.note_committed()
    assert logged(db) == [(1, "reopened")]


def test_a_link_that_was_read_again_has_its_last_fields_in_the_safety_copy(db: sqlite3.Connection) -> None:
    appender = Appender(db, sheet_of().links)
    appender.append([Copied((0, 1), {0: {"Member_Status": "Sent"}}, 1.0), Copied((1,), {1: {"list_price": 2.5}}, 2.0)])
    assert db.execute("SELECT link, fields, read_at FROM safety_copy ORDER BY link").fetchall() == [
        (0, '{"Member_Status":"Sent"}', 1.0),
        (1, '{"list_price":2.5}', 2.0),
    ]


def test_a_new_journal_that_cannot_be_written_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(journal_writing, "flush_folder", refuse)
    monkeypatch.setattr(journal_writing, "_flush", refuse)
    sheet = sheet_of()
    with pytest.raises(JournalUnwritable, match="no-space-left"):
        create_journal(tmp_path / "a.delink-run", facts_of(sheet, plan_of(sheet)), sheet, plan_of(sheet), ())
    assert list(tmp_path.iterdir()) == []
