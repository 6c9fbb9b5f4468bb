"""Writes journals: a new one as a whole, and changes at the end of one."""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from desktop.domain.entries import Entries, Links
from desktop.domain.errors import JournalUnwritable
from desktop.domain.planning.plans import Plan
from desktop.domain.readings import SheetLinks
from desktop.domain.runs import Change, Copied, RunFacts
from desktop.storage.atomic_file import flush_folder
from desktop.storage.journal_codec import encode_batch, encode_change, encode_copy, encode_facts, encode_reading
from desktop.storage.journal_marks import change_checksum, content_digest, copy_checksum
from desktop.storage.journal_reasons import reason_of
from desktop.storage.journal_schema import TABLES, connect, version_for

# With five columns that is below the 999 values of a statement that every build of SQLite takes.
_ROWS_IN_STATEMENT = 100


class Appender:
    """Appends changes to a journal's log inside the transaction that the caller began. One thread at a time."""

    def __init__(self, connection: sqlite3.Connection, links: Links, seq: int = 0, checksum: int = 0) -> None:
        """``seq`` and ``checksum`` are those of the last change that is on the disk."""
        self._connection = connection
        self._links = links
        self._end = seq, checksum
        self._appended = self._end  # the last change that was appended, perhaps in a transaction that is still open

    @property
    def end(self) -> tuple[int, int]:
        """The number and the checksum of the last change that is on the disk."""
        return self._end

    @property
    def seq(self) -> int:
        """The number of the last change that is on the disk."""
        return self._end[0]

    def append(self, changes: Iterable[Change]) -> None:
        """Write changes, and the lines of the safety copy that some of them bring."""
        changes = tuple(changes)
        self._appended = self._end  # forgets what a transaction appended that was rolled back
        self._insert("INSERT INTO changes VALUES", self._rows(changes))
        copies = (line for change in changes if isinstance(change, Copied) for line in encode_copy(change))
        self._insert("INSERT OR REPLACE INTO safety_copy VALUES", ((*line, copy_checksum(*line)) for line in copies))

    def note_committed(self) -> None:
        """Call after COMMIT. Without it, the next append uses the same numbers again."""
        self._end = self._appended

    def _insert(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        # Many rows in one statement: SQLite releases the interpreter lock for each statement, and as the lanes' threads wait
        # for it, it takes a while to get it back.
        remaining = iter(rows)
        while part := list(islice(remaining, _ROWS_IN_STATEMENT)):
            places = "(" + ", ".join("?" * len(part[0])) + ")"
            values = [value for row in part for value in row]
            self._connection.execute(f"{statement} {', '.join([places] * len(part))}", values)

    def _rows(self, changes: Iterable[Change]) -> Iterator[tuple[int, str, float, str, int]]:
        seq, checksum = self._appended
        for change in changes:
            seq += 1
            kind, at, payload = encode_change(change, self._links)
            checksum = change_checksum(seq, kind, at, payload, checksum)
            self._appended = seq, checksum
            yield seq, kind, at, payload, checksum


def create_journal(path: Path, facts: RunFacts, sheet: SheetLinks, plan: Plan, first: Sequence[Change]) -> None:
    """Write a whole new journal, so that a run exists wholly or not at all. ``first`` are its first changes.

    Raises JournalUnwritable; then nothing of the run is left.
    """
    # Written under a temporary name and renamed at the end. RunFolder deletes what a program leaves that dies in between.
    temporary = path.with_name(f".{path.name}.new")
    try:
        temporary.unlink(missing_ok=True)
        connection = connect(temporary, create=True)
        try:
            connection.execute("BEGIN IMMEDIATE")
            _fill(connection, facts, sheet, plan, first)
            connection.execute("COMMIT")
            # Folds the write-ahead log into the file: only this one file is renamed.
            connection.execute("PRAGMA journal_mode=DELETE")
        finally:
            connection.close()
        temporary.chmod(0o600)
        _flush(temporary)
        temporary.rename(path)
        flush_folder(path.parent)
    except (sqlite3.Error, OSError) as exc:
        temporary.unlink(missing_ok=True)
        raise JournalUnwritable(str(path), reason_of(exc)) from exc


def _fill(connection: sqlite3.Connection, facts: RunFacts, sheet: SheetLinks, plan: Plan, first: Sequence[Change]) -> None:
    for statement in TABLES.split(";"):
        connection.execute(statement)
    links = sheet.links
    meta = {
        "facts": encode_facts(facts),
        "reading": encode_reading(facts.reading),
        "relations": json.dumps([[r.parent_module, r.related_list] for r in links.relations]),
        "plan": json.dumps([plan.links_to_send, plan.calls_as_sheet, plan.pause_after]),
        "included": json.dumps(links.included),
        "left_out": json.dumps(sheet.left_out.ranges()),
    }
    connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    rows = ((row.number, json.dumps(row.cells)) for row in sheet.rows)
    connection.executemany("INSERT INTO source_rows VALUES (?, ?)", rows)
    connection.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)", _entry_rows(sheet.entries))
    connection.executemany("INSERT INTO links VALUES (?, ?, ?, ?, ?, ?)", _link_rows(links))
    batches = ((n, json.dumps(encode_batch(batch, links))) for n, batch in enumerate(plan.batches))
    connection.executemany("INSERT INTO plan VALUES (?, ?)", batches)
    # Over what SQLite gives back, not over what it was given: the two must be the same when the journal is opened.
    connection.execute("INSERT INTO meta VALUES ('content', ?)", (content_digest(connection),))
    Appender(connection, links).append(first)
    connection.execute(f"PRAGMA user_version={version_for(facts)}")


def _entry_rows(entries: Entries) -> Iterator[tuple[object, ...]]:
    for position, entry in enumerate(entries):
        reason = None if entry.rejection is None else str(entry.rejection)
        yield (
            position,
            entry.row,
            _storable(entry.parent_text),
            _storable(entry.related_text),
            entry.link,
            entry.duplicate,
            reason,
        )


def _link_rows(links: Links) -> Iterator[tuple[object, ...]]:
    columns = zip(links.relation_of, links.parent_ids, links.related_ids, links.first_rows, strict=True)
    for number, (relation, parent_id, related_id, row) in enumerate(columns):
        yield number, relation, parent_id, related_id, row, number in links.suspicious


def _storable(text: str) -> str:
    # SQLite stores UTF-8, which has no lone surrogates. The text of a cell may have them, and need only be shown.
    return text.encode("utf-8", "replace").decode("utf-8")


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
