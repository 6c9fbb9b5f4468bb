"""What a journal holds, read from the file itself: without the ledger, so that the ledger can be checked against it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from desktop.domain.entries import Links
from desktop.domain.runs import Change, Intent
from desktop.storage.journal import Journal
from desktop.storage.journal_codec import decode_change


def changes_of(path: Path) -> list[Change]:
    """Every change, in the order in which it was written."""
    with Journal(path, read_only=True) as journal:
        return list(_changes(path, journal.links))


def intents_of(path: Path) -> list[Intent]:
    """Every removal that was about to leave."""
    return [change for change in changes_of(path) if isinstance(change, Intent)]


def _changes(path: Path, links: Links) -> Iterator[Change]:
    with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as db:
        rows = db.execute("SELECT kind, at, payload FROM changes ORDER BY seq").fetchall()
    yield from (decode_change(row, links) for row in rows)
