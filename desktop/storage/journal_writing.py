"""How a journal is written: a new one as a whole, and changes at its end."""

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
from desktop.storage.journal_marks import content_digest, copy_mark, mark_of
from desktop.storage.journal_reasons import reason_of
from desktop.storage.journal_schema import TABLES, connect, version_for

# Below the 999 values of a statement that every SQLite takes.
_ROWS_AT_ONCE = 100


class Appender:
    """Appends changes to a journal's log inside the transaction that the caller began. One thread at a time."""

    def __init__(self, connection: sqlite3.Connection, links: Links, seq: int = 0, mark: int = 0) -> None:
        """``seq`` and ``mark`` are those of the last change that is on the disk."""
        self._connection = connection
        self._links = links
        self._end = seq, mark
        self._next = self._end

    @property
    def end(self) -> tuple[int, int]:
        """The number and the mark of the last change that is on the disk."""
        return self._end

    @property
    def seq(self) -> int:
        """The number of the last change that is on the disk."""
        return self._end[0]

    def append(self, changes: Iterable[Change]) -> None:
        """Write changes, and the safety copy that some of them bring."""
        changes = tuple(changes)
        self._next = self._end
        self._insert("INSERT INTO changes VALUES", self._rows(changes))
        copies = (line for change in changes if isinstance(change, Copied) for line in encode_copy(change))
        self._insert("INSERT OR REPLACE INTO safety_copy VALUES", ((*line, copy_mark(*line)) for line in copies))

    def committed(self) -> None:
        """What was appended last is on the disk; without this the next changes take its place."""
        self._end = self._next

    def _insert(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Many rows a statement: SQLite gives the interpreter lock away at each, and the lanes are waiting for it."""
        waiting = iter(rows)
        while part := list(islice(waiting, _ROWS_AT_ONCE)):
            places = "(" + ", ".join("?" * len(part[0])) + ")"
            values = [value for row in part for value in row]
            self._connection.execute(f"{statement} {', '.join([places] * len(part))}", values)

    def _rows(self, changes: Iterable[Change]) -> Iterator[tuple[int, str, float, str, int]]:
        seq, mark = self._next
        for change in changes:
            seq += 1
            kind, at, payload = encode_change(change, self._links)
            mark = mark_of(seq, kind, at, payload, mark)
            self._next = seq, mark
            yield seq, kind, at, payload, mark


def create_journal(path: Path, facts: RunFacts, sheet: SheetLinks, plan: Plan, first: Sequence[Change]) -> None:
    """Write a whole new journal under a temporary name, then rename it: a run exists wholly or not at all."""
    temporary = path.with_name(f".{path.name}.new")
    try:
        temporary.unlink(missing_ok=True)
        connection = connect(temporary, create=True)
        try:
            connection.execute("BEGIN IMMEDIATE")
            _fill(connection, facts, sheet, plan, first)
            connection.execute("COMMIT")
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
    """SQLite stores UTF-8, which has no lone surrogates; they are shown as the replacement sign."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
