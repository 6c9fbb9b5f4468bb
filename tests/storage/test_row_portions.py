"""Large answers of SQLite come by portions: every row once and in order, with a rest for other threads between them."""

import sqlite3
import time
from contextlib import closing

import pytest

from desktop.storage.row_portions import ROWS_IN_PORTION, rows_in_portions


@pytest.mark.parametrize(
    ("rows", "rests"), [(0, 0), (1, 1), (ROWS_IN_PORTION, 1), (ROWS_IN_PORTION + 1, 2), (3 * ROWS_IN_PORTION, 3)]
)
def test_every_row_comes_once_with_a_rest_after_each_portion(rows: int, rests: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rested: list[float] = []
    monkeypatch.setattr(time, "sleep", rested.append)
    counting = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?) SELECT i FROM n WHERE ? > 0"
    with closing(sqlite3.connect(":memory:")) as db:
        assert [row[0] for row in rows_in_portions(db.execute(counting, (rows, rows)))] == list(range(rows))
    assert len(rested) == rests and all(seconds > 0 for seconds in rested)
