"""Counts where a run stands that a program works on just now, from its journal and without its lock.

The summary file is written at most once a second and only with a commit, so it can be minutes behind a run that waits, and it
counts the links of open calls as not sent. Nobody may read “Not sent” of a link that was sent, so the changes are counted.
SQLite lets others read while one program writes. The rows and the IDs are not needed for that and are not read.
"""

import json
import logging
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import overload

from desktop.domain.ledger import Ledger
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from desktop.domain.runs import RunSummary
from desktop.storage.journal_codec import decode_change
from desktop.storage.journal_marks import verified
from desktop.storage.journal_schema import READABLE_VERSIONS, connect_to_look, version_of
from desktop.storage.row_portions import rows_in_portions

_log = logging.getLogger(__name__)


def counted_now(journal: Path, summary: RunSummary) -> RunSummary:
    """Return ``summary`` with the present counts of the journal, or as it is if they cannot be read.

    Links of open calls are counted as unknown, because nobody knows yet what becomes of them.
    """
    try:
        with closing(connect_to_look(journal)) as connection:
            if version_of(connection) not in READABLE_VERSIONS:
                return summary
            ledger = _replayed(connection)
    except (sqlite3.Error, OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as exc:
        _log.warning("Where run %s stands now could not be read: %s", summary.run, exc)
        return summary
    return replace(summary, tally=ledger.tally_at_rest, calls=ledger.calls, reads=ledger.reads)


class _StandIns(Sequence[RecordId]):
    """Invented IDs in the place of the records' own: counting needs no real ones, and to read a million would take too long."""

    def __init__(self, number: int) -> None:
        self._indexes = range(number)

    def __len__(self) -> int:
        return len(self._indexes)

    @overload
    def __getitem__(self, index: int) -> RecordId: ...
    @overload
    def __getitem__(self, index: slice) -> list[RecordId]: ...
    def __getitem__(self, index: int | slice) -> RecordId | list[RecordId]:
        if isinstance(index, slice):
            return [self[position] for position in self._indexes[index]]
        return RecordId(f"{self._indexes[index]:010}")  # a batch refuses what is shorter than an ID, or stands in it twice


@dataclass(frozen=True, slots=True)
class _CountedLinks:
    """Links of which only the number and the relations are known."""

    relations: Sequence[Relation]
    parent_ids: _StandIns
    related_ids: _StandIns


def _replayed(connection: sqlite3.Connection) -> Ledger:
    connection.execute("BEGIN")  # all of the reads below see the journal as of the same moment
    relations = json.loads(connection.execute("SELECT value FROM meta WHERE key = 'relations'").fetchone()[0])
    number = int(connection.execute("SELECT count(*) FROM links").fetchone()[0])
    links = _CountedLinks([Relation(*names) for names in relations], _StandIns(number), _StandIns(number))
    rows = connection.execute("SELECT seq, kind, at, payload, mark FROM changes ORDER BY seq")
    changes = (decode_change((kind, at, payload), links) for _, kind, at, payload, _ in verified(rows_in_portions(rows)))
    return Ledger(number).replay(changes)
