"""A run's journal: its rows, links and plan, which are written once, and the log of its changes, written as they happen.

The log of changes is the whole truth about outcomes. The ledger is its replay, and any results can be written from it
at any time. A commit is all or nothing: either all of its changes are on the disk and in the ledger, or none.
"""

import json
import logging
import shutil
import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from itertools import compress, count
from pathlib import Path
from typing import Self

from desktop.domain.building import EntriesBuilder, LinksBuilder
from desktop.domain.collector import set_aside, without_collector
from desktop.domain.entries import KIND_DUPLICATE, KIND_LINK, KIND_OF_REJECTION, Entries, Links, SheetRow
from desktop.domain.errors import JournalDamaged, JournalUnwritable
from desktop.domain.ledger import Ledger, doubts_of
from desktop.domain.outcomes import LinkFields
from desktop.domain.planning.plans import Plan
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation, is_never
from desktop.domain.row_choices import RowsLeftOut
from desktop.domain.runs import Change, RunFacts
from desktop.domain.texts import Text
from desktop.storage.journal_codec import decode_batch, decode_change, decode_copy, decode_facts
from desktop.storage.journal_end import HighWaterMark, noted_end
from desktop.storage.journal_marks import content_digest, copy_checksum, verified
from desktop.storage.journal_migrations import migrate
from desktop.storage.journal_reasons import JournalFault, reason_of
from desktop.storage.journal_schema import READABLE_VERSIONS, SCHEMA_VERSION, connect, connect_to_look, version_of
from desktop.storage.journal_writing import Appender
from desktop.storage.row_portions import portions, rows_in_portions

_log = logging.getLogger(__name__)

_MOST_SHARED = 250_000  # about 25 MB of dictionary

_MAGIC = b"SQLite format 3\x00"
# A damaged or forged file can hold anything in the place of anything, so reading it can fail in all of these ways.
_UNREADABLE = (sqlite3.Error, OSError, KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, RecursionError)
# With these codes the system keeps the file from being read, whatever its content may be; it may be readable another time.
_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_NOMEM,
}


class _OtherVersion(JournalFault):
    """Another version of the program wrote the journal; nothing is wrong with it."""


def _is_broken(exc: BaseException) -> bool:
    """True if the content is damaged, False if the journal is only out of reach."""
    # The lower byte is SQLite's primary code; the bytes above it only say more.
    code = getattr(exc, "sqlite_errorcode", None)
    return not isinstance(exc, OSError | _OtherVersion) and (code is None or code & 0xFF not in _PASSING)


def is_out_of_reach(error: JournalDamaged) -> bool:
    """True if the system keeps the journal from being read now, whatever its content may be."""
    return not error.is_broken and not isinstance(error.__cause__, _OtherVersion)


class Journal:
    """An open journal. One thread at a time may write; ``facts``, ``links``, ``plan`` and ``entries`` never change.

    If its end was lost (journal_end.py), ``is_truncated`` is set, a copy is kept as it was found, and the caller has to call
    :meth:`mark_unknown` before it does anything else.
    """

    def __init__(self, path: Path, *, read_only: bool = False, shared: "Journal | None" = None) -> None:
        """Open and replay a journal. One of an earlier version is migrated first, unless it is opened ``read_only``.

        A read-only one takes what a ``shared`` journal of the same path has in memory, if nothing was written since.
        Raises JournalDamaged, and the file is left as it is; raises JournalUnwritable.
        """
        self.path = path
        self._connection: sqlite3.Connection | None = None
        self._high_water: HighWaterMark | None = None
        self._guard = threading.Lock()
        try:
            with path.open("rb") as file:
                if file.read(len(_MAGIC)) != _MAGIC:
                    raise JournalFault("journal-is-none")
            # Before the journal is read. Another program may be writing to it, and it notes the number of a change only after
            # the change: read in the other order, the note could be ahead of what was read, and the end seem lost.
            noted = noted_end(path)
            # What is sent follows from the journal, so whoever is to write reads and checks all of it.
            if shared is None or not read_only or not self._share(shared):
                self._check_and_load(path, migrates=not read_only)
            self.is_truncated = noted > self._last[0]
            if self.is_truncated and not read_only:
                _keep_as_found(path)
            self._connection = connect_to_look(path) if read_only else connect(path)
            self._appender = Appender(self._connection, self.links, *self._last)
            if not read_only:
                self._high_water = HighWaterMark(path)
                # Never lowered: a truncated journal stays so until what may have been sent in the lost end was marked unknown.
                self._high_water.write(max(noted, self._last[0]))
        except _UNREADABLE as exc:
            self.close()
            raise JournalDamaged(str(path), reason_of(exc), is_broken=_is_broken(exc)) from exc

    def _check_and_load(self, path: Path, *, migrates: bool) -> None:
        """Read and check everything, on a connection without the right to write, so that a damaged file stays as it is."""
        connection = connect_to_look(path)
        try:
            version = version_of(connection)
            if version > SCHEMA_VERSION:
                raise _OtherVersion("journal-is-newer")
            if version < 1 or connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise JournalFault("journal-fails-check")
            if version in READABLE_VERSIONS:
                return self._load(connection)
            if not migrates:
                raise _OtherVersion("journal-is-older")
        finally:
            connection.close()
        migrate(path)
        return self._check_and_load(path, migrates=False)

    def _load(self, connection: sqlite3.Connection) -> None:
        meta: dict[str, str] = dict(connection.execute("SELECT key, value FROM meta").fetchall())
        # quick_check finds a broken page but no flipped bit in a text; the digest does.
        if meta["content"] != content_digest(connection):
            raise JournalFault("journal-content-altered")
        self._content = meta["content"]
        self.facts: RunFacts = decode_facts(meta["facts"], meta.get("reading"))
        self._last = (0, 0)
        with without_collector():
            self.links = _load_links(connection, json.loads(meta["relations"]), json.loads(meta["included"]))
            _check_relations(self.facts.relations, self.links.relations)
            self.entries = _load_entries(connection, self.links)
            self.left_out = RowsLeftOut.of_ranges(json.loads(meta.get("left_out", "[]")))  # older journals had no such choice
            self.plan = self._load_plan(connection, json.loads(meta["plan"]))
            self.ledger = Ledger(len(self.links)).replay(self._changes(connection))
            set_aside(len(self.entries))

    def _changes(self, connection: sqlite3.Connection) -> Iterator[Change]:
        rows = connection.execute("SELECT seq, kind, at, payload, mark FROM changes ORDER BY seq")
        for seq, kind, at, payload, checksum in verified(rows_in_portions(rows)):
            self._last = seq, checksum
            yield decode_change((kind, at, payload), self.links)

    def _load_plan(self, connection: sqlite3.Connection, counts: list[int | None]) -> Plan:
        rows = connection.execute("SELECT batch FROM plan ORDER BY position")
        batches = tuple(decode_batch(json.loads(text), self.links) for (text,) in rows_in_portions(rows))
        return Plan(batches, counts[0] or 0, counts[1] or 0, counts[2])

    def _share(self, closed: "Journal") -> bool:
        """Take over what a closed journal has in memory, if that is what the disk still holds; else return False."""
        # Each change's checksum depends on all changes before it, and the digest on everything that never changes. So if the
        # last checksum and the digest are the same, everything is.
        connection = connect_to_look(self.path)
        try:
            content = connection.execute("SELECT value FROM meta WHERE key = 'content'").fetchone()
            last = connection.execute("SELECT seq, mark FROM changes ORDER BY seq DESC LIMIT 1").fetchone() or (0, 0)
        finally:
            connection.close()
        if content != (closed._content,) or last != closed._appender.end:
            return False
        self._content, self._last = closed._content, closed._appender.end
        self.facts, self.links, self.entries, self.left_out = closed.facts, closed.links, closed.entries, closed.left_out
        self.plan, self.ledger = closed.plan, closed.ledger
        return True

    def rows(self) -> Iterator[SheetRow]:
        """Yield every row below the header, in the order of the sheet."""
        # Read from the disk each time and not kept in memory: only results need them, and a sheet may have a million.
        cursor = self._open().execute("SELECT number, cells FROM source_rows ORDER BY number")
        for portion in portions(cursor):
            # One piece of JSON for all of them: json.loads costs more to call than to read a row.
            parsed_rows = json.loads(f"[{','.join([cells for _, cells in portion])}]")
            for (number, _), cells in zip(portion, parsed_rows, strict=True):
                yield SheetRow(number, tuple(cells))

    def safety_copy(self) -> Iterator[tuple[int, LinkFields]]:
        """Yield the links that were read before their removal, with their own fields. Raises JournalDamaged."""
        cursor = self._open().execute("SELECT link, fields, read_at, mark FROM safety_copy ORDER BY link")
        for link, fields, read_at, checksum in rows_in_portions(cursor):
            if checksum != copy_checksum(link, fields, read_at):
                raise JournalDamaged(str(self.path), Text("journal-copy-altered"))
            yield link, decode_copy(fields)

    def commit(self, changes: Sequence[Change]) -> None:
        """Write changes durably, all or none, then apply them to the ledger. Raises JournalUnwritable."""
        with self._guard:
            connection = self._open()
            try:
                # IMMEDIATE takes the right to write now; a lock that another program holds shows before anything is written.
                connection.execute("BEGIN IMMEDIATE")
                self._appender.append(changes)
                connection.execute("COMMIT")
            except BaseException as exc:  # a bug or Ctrl-C, too: half a transaction must not stay open
                self._roll_back(connection)
                if isinstance(exc, sqlite3.Error | OSError):
                    raise JournalUnwritable(str(self.path), reason_of(exc)) from exc
                raise
            self._appender.note_committed()
            if self._high_water is not None:
                self._high_water.write(self._appender.seq)
            for change in changes:
                self.ledger.apply(change)

    def mark_unknown(self, at: float) -> None:
        """Mark all links as unknown that may have been sent in the lost end. Raises JournalUnwritable.

        ``at`` is seconds since the epoch. A read-only journal marks them in memory only.
        """
        doubts = doubts_of(self.ledger, self.plan, at)
        if self._high_water is not None:
            return self.commit(doubts)
        self.ledger.replay(doubts)
        return None

    def flush_high_water_mark(self) -> None:
        """Make the note of the journal's length survive a power cut."""
        if self._high_water is not None:
            self._high_water.flush()

    @staticmethod
    def _roll_back(connection: sqlite3.Connection) -> None:
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except sqlite3.Error:
            pass  # a full disk may have rolled it back already

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise JournalUnwritable(str(self.path), Text("journal-is-closed"))
        return self._connection

    def close(self) -> None:
        """Fold the write-ahead log into the file and close it. Harmless if called twice."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
        if self._high_water is not None:
            self._high_water.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self.close()


def _keep_as_found(path: Path) -> None:
    """Copy a journal whose end was lost, with its write-ahead log, before anything is written to it."""
    # Somebody with the right tools may still find the lost changes in there. An earlier copy is never overwritten.
    number = next(n for n in count(1) if not path.with_name(f"{path.name}.as-found-{n}").exists())
    target = path.with_name(f"{path.name}.as-found-{number}")
    _log.warning("The end of the journal %s was lost; as it was found it is kept as %s", path.name, target.name)
    try:
        for suffix in ("-wal", ""):
            if (file := path.with_name(path.name + suffix)).exists():
                shutil.copy2(file, target.with_name(target.name + suffix))
    except OSError as exc:
        raise JournalUnwritable(str(target), reason_of(exc)) from exc


def _check_relations(accepted: Collection[Relation], used: Collection[Relation]) -> None:
    """Raise JournalFault if a link is of a relation that the run was not confirmed with, or that may never be touched."""
    if not frozenset(used) <= frozenset(accepted):
        raise JournalFault("journal-links-of-other-kind")
    if any(map(is_never, accepted)):
        raise JournalFault("journal-names-forbidden-list")


def _load_links(connection: sqlite3.Connection, relations: list[list[str]], included: bool) -> Links:
    links, suspicious = LinksBuilder(Relation(*names) for names in relations), set[int]()
    parents, related = dict[str, RecordId](), dict[str, RecordId]()
    rows = connection.execute("SELECT relation, parent_id, related_id, first_row, suspicious, number FROM links ORDER BY number")
    for portion in portions(rows):
        # Column by column: what has to be done for each of a million links is done in bulk.
        relation_of, parent_ids, related_ids, first_rows, are_suspicious, numbers = zip(*portion, strict=True)
        if numbers != tuple(range(len(links), len(links) + len(numbers))):
            raise JournalFault("journal-links-misnumbered")
        links.extend_mixed(relation_of, _shared(parent_ids, parents), _shared(related_ids, related), first_rows)
        suspicious.update(compress(numbers, are_suspicious))
    return links.build(suspicious, included=included)


def _shared(texts: Sequence[RecordId], seen: dict[str, RecordId]) -> Sequence[RecordId]:
    """Return the same texts, with one object for all that are equal, so that a million links of few records take less memory."""
    # Where nearly all of them differ, the dictionary would take more than it saves.
    return texts if len(seen) > _MOST_SHARED else list(map(seen.setdefault, texts, texts))


def _as_ids(texts: Sequence[str], links: Sequence[int], ids: Sequence[RecordId]) -> Sequence[str]:
    """Return the same texts; one that is the very ID of its link, as most are, is the object that is in memory already."""
    numbers = range(len(ids))
    return [ids[link] if link in numbers and ids[link] == text else text for text, link in zip(texts, links, strict=True)]


def _load_entries(connection: sqlite3.Connection, of_links: Links) -> Entries:
    entries = EntriesBuilder()
    parent_ids, related_ids = of_links.parent_ids, of_links.related_ids
    rows = connection.execute("SELECT row, parent_text, related_text, link, duplicate, rejection FROM entries ORDER BY position")
    for portion in portions(rows):
        numbers, parent_texts, related_texts, links, duplicates, rejections = zip(*portion, strict=True)
        kinds = bytes(map(_KIND_OF.__getitem__, zip(duplicates, rejections, strict=True)))
        parents, related = _as_ids(parent_texts, links, parent_ids), _as_ids(related_texts, links, related_ids)
        entries.extend(numbers, parents, related, links, kinds)
    return entries.build()


# By the columns ``duplicate`` and ``rejection``.
_KIND_OF: dict[tuple[int, str | None], int] = {
    (0, None): KIND_LINK,
    (1, None): KIND_DUPLICATE,
    **{(0, str(reason)): kind for reason, kind in KIND_OF_REJECTION.items()},
}
