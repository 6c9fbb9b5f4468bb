"""Whether the rows of a large worksheet must wait for what stands below them."""

from pathlib import Path

import pytest

from desktop.sheets.worksheet_scan import rows_must_wait
from tests.sheets.making_sheets import cell, links, raw_workbook, row, workbook

_PART = "xl/worksheets/sheet1.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FAR_BELOW = "".join(row(number, cell(f"A{number}", "x")) for number in range(2, 12_000))


def test_the_rows_of_an_honest_list_need_not_wait(tmp_path: Path) -> None:
    assert not rows_must_wait(workbook(tmp_path / "list.xlsx", links(5_000)), _PART)


@pytest.mark.parametrize(
    ("xml", "waits"),
    [
        ('<row r="20000" hidden="1"><c r="A20000"><v>1</v></c></row>', True),
        ('<row r="20000" spans="1:2" hidden="true"/>', True),
        ('<row r="20000" hidden="0"><c r="A20000"><v>1</v></c></row>', False),
        ('<row r="20000" ht="0" customHeight="1"><c r="A20000"><v>1</v></c></row>', True),
        ('<row r="20000" ht="15" hidden="false"><c r="A20000"><v>1</v></c></row>', False),
        ('<row r="20000" collapsed="1"/>', True),
        ('</sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells><sheetData>', True),
        ('</sheetData><autoFilter><filterColumn colId="0"/></autoFilter><sheetData>', True),
    ],
)
def test_what_hides_rows_or_changes_them_is_found_far_below_the_first_one(tmp_path: Path, xml: str, waits: bool) -> None:
    assert rows_must_wait(raw_workbook(tmp_path / "list.xlsx", row(1, cell("A1", "x")) + _FAR_BELOW + xml), _PART) == waits


@pytest.mark.parametrize("shift", range(-60, 10, 7))
def test_what_hides_rows_is_found_wherever_the_bytes_are_cut(tmp_path: Path, shift: int) -> None:
    start = f'<worksheet xmlns="{_MAIN}"><sheetData>'
    filling = "<c/>" * ((256 * 1024 - len(start) - 7 + shift) // 4)
    data = f'<row>{filling}</row><row r="7" hidden="1"/>'
    assert rows_must_wait(raw_workbook(tmp_path / "list.xlsx", data), _PART)


@pytest.mark.parametrize(("encoding", "waits"), [("gb2312", True), ("utf-8", False)])
def test_rows_wait_in_an_encoding_whose_bytes_show_nothing(tmp_path: Path, encoding: str, waits: bool) -> None:
    before = f'<?xml version="1.0" encoding="{encoding}"?>'
    assert rows_must_wait(raw_workbook(tmp_path / "list.xlsx", row(1, cell("A1", "x")), before=before), _PART) == waits


@pytest.mark.parametrize("above", ['<sheetFormatPr zeroHeight="1"/>', '<cols><col min="1" max="1" width="0"/></cols>'])
def test_what_hides_rows_and_columns_above_the_first_row_is_found(tmp_path: Path, above: str) -> None:
    assert rows_must_wait(raw_workbook(tmp_path / "list.xlsx", row(1, cell("A1", "x")), above=above), _PART)
