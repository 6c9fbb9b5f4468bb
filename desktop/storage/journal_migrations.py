"""Brings the journals of earlier versions to today's form: a copy is made first, then everything in one transaction.

Version 1 had no checksums, and its runs took no safety copy. Version 2 knew fewer kinds of changes; its tables are today's.
Version 3 knew one kind of run less, and version 4 no relations but the built-in ones; their journals are read as they are.
"""

import os
import sqlite3
from pathlib import Path

from desktop.storage.atomic_file import flush_folder
from desktop.storage.journal_marks import change_checksum, content_digest
from desktop.storage.journal_schema import READABLE_VERSIONS, connect, version_of

_CHECKSUMS_SINCE = 2


def migrate(path: Path) -> None:
    """Bring a journal to a version that can be read today. Raises sqlite3.Error or OSError; the journal is then as it was."""
    connection = connect(path)
    try:
        version = version_of(connection)
        if version in READABLE_VERSIONS:
            return
        _keep(connection, copy_path(path, version))
        connection.execute("BEGIN IMMEDIATE")
        if version < _CHECKSUMS_SINCE:
            _add_checksums(connection)
        # The oldest version that fits, so that programs which can read the journal still do.
        connection.execute(f"PRAGMA user_version={READABLE_VERSIONS.start}")
        connection.execute("COMMIT")
    finally:
        connection.close()


def copy_path(path: Path, version: int) -> Path:
    """Return where the journal of an earlier version is kept as it was."""
    return path.with_name(f"{path.name}.version-{version}")


def _keep(connection: sqlite3.Connection, target: Path) -> None:
    temporary = target.with_name(f".{target.name}.new")
    temporary.unlink(missing_ok=True)
    # Made by hand, since SQLite would make a file that other users may read.
    descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        copy = sqlite3.connect(temporary)
        try:
            connection.backup(copy)  # a copy of the file alone would lack what still stands in the write-ahead log
        finally:
            copy.close()
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    temporary.replace(target)
    flush_folder(target.parent)


def _add_checksums(connection: sqlite3.Connection) -> None:
    # They vouch for what the journal holds now; what happened to it before, nobody can tell any more.
    connection.execute("ALTER TABLE changes ADD COLUMN mark INTEGER NOT NULL DEFAULT 0")
    connection.execute("ALTER TABLE safety_copy ADD COLUMN mark INTEGER NOT NULL DEFAULT 0")
    before, checksums = 0, []
    for seq, kind, at, payload in connection.execute("SELECT seq, kind, at, payload FROM changes ORDER BY seq"):
        before = change_checksum(seq, kind, at, payload, before)
        checksums.append((before, seq))
    connection.executemany("UPDATE changes SET mark = ? WHERE seq = ?", checksums)
    connection.execute("INSERT INTO meta VALUES ('content', ?)", (content_digest(connection),))
