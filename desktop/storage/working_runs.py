"""Where a run stands that some program works on just now, from its journal and without its lock.

The summary file is renewed once a second at most and only with a commit, so it can be minutes behind a run that waits, and it
counts the links of open calls as not sent. Nobody may read “Not sent” of a link that was sent, so the changes are counted.
SQLite lets others read while one writes. The rows and the IDs are not needed for that and are left where they are.
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
from desktop.storage.journal_marks import checked
from desktop.storage.journal_schema import READABLE_VERSIONS, connect_to_look, version_of
from desktop.storage.row_portions import by_portions

_log = logging.getLogger(__name__)


def counted_now(journal: Path, known: RunSummary) -> RunSummary:
    """``known`` with the present counts of a journal; as it is where they cannot be read.

    What becomes of the links of open calls is not known yet, and they are counted so.
    """
    try:
        with closing(connect_to_look(journal)) as connection:
            if version_of(connection) not in READABLE_VERSIONS:
                return known
            ledger = _replayed(connection)
    except (sqlite3.Error, OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as exc:
        _log.warning("Where run %s stands now could not be read: %s", known.run, exc)
        return known
    return replace(known, tally=ledger.tally_at_rest, calls=ledger.calls, reads=ledger.reads)


class _StandIns(Sequence[RecordId]):
    """IDs to count with. What is counted needs no record's own ID, and to read a million of them would take too long."""

    def __init__(self, number: int) -> None:
        self._places = range(number)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> RecordId: ...
    @overload
    def __getitem__(self, index: slice) -> list[RecordId]: ...
    def __getitem__(self, index: int | slice) -> RecordId | list[RecordId]:
        if isinstance(index, slice):
            return [self[place] for place in self._places[index]]
        return RecordId(f"{self._places[index]:010}")


@dataclass(frozen=True, slots=True)
class _CountedLinks:
    """Links of which only the number and the relations are known."""

    relations: Sequence[Relation]
    parent_ids: _StandIns
    related_ids: _StandIns


def _replayed(connection: sqlite3.Connection) -> Ledger:
    connection.execute("BEGIN")  # the links and their changes as of one moment
    relations = json.loads(connection.execute("SELECT value FROM meta WHERE key = 'relations'").fetchone()[0])
    number = int(connection.execute("SELECT count(*) FROM links").fetchone()[0])
    links = _CountedLinks([Relation(*names) for names in relations], _StandIns(number), _StandIns(number))
    rows = connection.execute("SELECT seq, kind, at, payload, mark FROM changes ORDER BY seq")
    changes = (decode_change((kind, at, payload), links) for _, kind, at, payload, _ in checked(by_portions(rows)))
    return Ledger(number).replay(changes)
