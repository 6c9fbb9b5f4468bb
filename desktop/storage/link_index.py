"""The links of all earlier runs in one file, so that a new run need not open each journal to see what it shares with them.

What a run's links are never changes after its first moment, so the file only grows: one record a run, each with a check sum.
The journals stay the truth. A run without a record, or whose record or any before it is damaged, is read from its journal
again; a record without a journal says nothing. So the file may be lost at any time, and no run is ever missed for its sake.

A link is known by eight bytes of a hash of its two IDs, from whichever end. Runs of the same sheet have the same links, and
the record of the second names that of the first in place of repeating it.
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
from desktop.storage.row_portions import by_portions
from desktop.storage.run_lock import try_lock

_log = logging.getLogger(__name__)

_MAGIC = b"Delink links 2\n"  # 1 held no organisation of a run
_HEAD = Struct("<III")  # lengths of the description and the links, check sum of both
_TELL_EVERY = 50_000  # rows


@dataclass(frozen=True, slots=True)
class RunLinks:
    """What is compared of a run: the connection that it was made with, its file, its links by their hashes."""

    connection: Connection
    sha256: str
    links: "array[int]"


class LinkIndex:
    """The file at ``path``; without it, or where it cannot be written, everything is read from the journals."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, journals: Mapping[str, Path], told: Callable[[int, int], None] = lambda _, __: None) -> Mapping[str, RunLinks]:
        """The links of each of these runs but those whose journal cannot be read; what was missing is written down.

        ``told`` gets, also in the middle of each, how many of how many journals are read: that takes a while where there are
        many of them, or large ones, and no index yet.
        """
        known, whole = self._read()
        missing = {run: path for run, path in journals.items() if run not in known}
        found: dict[str, RunLinks] = {}
        for number, (run, path) in enumerate(missing.items()):
            if (links := _links_of(run, path, partial(told, number, len(missing)))) is not None:
                found[run] = links
        if found or whole is not None:
            self._append(found, known, whole)
        return {run: links for run, links in (known | found).items() if run in journals}

    def _read(self) -> tuple[dict[str, RunLinks], int | None]:
        """The records up to the first that is damaged; then also where that one begins, else None."""
        try:
            content = self._path.read_bytes()
        except OSError:
            return {}, None
        known: dict[str, RunLinks] = {}
        at = len(_MAGIC) if content.startswith(_MAGIC) else 0
        try:
            while at and at < len(content):
                at = _take_record(content, at, known)
        except (ValueError, KeyError, TypeError, RecursionError):
            _log.warning("The index of links is damaged from byte %d on; journals are read in its place", at)
            return known, at
        return known, None if at or not content else 0

    def _append(self, found: Mapping[str, RunLinks], known: Mapping[str, RunLinks], whole: int | None) -> None:
        """One program at a time; another's records of the same runs do no harm."""
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(descriptor, "r+b") as file:
                try_lock(descriptor)
                if whole is not None:
                    file.truncate(whole)
                if not file.seek(0, os.SEEK_END):
                    file.write(_MAGIC)
                file.writelines(_records(found, known))
        except OSError as exc:
            _log.warning("The index of links could not be written: %s", exc.strerror)


def hashes_of(parent_ids: Iterable[str], related_ids: Iterable[str]) -> "array[int]":
    """Each link in eight bytes: a sheet may name its parents first or last, so the two IDs stand in their own order."""
    hashes = bytearray()
    for one, other in zip(parent_ids, related_ids, strict=True):
        pair = f"{one} {other}" if one < other else f"{other} {one}"
        hashes += hashlib.blake2b(pair.encode(), digest_size=8).digest()
    return array("Q", bytes(hashes))


def _take_record(content: bytes, at: int, known: dict[str, RunLinks]) -> int:
    """Add the record that begins ``at`` and return where the next one does. Raises ValueError or KeyError."""
    start = at + _HEAD.size
    if start > len(content):
        raise ValueError("it is cut")
    described, linked, check = map(int, _HEAD.unpack_from(content, at))
    end = start + described + linked
    if end > len(content) or zlib.crc32(memoryview(content)[start:end]) != check:
        raise ValueError("it is damaged")
    facts = json.loads(content[start : start + described])
    same_as = facts["same_as"]
    links = array("Q", content[start + described : end]) if same_as is None else known[same_as].links
    known[facts["run"]] = RunLinks(_connection_of(facts["connection"]), facts["sha256"], links)
    return end


@lru_cache
def _connection_of(text: str) -> Connection:
    """The connection of its JSON; thousands of runs name the same few. Raises KeyError, TypeError or ValueError."""
    return decode_connection(json.loads(text))


def _records(found: Mapping[str, RunLinks], known: Mapping[str, RunLinks]) -> Iterator[bytes]:
    seen = {bytes(one.links): run for run, one in known.items()}
    for run, one in found.items():
        links = bytes(one.links)
        same_as = seen.setdefault(links, run)
        facts = {
            "run": run,
            "connection": encode_connection(one.connection),
            "sha256": one.sha256,
            "same_as": None if same_as == run else same_as,
        }
        described, linked = json.dumps(facts).encode(), links if same_as == run else b""
        yield _HEAD.pack(len(described), len(linked), zlib.crc32(described + linked)) + described + linked


def _links_of(run: str, path: Path, told: Callable[[], None]) -> RunLinks | None:
    try:
        with closing(connect_to_look(path)) as journal:
            facts = json.loads(journal.execute("SELECT value FROM meta WHERE key = 'facts'").fetchone()[0])
            connection = decode_connection(facts["connection"])
            rows: list[Any] = []
            for row in by_portions(journal.execute("SELECT parent_id, related_id FROM links ORDER BY parent_id, related_id")):
                if len(rows) % _TELL_EVERY == 0:
                    told()
                rows.append(row)
            told()
            return RunLinks(connection, facts["sheet_sha256"], hashes_of(*_columns(rows)))
    except (sqlite3.Error, OSError, ValueError, KeyError, TypeError) as exc:
        _log.warning("The links of run %s could not be compared: %s", run, exc)
        return None


def _columns(rows: list[Any]) -> tuple[list[str], list[str]]:
    return [one for one, _ in rows], [other for _, other in rows]


def shared_with(links: Mapping[str, RunLinks], hashes: "array[int]", fits: Callable[[RunLinks], bool]) -> dict[str, int]:
    """How many links of each run that fits are among these. Equal lists are compared once."""
    sought, counted = set(hashes), dict[int, int]()
    shared: dict[str, int] = {}
    for run, one in links.items():
        if fits(one):
            if id(one.links) not in counted:
                counted[id(one.links)] = sum(map(sought.__contains__, one.links))
            shared[run] = counted[id(one.links)]
    return shared
