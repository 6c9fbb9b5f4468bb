"""A worksheet may reach no further than a spreadsheet can, and not far away from what stands in it."""

from pathlib import Path

import pytest

from desktop.domain.errors import SheetUnsafe
from desktop.sheets.extents import check_area, check_size, column_number

HERE = Path("list.xlsx")


@pytest.mark.parametrize(("rows", "columns"), [(1_048_577, 1), (1, 16_385)])
def test_more_rows_or_columns_than_there_can_be_are_refused(rows: int, columns: int) -> None:
    check_size(HERE, 1_048_576, 16_384)
    with pytest.raises(SheetUnsafe):
        check_size(HERE, rows, columns)


def test_an_area_is_compared_with_the_cells_in_it() -> None:
    check_area(HERE, 1_048_576 * 5, 2)
    check_area(HERE, 1_048_576 * 100, 1_048_576 * 20)
    with pytest.raises(SheetUnsafe):
        check_area(HERE, 1_048_576 * 16_384, 2)


def test_columns_count_as_a_spreadsheet_names_them() -> None:
    assert [column_number(letters) for letters in ("A", "Z", "AA", "XFD")] == [1, 26, 27, 16_384]
