"""From the journals of earlier versions to today's: a copy first, then everything in one transaction.

Version 1 had no marks, and its runs took no safety copy. Version 2 knew fewer kinds of changes; its tables are today's.
Version 3 knew one kind of run less, version 4 no relations but the built-in ones; their journals are read as they are.
"""

import os
import sqlite3
from pathlib import Path

from desktop.storage.atomic_file import flush_folder
from desktop.storage.journal_marks import content_digest, mark_of
from desktop.storage.journal_schema import READABLE_VERSIONS, connect, version_of

_MARKS_SINCE = 2


def migrate(path: Path) -> None:
    """Bring a journal to a version that is read today. Raises sqlite3.Error or OSError, and then it is as it was."""
    connection = connect(path)
    try:
        version = version_of(connection)
        if version in READABLE_VERSIONS:
            return
        _keep(connection, copy_path(path, version))
        connection.execute("BEGIN IMMEDIATE")
        if version < _MARKS_SINCE:
            _add_marks(connection)
        connection.execute(f"PRAGMA user_version={READABLE_VERSIONS.start}")
        connection.execute("COMMIT")
    finally:
        connection.close()


def copy_path(path: Path, version: int) -> Path:
    """Where the journal of an earlier version is kept as it was."""
    return path.with_name(f"{path.name}.version-{version}")


def _keep(connection: sqlite3.Connection, target: Path) -> None:
    temporary = target.with_name(f".{target.name}.new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        copy = sqlite3.connect(temporary)
        try:
            connection.backup(copy)
        finally:
            copy.close()
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    temporary.replace(target)
    flush_folder(target.parent)


def _add_marks(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE changes ADD COLUMN mark INTEGER NOT NULL DEFAULT 0")
    connection.execute("ALTER TABLE safety_copy ADD COLUMN mark INTEGER NOT NULL DEFAULT 0")
    before, marks = 0, []
    for seq, kind, at, payload in connection.execute("SELECT seq, kind, at, payload FROM changes ORDER BY seq"):
        before = mark_of(seq, kind, at, payload, before)
        marks.append((before, seq))
    connection.executemany("UPDATE changes SET mark = ? WHERE seq = ?", marks)
    connection.execute("INSERT INTO meta VALUES ('content', ?)", (content_digest(connection),))
