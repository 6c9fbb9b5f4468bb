"""The journal's tables and how a connection to one is opened. One SQLite file a run."""

import logging
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.domain.origins import RetryOf
from desktop.domain.relations import is_custom
from desktop.domain.runs import RunFacts

# Version 4 has the tables of version 3 and one more kind of run, the retry of an undo. Version 5 has relations that are not
# built in. Only a journal of such a run has these versions: a program that does not know the kind, or may not touch the
# relation, then says that a newer Delink wrote it, and opens all other journals as before.
SCHEMA_VERSION = 5
_VERSION_OF_UNDO_RETRIES = 4
_VERSION_OF_TABLES = 3
READABLE_VERSIONS = range(_VERSION_OF_TABLES, SCHEMA_VERSION + 1)  # without any change

_LAST_CHANGES = ("-wal", "-journal")  # where SQLite keeps what the database itself does not have yet

_UNCHANGEABLE = "mode=ro&immutable=1"

# Bytes 18 and 19 of a database say how it is written and read (SQLite's page "Database File Format"): 2 with such a log.
_FORMATS, _WITH_LOG = slice(18, 20), b"\x02\x02"

_log = logging.getLogger(__name__)

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source_rows (number INTEGER PRIMARY KEY, cells TEXT NOT NULL);
CREATE TABLE entries (
    position INTEGER PRIMARY KEY, row INTEGER NOT NULL, parent_text TEXT NOT NULL, related_text TEXT NOT NULL,
    link INTEGER NOT NULL, duplicate INTEGER NOT NULL, rejection TEXT
);
CREATE TABLE links (
    number INTEGER PRIMARY KEY, relation INTEGER NOT NULL, parent_id TEXT NOT NULL, related_id TEXT NOT NULL,
    first_row INTEGER NOT NULL, suspicious INTEGER NOT NULL
);
CREATE TABLE plan (position INTEGER PRIMARY KEY, batch TEXT NOT NULL);
CREATE TABLE changes (
    seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, at REAL NOT NULL, payload TEXT NOT NULL, mark INTEGER NOT NULL
);
CREATE TABLE safety_copy (link INTEGER PRIMARY KEY, fields TEXT NOT NULL, read_at REAL NOT NULL, mark INTEGER NOT NULL);
"""


def connect(path: Path, *, create: bool = False) -> sqlite3.Connection:
    """Open a journal so that a commit survives a power cut: write-ahead log, full synchronisation.

    Transactions are begun and ended by hand. Where a write-ahead log cannot work (it needs shared memory) the ordinary
    rollback journal takes its place. The connection may move between threads; one at a time uses it.
    """
    mode = "rwc" if create else "rw"
    connection = sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False)
    try:
        got = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        if got != "wal":
            _log.warning("No write-ahead log in %s (%s); the rollback journal is used", path.parent, got)
        connection.execute("PRAGMA synchronous=FULL")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def connect_to_look(path: Path) -> sqlite3.Connection:
    """Open a journal without any right to write, so that a damaged one stays as it is.

    One that is at rest is opened as unchangeable, and nothing comes to lie beside it (:func:`_is_at_rest`). Where only a
    writer can open it (it has to undo half a transaction of a rollback journal first), with that right. On a disk that
    cannot be written SQLite misses the files that it would make beside a write-ahead log: nobody can be changing the
    journal there, so it is opened as unchangeable, or as a copy where its last changes still stand in another file.
    """
    if _is_at_rest(path):
        return _connect_read_only(path, _UNCHANGEABLE)
    try:
        return _connect_read_only(path, "mode=ro")
    except sqlite3.OperationalError:
        pass  # the next two ways are told why, if they fail too
    try:
        return connect(path)
    except sqlite3.OperationalError as exc:
        if exc.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
    if any(_has_content(path.with_name(path.name + extra)) for extra in _LAST_CHANGES):
        return _connect_to_copy(path)
    return _connect_read_only(path, _UNCHANGEABLE)


def _is_at_rest(path: Path) -> bool:
    """True for a journal that was closed and that nobody has open now, as far as the files beside it tell.

    Whoever opens a journal with a write-ahead log makes that log and its index, even to read. The last who closes it takes
    them away, but only with a right to write: whoever just looks would leave them lying there. So a journal without a log is
    opened without one. If somebody begins to write just then, what was written once (rows, links, plan) stays where it
    is, and every change and copied link has a mark that shows when half of it was read.
    """
    if any(path.with_name(path.name + extra).exists() for extra in _LAST_CHANGES):
        return False
    try:
        with path.open("rb") as file:
            return file.read(_FORMATS.stop)[_FORMATS] == _WITH_LOG
    except OSError:
        return False  # SQLite tells why


def _connect_read_only(path: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.as_uri()}?{how}", uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _connect_to_copy(path: Path) -> sqlite3.Connection:
    """The journal with its last changes, in memory."""
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    with TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        for extra in ("", *_LAST_CHANGES):
            if (one := path.with_name(path.name + extra)).exists():
                shutil.copyfile(one, copy.with_name(copy.name + extra))
        with closing(sqlite3.connect(copy)) as source:
            source.backup(memory)
    return memory


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def version_of(connection: sqlite3.Connection) -> int:
    """The schema version that the file was written with."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def version_for(facts: RunFacts) -> int:
    """The version that a journal of this run gets: the oldest whose programs understand it."""
    if any(map(is_custom, facts.relations)):
        return SCHEMA_VERSION
    is_retried_undo = isinstance(facts.origin, RetryOf) and facts.operation.ends_linked
    return _VERSION_OF_UNDO_RETRIES if is_retried_undo else _VERSION_OF_TABLES
