"""Names the reasons why a journal cannot be read or written: our own, the system's, and SQLite's."""

import sqlite3

from desktop.domain.system_reasons import reason_of as reason_of_system
from desktop.domain.texts import Text

# By SQLite's primary result codes; the others stay in SQLite's own words.
_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: "database-is-locked",
    sqlite3.SQLITE_LOCKED: "database-is-locked",
    sqlite3.SQLITE_CANTOPEN: "database-cannot-be-opened",
    sqlite3.SQLITE_CORRUPT: "database-is-malformed",
    sqlite3.SQLITE_FULL: "database-disk-full",
    sqlite3.SQLITE_IOERR: "database-disk-fails",
    sqlite3.SQLITE_NOTADB: "database-is-none",
    sqlite3.SQLITE_READONLY: "database-is-read-only",
}


class JournalFault(ValueError):
    """Something that we found to be wrong with a journal; ``detail`` says it in a clause."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.detail = Text(name)


def reason_of(exc: BaseException) -> Text | str:
    """Return the reason as a clause. An error that only engineers understand is reported as damage, with its own words."""
    match exc:
        case JournalFault(detail=detail):
            return detail
        case sqlite3.Error():
            name = _OF_SQLITE.get(getattr(exc, "sqlite_errorcode", 0) & 0xFF)
            return Text(name) if name is not None else str(exc) or Text("database-fails")
        case OSError():
            return reason_of_system(exc)
        case _:
            return Text("journal-not-understood", error=f"{type(exc).__name__}: {exc}")
