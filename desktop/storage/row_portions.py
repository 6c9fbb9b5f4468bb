"""Fetches the rows of a large answer of SQLite in portions, so that the window stays alive while a million are read.

SQLite releases the interpreter lock for every row and takes it back at once. A thread that waits for the lock is woken each
time and comes too late. Only if the reader sleeps for a moment does the other thread get its turn.
"""

import sqlite3
import time
from collections.abc import Iterator
from typing import Any

ROWS_IN_PORTION = 5000  # content_digest depends on it, so it can never change
_REST_S = 0.0005


def rows_in_portions(cursor: sqlite3.Cursor) -> Iterator[Any]:
    """Yield all rows one by one; other threads get their turn after every portion."""
    for rows in portions(cursor):
        yield from rows


def portions(cursor: sqlite3.Cursor) -> Iterator[list[Any]]:
    """Yield all rows as lists of at most ``ROWS_IN_PORTION``; other threads get their turn after each."""
    while rows := cursor.fetchmany(ROWS_IN_PORTION):
        yield rows
        let_others_run()


def let_others_run() -> None:
    """Sleep for a moment, so that another thread gets the interpreter lock."""
    time.sleep(_REST_S)
