"""A run's journal: its rows, links and plan, written once, and the log of its changes, written as they happen.

The log of changes is the whole truth about outcomes; the ledger is its replay, and any results can be written from it
at any time. A commit is all or nothing: either every change of it is on the disk and in the ledger, or none.
"""

import json
import os
import sqlite3
import threading
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self

from desktop.domain.entries import NO_LINK, Entries, Links, Rejection, SheetRow
from desktop.domain.errors import JournalDamaged, JournalUnwritable
from desktop.domain.ledger import Ledger
from desktop.domain.plans import Plan
from desktop.domain.readings import SheetLinks
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from desktop.domain.runs import Change, RunFacts
from desktop.storage.journal_codec import (
    decode_batch,
    decode_change,
    decode_facts,
    encode_batch,
    encode_change,
    encode_facts,
)
from desktop.storage.journal_schema import SCHEMA_VERSION, TABLES, connect, version_of

_MAGIC = b"SQLite format 3\x00"


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
    except (sqlite3.Error, OSError) as exc:
        temporary.unlink(missing_ok=True)
        raise JournalUnwritable(str(path), _reason(exc)) from exc


def _fill(connection: sqlite3.Connection, facts: RunFacts, sheet: SheetLinks, plan: Plan, first: Sequence[Change]) -> None:
    for statement in TABLES.split(";"):
        connection.execute(statement)
    links = sheet.links
    meta = {
        "facts": encode_facts(facts),
        "relations": json.dumps([[r.parent_module, r.related_list] for r in links.relations]),
        "plan": json.dumps([plan.links_to_send, plan.calls_as_sheet, plan.pause_after]),
        "included": json.dumps(links.included),
    }
    connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    rows = ((row.number, json.dumps(row.cells)) for row in sheet.rows)
    connection.executemany("INSERT INTO source_rows VALUES (?, ?)", rows)
    connection.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)", _entry_rows(sheet.entries))
    connection.executemany("INSERT INTO links VALUES (?, ?, ?, ?, ?, ?)", _link_rows(links))
    batches = ((n, json.dumps(encode_batch(batch, links))) for n, batch in enumerate(plan.batches))
    connection.executemany("INSERT INTO plan VALUES (?, ?)", batches)
    insert_changes(connection, first, links)
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")


def insert_changes(connection: sqlite3.Connection, changes: Iterable[Change], links: Links) -> None:
    """Append changes inside the transaction that the caller began."""
    rows = (encode_change(change, links) for change in changes)
    connection.executemany("INSERT INTO changes (kind, at, payload) VALUES (?, ?, ?)", rows)


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


def _reason(exc: BaseException) -> str:
    return getattr(exc, "strerror", None) or str(exc) or type(exc).__name__


class Journal:
    """An open journal. One thread at a time writes; ``facts``, ``links``, ``plan`` and ``entries`` never change."""

    def __init__(self, path: Path) -> None:
        """Open and replay. Raises JournalDamaged; the file is then left as it is."""
        self.path = path
        self._connection: sqlite3.Connection | None = None
        self._guard = threading.Lock()
        try:
            with path.open("rb") as file:
                if file.read(len(_MAGIC)) != _MAGIC:
                    raise ValueError("it is not a journal")
            self._connection = connect(path)
            self._load(self._connection)
        except (sqlite3.Error, OSError, KeyError, TypeError, ValueError, IndexError) as exc:
            self.close()
            raise JournalDamaged(str(path), _reason(exc)) from exc

    def _load(self, connection: sqlite3.Connection) -> None:
        version = version_of(connection)
        if version > SCHEMA_VERSION:
            raise ValueError("it was written by a newer Delink")
        if version < 1 or connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise ValueError("its contents fail the check")
        meta: dict[str, str] = dict(connection.execute("SELECT key, value FROM meta").fetchall())
        self.facts: RunFacts = decode_facts(meta["facts"])
        self.links = _load_links(connection, json.loads(meta["relations"]), json.loads(meta["included"]))
        self.entries = _load_entries(connection)
        self.plan = self._load_plan(connection, json.loads(meta["plan"]))
        changes = connection.execute("SELECT kind, at, payload FROM changes ORDER BY seq")
        self.ledger = Ledger(len(self.links)).replay(decode_change(row, self.links) for row in changes)

    def _load_plan(self, connection: sqlite3.Connection, counts: list[int | None]) -> Plan:
        rows = connection.execute("SELECT batch FROM plan ORDER BY position")
        batches = tuple(decode_batch(json.loads(text), self.links) for (text,) in rows)
        return Plan(batches, counts[0] or 0, counts[1] or 0, counts[2])

    def rows(self) -> Iterator[SheetRow]:
        """Every row below the header in source order."""
        cursor = self._open().execute("SELECT number, cells FROM source_rows ORDER BY number")
        for number, cells in cursor:
            yield SheetRow(number, tuple(json.loads(cells)))

    def commit(self, changes: Sequence[Change]) -> None:
        """Write changes durably, all or none, then take them into the ledger. Raises JournalUnwritable."""
        with self._guard:
            connection = self._open()
            try:
                connection.execute("BEGIN IMMEDIATE")
                insert_changes(connection, changes, self.links)
                connection.execute("COMMIT")
            except BaseException as exc:
                self._roll_back(connection)
                if isinstance(exc, sqlite3.Error | OSError):
                    raise JournalUnwritable(str(self.path), _reason(exc)) from exc
                raise
            for change in changes:
                self.ledger.apply(change)

    @staticmethod
    def _roll_back(connection: sqlite3.Connection) -> None:
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except sqlite3.Error:
            pass  # a full disk may have rolled it back already

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise JournalUnwritable(str(self.path), "it is closed")
        return self._connection

    def close(self) -> None:
        """Fold the write-ahead log into the file and close it; harmless when called twice."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self.close()


def _load_links(connection: sqlite3.Connection, relations: list[list[str]], included: bool) -> Links:
    links = Links([Relation(*names) for names in relations])
    links.included = included
    columns: tuple[array[int], list[RecordId], list[RecordId], array[int]]
    columns = (links.relation_of, links.parent_ids, links.related_ids, links.first_rows)
    rows = connection.execute("SELECT relation, parent_id, related_id, first_row, suspicious, number FROM links ORDER BY number")
    for relation, parent_id, related_id, first_row, suspicious, number in rows:
        for column, value in zip(columns, (relation, parent_id, related_id, first_row), strict=True):
            column.append(value)  # type: ignore[attr-defined]  # four columns of three element types
        if suspicious:
            links.suspicious.add(number)
    return links


def _load_entries(connection: sqlite3.Connection) -> Entries:
    entries = Entries()
    rows = connection.execute("SELECT row, parent_text, related_text, link, duplicate, rejection FROM entries ORDER BY position")
    for row, parent_text, related_text, link, duplicate, rejection in rows:
        if link == NO_LINK:
            entries.add_rejected(row, parent_text, related_text, Rejection(rejection))
        else:
            entries.add_link(row, parent_text, related_text, link, duplicate=bool(duplicate))
    return entries
