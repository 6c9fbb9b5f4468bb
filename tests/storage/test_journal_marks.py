"""Checksums show what SQLite does not notice: content that was altered, changes that were dropped or moved."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.errors import JournalDamaged
from desktop.storage.journal_marks import change_checksum, content_digest, copy_checksum, verified
from desktop.storage.run_folder import RunFolder
from tests.storage.test_damaged_journals import finished_run


def test_a_change_that_was_dropped_or_moved_is_noticed(tmp_path: Path) -> None:
    for damage in (
        "DELETE FROM changes WHERE seq = 3",
        "UPDATE changes SET seq = 1000 WHERE seq = 3",
        "UPDATE changes SET payload = (SELECT payload FROM changes WHERE seq = 1) WHERE seq = 4",
        "UPDATE links SET related_id = '3652397000000000099' WHERE number = 7",
        "UPDATE source_rows SET cells = '[]' WHERE number = 5",
    ):
        path = finished_run(tmp_path)
        with sqlite3.connect(path) as db:
            assert db.execute(damage).rowcount == 1
        db.close()
        with pytest.raises(JournalDamaged):
            RunFolder(tmp_path).open(path.stem)
        path.with_suffix(".lock").unlink()


def test_a_safety_copy_that_was_altered_is_not_given_out(tmp_path: Path) -> None:
    path = finished_run(tmp_path)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE safety_copy SET fields = '{}' WHERE link = 3")
    db.close()
    with RunFolder(tmp_path).open(path.stem) as run, pytest.raises(JournalDamaged, match="journal-copy-altered"):
        list(run.safety_copy())


ROWS = [(1, "intent", 1.0, "[0]"), (2, "settled", 2.5, "[]"), (3, "state", 3.0, "null")]
Marked = tuple[int, str, float, str, int]


def marked() -> list[Marked]:
    found, mark = list[Marked](), 0
    for row in ROWS:
        mark = change_checksum(*row, mark)
        found.append((*row, mark))
    return found


def test_changes_with_right_checksums_pass_unchanged() -> None:
    assert list(verified(marked())) == marked()
    assert list(verified([])) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rows: rows[1:],
        lambda rows: [rows[0], rows[2]],
        lambda rows: [rows[1], rows[0], rows[2]],
        lambda rows: [rows[0], rows[0], *rows[1:]],
        lambda rows: [rows[0], (*rows[1][:2], 2.25, *rows[1][3:]), rows[2]],
        lambda rows: [rows[0], (2, "returned", *rows[1][2:]), rows[2]],
        lambda rows: [rows[0], (*rows[1][:4], rows[1][4] ^ 1), rows[2]],
    ],
)
def test_first_change_with_a_wrong_checksum_is_refused(spoil: Callable[[list[Marked]], list[Marked]]) -> None:
    with pytest.raises(ValueError, match="journal-changes-altered"):
        list(verified(spoil(marked())))


def test_checksum_of_a_safety_copy_line_covers_all_of_it() -> None:
    marks = {copy_checksum(1, "{}", 1.0), copy_checksum(2, "{}", 1.0), copy_checksum(1, "{} ", 1.0), copy_checksum(1, "{}", 1.5)}
    assert len(marks) == 4


def test_the_digest_tells_a_text_from_the_same_digits_as_a_number(tmp_path: Path) -> None:
    path, digests = finished_run(tmp_path), set[str]()
    for change in (
        "UPDATE meta SET value = 'other' WHERE key = 'content'",
        "UPDATE links SET first_row = 9 WHERE number = 0",
        "UPDATE links SET first_row = 'x9' WHERE number = 0",
    ):
        with sqlite3.connect(path) as db:
            digests.add(content_digest(db))
            db.execute(change)
            digests.add(content_digest(db))
        db.close()
    assert len(digests) == 3, "the note of the digest itself is left out, and each other change shows"
