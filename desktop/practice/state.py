"""What the practice CRM remembers: links, records, counts and a log of calls, in one SQLite file.

A link is one fact, whichever end it is addressed from. Everything that a request changes is one transaction, so a killed
program leaves no half call behind; two servers may use one file.
"""

import json
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Seed = tuple[str, str, str, str]
Pair = tuple[str, str, str, str]

DEFAULTS: dict[str, Any] = {
    "latency_ms": 0,
    "cap": 25,
    "credits": None,
    "token_life_s": 3600,
    "tokens_expired": False,
    "in_ms": False,
    "location": "us",
    "accounts_server": "",
    "api_domain": "",
    "user_location": "",
    "scopes": ["ZohoCRM.modules.ALL", "ZohoCRM.settings.ALL", "ZohoCRM.users.ALL", "ZohoCRM.org.ALL"],
    "edition": "enterprise",
    "deals_list": "Deals",
    "company": "Practice Ltd",
    "organisation_id": "20099900001",
}

_TABLES = """
CREATE TABLE IF NOT EXISTS links (
    module_a TEXT, id_a TEXT, module_b TEXT, id_b TEXT, linked INTEGER NOT NULL, fields TEXT NOT NULL DEFAULT '{}',
    sends INTEGER NOT NULL DEFAULT 0, sends_since_read INTEGER NOT NULL DEFAULT 0, removed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (module_a, id_a, module_b, id_b)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS links_from_b ON links (module_b, id_b);
CREATE TABLE IF NOT EXISTS records (
    module TEXT, id TEXT, kind TEXT NOT NULL DEFAULT 'plain', PRIMARY KEY (module, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS hidden_records ON records (module, id, kind) WHERE kind <> 'plain';
CREATE TABLE IF NOT EXISTS counts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tokens (token TEXT PRIMARY KEY, expires REAL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS calls (
    seq INTEGER PRIMARY KEY, at REAL, method TEXT, path TEXT, ids INTEGER, status INTEGER, asked TEXT, fault TEXT
);
"""

_LOG_COLUMNS = 8
_STATUSES = ("Planned", "Invited", "Sent", "Responded")


class State:
    """Guards one SQLite connection by one lock; every thread of the server goes through it."""

    def __init__(self, path: Path | None) -> None:
        self._connection = sqlite3.connect(
            ":memory:" if path is None else path, isolation_level=None, check_same_thread=False, timeout=30
        )
        # A killed process loses nothing without synchronisation; a power cut may, and this is a practice CRM.
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=OFF")
        self._drop_older_log()
        self._connection.executescript(_TABLES)
        self._guard = threading.RLock()

    def _drop_older_log(self) -> None:
        """Drop the log of an earlier version, which had fewer columns; it is only for reading, so it starts again."""
        columns = self._connection.execute("SELECT COUNT(*) FROM pragma_table_info('calls')").fetchone()[0]
        if 0 < columns < _LOG_COLUMNS:
            self._connection.execute("DROP TABLE calls")

    def close(self) -> None:
        with self._guard:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Run a block as one transaction: all of it happens, or nothing."""
        with self._guard:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def setting(self, name: str) -> Any:
        """Return the current value of a setting of DEFAULTS."""
        with self._guard:
            row = self._connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return DEFAULTS.get(name) if row is None else json.loads(row[0])

    def set(self, **values: Any) -> None:
        with self.transaction() as db:
            rows = [(name, json.dumps(value)) for name, value in values.items()]
            db.executemany("INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", rows)

    def seed(self, links: Iterable[Seed], *, share: bool) -> int:
        """Put in links that were never put in before; those removed since stay removed. Returns how many are new.

        With ``share``, :func:`share_of` leaves out a fixed share: 2 of 100 links are absent, and for 1 of 100 the related
        record is unknown. Each link gets its :func:`own_fields`.
        """
        new = 0
        with self.transaction() as db:
            for parent_module, related_list, parent_id, related_id in links:
                part = share_of(parent_id, related_id) if share else "linked"
                pair = pair_of(parent_module, parent_id, module_of(related_list), related_id)
                records = [(parent_module, parent_id)] + ([] if part == "unknown" else [(module_of(related_list), related_id)])
                db.executemany("INSERT OR IGNORE INTO records (module, id) VALUES (?, ?)", records)
                if part != "unknown":
                    row = (*pair, part == "linked", json.dumps(own_fields(*pair)))
                    new += db.execute("INSERT OR IGNORE INTO links VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0)", row).rowcount
        return new

    def changed_by_others(self, links: Iterable[Seed], *, linked: bool) -> None:
        """Link these records, or remove their links, as if somebody else did so in the CRM while a program works."""
        pairs = [pair_of(module, parent, module_of(related_list), other) for module, related_list, parent, other in links]
        with self.transaction() as db:
            db.executemany(
                "INSERT INTO links VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0) ON CONFLICT DO UPDATE SET linked = excluded.linked",
                [(*pair, linked, json.dumps(own_fields(*pair))) for pair in pairs],
            )

    def count(self, db: sqlite3.Connection, **by: int) -> None:
        """Add to counters, inside a transaction."""
        sql = "INSERT INTO counts VALUES (?, ?) ON CONFLICT DO UPDATE SET value = value + excluded.value"
        db.executemany(sql, list(by.items()))

    def counts(self) -> dict[str, int]:
        """Return the counters of calls, and of links as they are now."""
        with self._guard:
            counts = dict(self._connection.execute("SELECT name, value FROM counts").fetchall())
            sums = self._connection.execute(
                "SELECT COALESCE(SUM(linked), 0), COALESCE(SUM(removed), 0), COALESCE(MAX(sends), 0), "
                "COALESCE(MAX(sends_since_read), 0) FROM links"
            ).fetchone()
        names = ("links_now", "links_removed", "sends_per_link_max", "sends_without_read_max")
        base = dict.fromkeys(("calls", "removals", "reads", "puts", "destructive", "refused_429", "concurrent_max", "tokens"), 0)
        return {**base, **counts, **dict(zip(names, sums, strict=True))}

    def links(self) -> list[dict[str, Any]]:
        """Return every pair that was ever seeded, put or sent."""
        with self._guard:
            rows = self._connection.execute("SELECT * FROM links").fetchall()
        names = ("module_a", "id_a", "module_b", "id_b", "linked", "fields", "sends", "sends_since_read", "removed")
        return [dict(zip(names, row, strict=True)) for row in rows]

    def calls(self) -> list[dict[str, Any]]:
        """Return the log of calls in the order in which they arrived."""
        names = ("at", "method", "path", "ids", "status", "asked", "fault")
        with self._guard:
            rows = self._connection.execute(f"SELECT {', '.join(names)} FROM calls ORDER BY at, seq").fetchall()  # noqa: S608
        return [dict(zip(names, row, strict=True)) for row in rows]

    def reset(self) -> None:
        """Forget everything but the tokens."""
        with self.transaction() as db:
            for table in ("links", "records", "counts", "settings", "calls"):
                db.execute(f"DELETE FROM {table}")  # noqa: S608 (names of our own tables)


def share_of(parent_id: str, related_id: str) -> str:
    """Return ``absent``, ``unknown`` or ``linked``, by a hash of the two ids that is the same everywhere."""
    part = zlib.crc32(f"{parent_id}:{related_id}".encode()) % 100
    return "absent" if part < 2 else "unknown" if part == 2 else "linked"


def own_fields(module: str, record_id: str, other_module: str, other_id: str) -> dict[str, Any]:
    """Return the fields of a link itself, by a hash of its two ends that is the same everywhere.

    Of 100 campaign members 61 are Planned, and 13 have each of the other statuses; a price book has a price of 1.00 to 999.99.
    """
    modules, part = {module, other_module}, zlib.crc32(f"own:{record_id}:{other_id}".encode())
    if modules in ({"Campaigns", "Leads"}, {"Campaigns", "Contacts"}):
        return {"Member_Status": _STATUSES[max(0, part % 100 - 48) // 13]}
    if modules == {"Products", "Price_Books"}:
        return {"list_price": (100 + part % 99_900) / 100}
    return {}


def module_of(related_list: str) -> str:
    """Return the module whose records a list holds; Deals were once called Potentials."""
    return "Deals" if related_list == "Potentials" else related_list


def pair_of(module: str, record_id: str, other_module: str, other_id: str) -> Pair:
    """Return the key of a link, which is the same from either end."""
    first, second = sorted([(module_of(module), record_id), (module_of(other_module), other_id)])
    return (*first, *second)


def keys(ids: Sequence[str]) -> list[str]:
    """Return the ids in order, each once."""
    return list(dict.fromkeys(ids))
