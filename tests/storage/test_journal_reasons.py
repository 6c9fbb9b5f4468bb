"""Why a journal cannot be read or written."""

import sqlite3
from pathlib import Path

import pytest

from desktop.domain.texts import Text
from desktop.storage.journal_reasons import JournalFault, reason_of
from desktop.words import say_text


def test_our_own_reasons_and_the_systems_are_texts() -> None:
    assert reason_of(JournalFault("journal-is-none")) == Text("journal-is-none")
    assert reason_of(OSError(28, "No space left on device")) == Text("no-space-left")


def test_sqlite_errors_are_named_by_their_codes(tmp_path: Path) -> None:
    place = tmp_path / "a.sqlite"
    place.write_bytes(b"no database, and long enough to be looked at" * 30)
    with pytest.raises(sqlite3.DatabaseError) as caught:
        sqlite3.connect(place).execute("PRAGMA user_version").fetchone()
    assert reason_of(caught.value) == Text("database-is-none")
    assert say_text(reason_of(caught.value)) == str(caught.value)


def test_sqlites_other_words_stay_as_they_came_and_a_reason_is_never_empty() -> None:
    assert reason_of(sqlite3.Error("no such table: links")) == "no such table: links"
    assert reason_of(sqlite3.Error()) == Text("database-fails")


def test_technical_words_stand_in_the_log_and_not_in_the_sentence() -> None:
    reason = reason_of(KeyError("facts"))
    assert "KeyError: 'facts'" in repr(reason)
    assert say_text(reason) == "it holds something that Delink did not write"
