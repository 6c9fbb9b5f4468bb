"""Checksums that show whether a journal still holds what was written, because SQLite does not notice a flipped bit in a text.

The content that never changes has one digest. Each change carries a checksum (the column ``mark``) that depends on all changes
before it, so that a change which was altered, dropped or moved is noticed.
"""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator

from desktop.storage.journal_reasons import JournalFault
from desktop.storage.row_portions import ROWS_IN_PORTION, let_others_run

_CONTENT = (
    ("meta WHERE key <> 'content'", ("key", "value")),
    ("source_rows", ("number", "cells")),
    ("entries", ("position", "row", "parent_text", "related_text", "link", "duplicate", "rejection")),
    ("links", ("number", "relation", "parent_id", "related_id", "first_row", "suspicious")),
    ("plan", ("position", "batch")),
)


def content_digest(connection: sqlite3.Connection) -> str:
    """Return the SHA-256 of everything that is written once: facts, rows, entries, links, plan."""
    digest = hashlib.sha256()
    for table, columns in _CONTENT:
        cursor = connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {columns[0]}")  # noqa: S608 (our own names)
        # The digest stands in every journal, so the number of rows that are hashed together may never change.
        while rows := cursor.fetchmany(ROWS_IN_PORTION):
            # ascii() tells a text from the same bytes of another type, and is the same in every version of Python.
            digest.update(ascii(rows).encode())
            let_others_run()
    return digest.hexdigest()


def change_checksum(seq: int, kind: str, at: float, payload: str, before: int) -> int:
    """Return the checksum of a change, given that of the change before it (0 for the first one)."""
    # repr() of a float gives back the very same float when it is read, so the time is compared to its last bit.
    return zlib.crc32(f"{seq}|{kind}|{at!r}|{payload}".encode(), before)


def copy_checksum(link: int, fields: str, read_at: float) -> int:
    """Return the checksum of a line of the safety copy."""
    # It depends on no other line, because a link that is read again replaces its line.
    return zlib.crc32(f"{link}|{fields}|{read_at!r}".encode())


def verified(rows: Iterable[tuple[int, str, float, str, int]]) -> Iterator[tuple[int, str, float, str, int]]:
    """Pass the changes on, each compared with its checksum. Raises JournalFault at the first that does not fit."""
    before, last = 0, 0
    for seq, kind, at, payload, checksum in rows:
        before = change_checksum(seq, kind, at, payload, before)
        if checksum != before or seq != last + 1:
            raise JournalFault("journal-changes-altered")
        last = seq
        yield seq, kind, at, payload, checksum
