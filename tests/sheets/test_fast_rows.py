"""Rows of the fast library: where the used area lies, what is laid over them, and how its errors become ours."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop.domain.errors import SheetUnreadable, SheetUnsafe
from desktop.sheets.fast_rows import opened_workbook, row_blocks, used_area
from desktop.sheets.formats import DAMAGED
from desktop.sheets.stored_cells import ExactCells
from tests.sheets.making_sheets import CAMPAIGN, raw_workbook, row, workbook
from tests.sheets.refusing import refuses


def read(path: Path, exact: ExactCells | None = None) -> list[Sequence[str]]:
    with opened_workbook(path) as made:
        return [cells for block in row_blocks(path, made.get_sheet_by_index(0), exact or ExactCells()) for cells in block.rows()]


def test_rows_begin_in_the_first_row_and_column_wherever_the_used_area_lies(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", [[None, CAMPAIGN], [None, 7]], first_row=2)
    assert read(path) == [("", ""), ("", ""), ("", CAMPAIGN), ("", "7")]


def test_a_long_number_is_shown_as_rounded_unless_the_second_reader_knows_it(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", [["a", 3652397000000925128], ["b", 1]])
    assert read(path, ExactCells({(1, 1): "#N/A"})) == [("a", "3.65239700000093E+18"), ("b", "#N/A")]


def test_cells_beyond_those_that_the_library_gives_widen_the_sheet(tmp_path: Path) -> None:
    path, exact = workbook(tmp_path / "list.xlsx", [["a"]]), ExactCells({(2, 1): "#N/A"})
    with opened_workbook(path) as made:
        sheet = made.get_sheet_by_index(0)
        assert (used_area(sheet), used_area(sheet, exact)) == ((1, 1), (3, 2))
    assert read(path, exact) == [("a", ""), ("", ""), ("", "#N/A")]


def test_a_very_far_cell_is_refused_before_room_is_made(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", [["a"]])
    with refuses(SheetUnsafe, "very far away"):
        read(path, ExactCells({(1_000_000, 16_000): "#N/A"}))


def test_an_empty_worksheet_has_no_rows(tmp_path: Path) -> None:
    assert read(workbook(tmp_path / "list.xlsx", [])) == []


def test_errors_of_the_library_become_ours(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", row(1))
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(SheetUnreadable) as caught:
        read(path)
    assert caught.value.detail == DAMAGED


def test_a_panic_of_the_library_is_damage_and_an_interrupt_is_not(tmp_path: Path) -> None:
    panic = type("PanicException", (BaseException,), {})
    path = workbook(tmp_path / "list.xlsx", [["a"]])
    with pytest.raises(SheetUnreadable), opened_workbook(path):
        raise panic
    with pytest.raises(KeyboardInterrupt), opened_workbook(path):
        raise KeyboardInterrupt
