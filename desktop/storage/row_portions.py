"""The rows of a large answer of SQLite by portions, so that the window moves while a million are read.

SQLite lets go of the interpreter for every row and takes it back at once; a thread that waits for it is woken each time
and comes too late. Only a moment of rest lets it in.
"""

import sqlite3
import time
from collections.abc import Iterator
from typing import Any

AT_ONCE = 5000
_REST_S = 0.0005


def by_portions(cursor: sqlite3.Cursor) -> Iterator[Any]:
    """All rows, with a moment for other threads after every ``AT_ONCE``."""
    for rows in portions(cursor):
        yield from rows


def portions(cursor: sqlite3.Cursor) -> Iterator[list[Any]]:
    """The same for those who take ``AT_ONCE`` rows together."""
    while rows := cursor.fetchmany(AT_ONCE):
        yield rows
        give_way()


def give_way() -> None:
    """Let another thread have the interpreter."""
    time.sleep(_REST_S)
