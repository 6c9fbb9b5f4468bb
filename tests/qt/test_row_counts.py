"""Values are counted off the window's thread, and a count that nobody waits for is never told."""

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from desktop.application.row_filters import ColumnValue, values_of
from desktop.domain.entries import SheetRow
from desktop.domain.readings import Cancelled, SheetLinks
from desktop.qt.jobs import row_counts
from desktop.qt.jobs.row_counts import RowCounts
from desktop.sheets.links_sheet import open_sheet
from tests.patience import PATIENCE_MS, PATIENCE_S
from tests.qt.staging import empty_sheet
from tests.sheets.making_sheets import CAMPAIGN, contact


def sheet_of(folder: Path, *marks: str) -> SheetLinks:
    lines = [f"{CAMPAIGN},{contact(number)},{mark}" for number, mark in enumerate(marks, start=1)]
    path = folder / "list.csv"
    path.write_text("Campaign Id,Contact Id,Action\n" + "\n".join(lines) + "\n", "utf-8")
    return open_sheet(path)


def test_a_mark_is_told_with_its_counts(qtbot: QtBot, tmp_path: Path) -> None:
    counts = RowCounts()
    with qtbot.waitSignal(counts.mark_found) as told:
        counts.look_for_mark(sheet_of(tmp_path, "remove", "keep", "remove"))
    assert told.args == [2, [ColumnValue("remove", 2), ColumnValue("keep", 1)]]


def test_a_mark_that_all_rows_bear_is_no_choice(qtbot: QtBot, tmp_path: Path) -> None:
    counts = RowCounts()
    told: list[object] = []
    counts.mark_found.connect(lambda *args: told.append(args))
    counts.look_for_mark(sheet_of(tmp_path, "remove", "remove"))
    with qtbot.waitSignal(counts.values_counted):
        counts.count_values(sheet_of(tmp_path, "remove", "remove"), 2)
    qtbot.wait(50)
    assert told == []


def test_only_the_column_that_was_asked_for_last_is_told(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, ended = Event(), Event()

    def slow(_: SheetLinks, column: int, cancelled: Cancelled) -> list[ColumnValue]:
        if column == 0:
            begun.set()
            while not cancelled():
                Event().wait(0.005)
            ended.set()
        return [ColumnValue(f"of {column}", 1)]

    monkeypatch.setattr(row_counts, "values_of", slow)
    counts, told = RowCounts(), list[tuple[int, object]]()
    counts.values_counted.connect(lambda column, values: told.append((column, values)))
    counts.count_values(empty_sheet(), 0)
    assert begun.wait(PATIENCE_S)
    counts.count_values(empty_sheet(), 1)
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    assert ended.wait(PATIENCE_S), "the count that was given up ends"
    qtbot.wait(50)
    assert told == [(1, [ColumnValue("of 1", 1)])]


def test_a_count_ends_soon_when_it_is_cancelled() -> None:
    looked: list[int] = []

    def cancelled() -> bool:
        looked.append(1)
        return True

    rows = [SheetRow(number, ("a",)) for number in range(2, 20_000)]
    values = values_of(replace(empty_sheet(), rows=rows), 0, cancelled)
    assert looked == [1]
    assert values is not None and values[0].rows < 5000
