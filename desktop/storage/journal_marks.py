"""Marks that show whether a journal still holds what was written: SQLite itself does not notice a flipped bit in a text.

The content that never changes has one digest; each change carries a mark that depends on all before it, so a change that
was altered, dropped or moved shows.
"""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator

from desktop.storage.journal_reasons import JournalFault
from desktop.storage.row_portions import AT_ONCE, give_way

_CONTENT = (
    ("meta WHERE key <> 'content'", ("key", "value")),
    ("source_rows", ("number", "cells")),
    ("entries", ("position", "row", "parent_text", "related_text", "link", "duplicate", "rejection")),
    ("links", ("number", "relation", "parent_id", "related_id", "first_row", "suspicious")),
    ("plan", ("position", "batch")),
)


def content_digest(connection: sqlite3.Connection) -> str:
    """SHA-256 over everything that is written once: facts, rows, entries, links, plan."""
    digest = hashlib.sha256()
    for table, columns in _CONTENT:
        cursor = connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {columns[0]}")  # noqa: S608 (our own names)
        while rows := cursor.fetchmany(AT_ONCE):
            # ascii() tells a text from the same bytes of another type, and is the same in every version of Python.
            digest.update(ascii(rows).encode())
            give_way()
    return digest.hexdigest()


def mark_of(seq: int, kind: str, at: float, payload: str, before: int) -> int:
    """The mark of a change, given that of the change before it (0 for the first)."""
    return zlib.crc32(f"{seq}|{kind}|{at!r}|{payload}".encode(), before)


def copy_mark(link: int, fields: str, read_at: float) -> int:
    """The mark of a line of the safety copy."""
    return zlib.crc32(f"{link}|{fields}|{read_at!r}".encode())


def checked(rows: Iterable[tuple[int, str, float, str, int]]) -> Iterator[tuple[int, str, float, str, int]]:
    """The changes as they come, each compared with its mark. Raises JournalFault at the first that does not fit."""
    before, last = 0, 0
    for seq, kind, at, payload, mark in rows:
        before = mark_of(seq, kind, at, payload, before)
        if mark != before or seq != last + 1:
            raise JournalFault("journal-changes-altered")
        last = seq
        yield seq, kind, at, payload, mark
