"""Which earlier runs held links of a sheet: by the links themselves, as file names and order of rows mean nothing.

Only the tables that never change after a run's first moment are read, so a journal in use may be looked at too.
"""

import json
import logging
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop.domain.connections import PRACTICE_NAME, Connection
from desktop.domain.entries import Links
from desktop.domain.history import EarlierRun
from desktop.domain.outcomes import Outcome
from desktop.domain.runs import RunKind, RunSummary
from desktop.storage.row_portions import by_portions

_log = logging.getLogger(__name__)


def earlier_runs(
    journals: Sequence[tuple[RunSummary, Path]], links: Links, sha256: str, connection: Connection
) -> Sequence[EarlierRun]:
    """The runs among ``journals`` that were made for the same place and share links with these, in their order.

    An undo is none of them: it removed nothing. A journal that cannot be read is left out.
    """
    pairs = set(map(_pair, links.parent_ids, links.related_ids))
    found = []
    for summary, path in journals:
        if summary.kind is RunKind.UNDO:
            continue
        try:
            shared, same_file = _shared(path, pairs, sha256, connection)
        except (sqlite3.Error, ValueError, KeyError, TypeError) as exc:
            _log.warning("The links of run %s could not be compared: %s", summary.run, exc)
            continue
        if shared:
            unknown, removed = summary.tally[Outcome.UNKNOWN], summary.tally[Outcome.DELINKED]
            found.append(EarlierRun(summary.run, summary.started, shared, same_file, unknown, removed))
    return found


def _shared(path: Path, pairs: set[str], sha256: str, connection: Connection) -> tuple[int, bool]:
    journal = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        facts = json.loads(journal.execute("SELECT value FROM meta WHERE key = 'facts'").fetchone()[0])
        if not _same_place(facts["connection"], connection):
            return 0, False
        rows: Iterator[tuple[str, str]] = by_portions(journal.execute("SELECT parent_id, related_id FROM links"))
        return sum(1 for row in rows if _pair(*row) in pairs), facts["sheet_sha256"] == sha256
    finally:
        journal.close()


def _same_place(before: dict[str, object], connection: Connection) -> bool:
    same_host = before["api_url"] == connection.api_url or before["id"] == connection.id == PRACTICE_NAME
    return same_host and before["environment"] == connection.environment


def _pair(one: str, other: str) -> str:
    """A link from whichever end: a sheet may name its parents first or last."""
    return f"{one} {other}" if one < other else f"{other} {one}"
