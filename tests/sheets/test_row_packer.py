"""Rows become blocks of one width, and what is laid out stays in proportion to the size of the file."""

from pathlib import Path

import pytest

from desktop.domain.errors import SheetUnreadable, SheetUnsafe
from desktop.sheets.packed_rows import BLOCK
from desktop.sheets.row_packer import PackedSheet, RowPacker
from tests.sheets.refusing import refuses

LIST = Path("list.xlsx")


def rows_of(sheet: PackedSheet) -> list[tuple[str, ...]]:
    rows = [tuple(cells) for block in sheet.blocks for cells in block.rows()]
    assert len(rows) == sheet.rows and {len(row) for row in rows} <= {sheet.columns}
    return rows


def test_gaps_between_rows_and_short_rows_are_filled_with_blanks() -> None:
    packer = RowPacker(LIST, 1000)
    packer.add(1, ["a"])
    packer.add(3, ["b", "", "c", "", ""])
    packer.add(9, ["", ""])
    assert rows_of(packer.finished()) == [("", "", ""), ("a", "", ""), ("", "", ""), ("b", "", "c")]


def test_a_row_that_stands_for_many_goes_on_in_the_next_block() -> None:
    packer = RowPacker(LIST, 1000)
    packer.add(0, ["a"])
    packer.add(1, ["b", "c"], times=BLOCK)
    sheet = packer.finished()
    assert [len(block) for block in sheet.blocks] == [BLOCK, 1]
    assert rows_of(sheet)[:2] == [("a", ""), ("b", "c")] and rows_of(sheet)[-1] == ("b", "c")


def test_merged_areas_are_applied_across_blocks() -> None:
    packer = RowPacker(LIST, 1000)
    packer.add(BLOCK - 1, ["tall", "x"])
    packer.add(BLOCK, ["", "y"])
    sheet = packer.finished([((BLOCK - 1, 0), (BLOCK, 0))])
    assert rows_of(sheet)[-2:] == [("tall", "x"), ("tall", "y")]


@pytest.mark.parametrize("number", [0, 4])
def test_a_row_that_comes_twice_or_too_late_is_refused(number: int) -> None:
    packer = RowPacker(LIST, 1000)
    packer.add(0, ["a"])
    packer.add(3, ["b"], times=2)
    with refuses(SheetUnreadable, "numbered twice or out of order"):
        packer.add(number, ["c"])


def test_more_rows_or_columns_than_a_spreadsheet_has_are_refused() -> None:
    with refuses(SheetUnsafe, "1,048,576 rows"):
        RowPacker(LIST, 1000).add(1_048_575, ["a"], times=2)
    with refuses(SheetUnsafe, "16,384 columns"):
        RowPacker(LIST, 1000).add(0, ["a"] * 16_385)


def test_a_cell_in_the_last_corner_is_refused_while_the_rows_are_laid_out() -> None:
    packer = RowPacker(LIST, 1000)
    packer.add(0, [""] * 16_000 + ["a"])
    with refuses(SheetUnsafe, "very far away"):
        packer.add(1_000_000, [""] * 16_000 + ["b"])


def test_a_long_text_may_not_be_repeated_without_end_but_a_large_file_may_hold_as_much() -> None:
    text = "x" * 30_000
    with refuses(SheetUnsafe, "repeats long texts"):
        RowPacker(LIST, 1000).add(0, [text], times=1000)
    large = RowPacker(LIST, 3_000_000)
    large.add(0, [text], times=1000)
    assert large.finished().rows == 1000


def test_a_sheet_without_rows_has_none() -> None:
    assert RowPacker(LIST, 1000).finished() == PackedSheet([], 0, 0)
