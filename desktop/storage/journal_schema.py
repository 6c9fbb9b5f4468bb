"""Defines the tables of a journal and opens connections to it. Each run has one SQLite file."""

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

_LAST_CHANGES = ("-wal", "-journal")  # the files in which SQLite keeps what the database itself does not have yet

_UNCHANGEABLE = "mode=ro&immutable=1"  # SQLite then takes no lock and makes no file beside it

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
    """Open a journal for writing, so that a commit survives a power cut. The caller begins and ends transactions.

    The connection may move between threads; only one at a time may use it.
    """
    mode = "rwc" if create else "rw"
    connection = sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False)
    try:
        # A write-ahead log needs shared memory, which network drives lack. SQLite then keeps its ordinary rollback journal.
        got = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        if got != "wal":
            _log.warning("No write-ahead log in %s (%s); the rollback journal is used", path.parent, got)
        connection.execute("PRAGMA synchronous=FULL")  # NORMAL is quicker and loses commits at a power cut
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def connect_to_look(path: Path) -> sqlite3.Connection:
    """Open a journal for reading, without the right to write where that is possible, so that a damaged one stays as it is."""
    if _is_at_rest(path):
        return _connect_read_only(path, _UNCHANGEABLE)
    try:
        return _connect_read_only(path, "mode=ro")
    except sqlite3.OperationalError:
        pass  # if the next ways fail, too, they say why
    # A rollback journal with half a transaction in it has to be undone first, and only a writer can do that.
    try:
        return connect(path)
    except sqlite3.OperationalError as exc:
        if exc.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
    # The disk cannot be written, so SQLite cannot make the files that it needs beside a write-ahead log. Nobody else can be
    # changing the journal there, either, so it may be opened as unchangeable, or as a copy if its last changes stand in
    # another file.
    if any(_has_content(path.with_name(path.name + suffix)) for suffix in _LAST_CHANGES):
        return _connect_to_copy(path)
    return _connect_read_only(path, _UNCHANGEABLE)


def _is_at_rest(path: Path) -> bool:
    """True if the journal was closed and nobody has it open now, as far as the files beside it tell.

    SQLite makes a log and its index for everybody who opens a journal with a write-ahead log, even for a reader. The last one
    who closes it takes them away, but only with the right to write: a mere reader would leave them lying there. So a journal
    without a log beside it is opened as unchangeable. If somebody begins to write at that moment, what was written once (rows,
    links, plan) stays where it is, and the checksums of changes and copied links show if half of one was read.
    """
    if any(path.with_name(path.name + suffix).exists() for suffix in _LAST_CHANGES):
        return False
    try:
        with path.open("rb") as file:
            return file.read(_FORMATS.stop)[_FORMATS] == _WITH_LOG
    except OSError:
        return False  # SQLite will say why


def _connect_read_only(path: Path, options: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.as_uri()}?{options}", uri=True, isolation_level=None, check_same_thread=False)
    try:
        # SQLite opens the file only when something is read, so this is where it fails.
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _connect_to_copy(path: Path) -> sqlite3.Connection:
    """Open a copy of the journal in memory, with its last changes."""
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    with TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        for suffix in ("", *_LAST_CHANGES):
            if (file := path.with_name(path.name + suffix)).exists():
                shutil.copyfile(file, copy.with_name(copy.name + suffix))
        with closing(sqlite3.connect(copy)) as source:
            source.backup(memory)
    return memory


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def version_of(connection: sqlite3.Connection) -> int:
    """Return the schema version that the file was written with."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def version_for(facts: RunFacts) -> int:
    """Return the version to give a journal of this run: the oldest one whose programs understand the run."""
    if any(map(is_custom, facts.relations)):
        return SCHEMA_VERSION
    is_retried_undo = isinstance(facts.origin, RetryOf) and facts.operation.ends_linked
    return _VERSION_OF_UNDO_RETRIES if is_retried_undo else _VERSION_OF_TABLES
