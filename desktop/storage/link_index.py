"""Keeps the links of all earlier runs in one file, so that a new run need not open every journal to see what it shares.

The links of a run never change after its first moment, so the file only grows: one record for each run, each with a checksum.
The journals stay the truth. If a run has no record, or its record or one before it is damaged, the run is read from its journal
again; a record without a journal is ignored. So the file may be lost at any time, and no run is ever missed because of it.

A link is recognised by eight bytes of a hash of its two IDs, whichever of them is the parent. Runs of the same sheet have the
same links, and the record of the second run names that of the first in place of repeating it.
"""

import hashlib
import json
import logging
import os
import sqlite3
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from struct import Struct
from typing import Any

from desktop.domain.connections import Connection
from desktop.storage.journal_codec import decode_connection, encode_connection
from desktop.storage.journal_schema import connect_to_look
from desktop.storage.row_portions import rows_in_portions
from desktop.storage.run_lock import try_lock

_log = logging.getLogger(__name__)

_MAGIC = b"Delink links 2\n"  # version 1 did not hold the organisations of runs
_HEAD = Struct("<III")  # the lengths of the description and of the links, and the checksum of both
_REPORT_EVERY = 50_000  # rows of a journal, so that the progress of a large one moves, too


@dataclass(frozen=True, slots=True)
class RunLinks:
    """The part of a run that is compared: its connection, the digest of its sheet's file, and the hashes of its links."""

    connection: Connection
    sha256: str
    links: "array[int]"


class LinkIndex:
    """The index in the file at ``path``. If there is none and it cannot be written, everything is read from the journals."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def links_of(
        self, journals: Mapping[str, Path], on_progress: Callable[[int, int], None] = lambda _, __: None
    ) -> Mapping[str, RunLinks]:
        """Return the links of each of these runs whose journal can be read, and add what was missing to the index.

        ``on_progress`` gets how many of how many journals are read, also in the middle of each: without an index, many or
        large journals take a while.
        """
        indexed, damaged_at = self._read()
        missing = {run: path for run, path in journals.items() if run not in indexed}
        added: dict[str, RunLinks] = {}
        for number, (run, path) in enumerate(missing.items()):
            if (links := _links_of(run, path, partial(on_progress, number, len(missing)))) is not None:
                added[run] = links
        if added or damaged_at is not None:
            self._append(added, indexed, damaged_at)
        return {run: links for run, links in (indexed | added).items() if run in journals}

    def _read(self) -> tuple[dict[str, RunLinks], int | None]:
        """Return the records up to the first damaged one, and the offset of that one, or None if all are whole."""
        try:
            content = self._path.read_bytes()
        except OSError:
            return {}, None
        indexed: dict[str, RunLinks] = {}
        # 0 for a file of another version, which is damaged from its first byte on.
        offset = len(_MAGIC) if content.startswith(_MAGIC) else 0
        try:
            while offset and offset < len(content):
                offset = _add_record(content, offset, indexed)
        except (ValueError, KeyError, TypeError, RecursionError):
            _log.warning("The index of links is damaged from byte %d on; journals are read in its place", offset)
            return indexed, offset
        return indexed, None if offset or not content else 0

    def _append(self, added: Mapping[str, RunLinks], indexed: Mapping[str, RunLinks], damaged_at: int | None) -> None:
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(descriptor, "r+b") as file:
                # If another program writes now, this one gives up: the next start adds what is missing. If the other one added
                # the same runs since the file was read, they stand in it twice, which does no harm.
                try_lock(descriptor)
                if damaged_at is not None:
                    file.truncate(damaged_at)
                if not file.seek(0, os.SEEK_END):
                    file.write(_MAGIC)
                file.writelines(_records(added, indexed))
        except OSError as exc:
            _log.warning("The index of links could not be written: %s", exc.strerror)


def hashes_of(parent_ids: Iterable[str], related_ids: Iterable[str]) -> "array[int]":
    """Return the hash of each link, eight bytes long. It does not depend on which of the two IDs is the parent."""
    hashes = bytearray()
    for parent_id, related_id in zip(parent_ids, related_ids, strict=True):
        # Another sheet may have the same links the other way round, so the IDs are joined in alphabetical order.
        pair = f"{parent_id} {related_id}" if parent_id < related_id else f"{related_id} {parent_id}"
        hashes += hashlib.blake2b(pair.encode(), digest_size=8).digest()
    return array("Q", bytes(hashes))


def _add_record(content: bytes, offset: int, indexed: dict[str, RunLinks]) -> int:
    """Add the record at ``offset`` to ``indexed`` and return the offset of the next one. Raises ValueError or KeyError."""
    start = offset + _HEAD.size
    if start > len(content):
        raise ValueError("it is cut")
    facts_size, links_size, checksum = map(int, _HEAD.unpack_from(content, offset))
    end = start + facts_size + links_size
    if end > len(content) or zlib.crc32(memoryview(content)[start:end]) != checksum:
        raise ValueError("it is damaged")
    facts = json.loads(content[start : start + facts_size])
    same_as = facts["same_as"]
    links = array("Q", content[start + facts_size : end]) if same_as is None else indexed[same_as].links
    indexed[facts["run"]] = RunLinks(_connection_of(facts["connection"]), facts["sha256"], links)
    return end


@lru_cache  # thousands of runs name the same few connections
def _connection_of(text: str) -> Connection:
    return decode_connection(json.loads(text))


def _records(added: Mapping[str, RunLinks], indexed: Mapping[str, RunLinks]) -> Iterator[bytes]:
    run_of_links = {bytes(run_links.links): run for run, run_links in indexed.items()}
    for run, run_links in added.items():
        links = bytes(run_links.links)
        same_as = run_of_links.setdefault(links, run)
        facts = {
            "run": run,
            "connection": encode_connection(run_links.connection),
            "sha256": run_links.sha256,
            "same_as": None if same_as == run else same_as,
        }
        facts_bytes, links_bytes = json.dumps(facts).encode(), links if same_as == run else b""
        yield (_HEAD.pack(len(facts_bytes), len(links_bytes), zlib.crc32(facts_bytes + links_bytes)) + facts_bytes + links_bytes)


def _links_of(run: str, path: Path, on_progress: Callable[[], None]) -> RunLinks | None:
    """Read the links of a run from its journal; None if that cannot be read."""
    try:
        with closing(connect_to_look(path)) as journal:
            facts = json.loads(journal.execute("SELECT value FROM meta WHERE key = 'facts'").fetchone()[0])
            connection = decode_connection(facts["connection"])
            rows: list[Any] = []
            # In the order of the IDs, so that two runs with the same links have the same bytes, whatever the order of the rows.
            cursor = journal.execute("SELECT parent_id, related_id FROM links ORDER BY parent_id, related_id")
            for row in rows_in_portions(cursor):
                if len(rows) % _REPORT_EVERY == 0:
                    on_progress()
                rows.append(row)
            on_progress()
            return RunLinks(connection, facts["sheet_sha256"], hashes_of(*_columns(rows)))
    except (sqlite3.Error, OSError, ValueError, KeyError, TypeError) as exc:
        _log.warning("The links of run %s could not be compared: %s", run, exc)
        return None


def _columns(rows: list[Any]) -> tuple[list[str], list[str]]:
    return [parent_id for parent_id, _ in rows], [related_id for _, related_id in rows]


def shared_with(links: Mapping[str, RunLinks], hashes: "array[int]", fits: Callable[[RunLinks], bool]) -> dict[str, int]:
    """Count, for each run that ``fits``, how many of its links are among ``hashes``."""
    # Runs of the same sheet share one array (see _add_record), so its identity is enough to count it only once.
    sought, counted = set(hashes), dict[int, int]()
    shared: dict[str, int] = {}
    for run, run_links in links.items():
        if fits(run_links):
            if id(run_links.links) not in counted:
                counted[id(run_links.links)] = sum(map(sought.__contains__, run_links.links))
            shared[run] = counted[id(run_links.links)]
    return shared
