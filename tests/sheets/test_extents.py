"""A small hostile workbook must not reach a library that would lay it out in memory."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from desktop.domain.errors import SheetUnreadable, SheetUnsafe
from desktop.sheets.extents import column_number, is_small
from tests.sheets.making_sheets import cell, links, raw_workbook, row, workbook


def test_an_honest_small_workbook_is_small(tmp_path: Path) -> None:
    assert is_small(workbook(tmp_path / "list.xlsx", links(200)))


def test_a_workbook_of_megabytes_is_not(tmp_path: Path) -> None:
    assert not is_small(workbook(tmp_path / "list.xlsx", links(30_000)))


def test_a_wide_area_with_few_cells_is_not(tmp_path: Path) -> None:
    assert not is_small(raw_workbook(tmp_path / "wide.xlsx", row(1, cell("A1", "x")) + row(900_000, cell("E900000", "y"))))


@pytest.mark.parametrize(
    "sheet_data",
    [
        row(1, cell("A1", "x")) + row(1048576, cell("XFD1048576", "y")),
        "<row r='1'><c r='A1'><v>1</v></c></row><row><c r='XFD1048576'><v>2</v></c></row>",
        row(4_000_000, cell("A4000000", "x")),
        "<row r='4000000'><c><v>1</v></c></row>",
        row(1, cell("XFE1", "x")),
        row(1, cell("A99999999999", "x")),
        row(1, cell("1A", "x")),
    ],
)
def test_a_cell_far_away_or_nowhere_is_refused(tmp_path: Path, sheet_data: str) -> None:
    with pytest.raises(SheetUnsafe):
        is_small(raw_workbook(tmp_path / "far.xlsx", sheet_data))


def test_a_far_cell_without_content_does_not_count(tmp_path: Path) -> None:
    assert is_small(raw_workbook(tmp_path / "styled.xlsx", row(1, cell("A1", "x"), '<c r="XFD1" s="1"/>')))


@pytest.mark.parametrize("doctype", ['<!DOCTYPE x [<!ENTITY a "1">]>', '<!DOCTYPE x SYSTEM "file:///etc/passwd">'])
def test_a_document_type_is_refused(tmp_path: Path, doctype: str) -> None:
    with pytest.raises(SheetUnsafe) as caught:
        is_small(raw_workbook(tmp_path / "entities.xlsx", row(1, cell("A1", "x")), before=doctype))
    assert "entities" in caught.value.detail


def test_xml_that_is_cut_short_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(SheetUnreadable):
        is_small(raw_workbook(tmp_path / "cut.xlsx", "<row"))


def test_a_part_whose_sum_is_wrong_is_unreadable(tmp_path: Path) -> None:
    made = workbook(tmp_path / "list.xlsx", links(20))
    with ZipFile(made) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    contents = bytearray(made.read_bytes())
    contents[start + 200] ^= 0xFF
    made.write_bytes(contents)
    with pytest.raises(SheetUnreadable):
        is_small(made)


def test_columns_count_as_a_spreadsheet_names_them() -> None:
    assert [column_number(letters) for letters in ("A", "Z", "AA", "XFD")] == [1, 26, 27, 16_384]
