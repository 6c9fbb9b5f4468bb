"""Cells as they are stored: numbers digit for digit, errors by name, merged areas, in every format."""

from pathlib import Path

import pytest

from desktop.domain.entries import Rejection
from desktop.domain.errors import SheetUnsafe
from desktop.sheets.links_sheet import open_sheet
from desktop.sheets.stored_cells import shown_literal
from desktop.words import say_text
from tests.sheets.making_ods import Cell, ods, raw_ods
from tests.sheets.making_sheets import CAMPAIGN, HEADERS, cell, contact, raw_workbook, row
from tests.sheets.making_xlsb import xlsb
from tests.sheets.test_workbook_rows import rows_of

FILES = Path(__file__).parent / "files"
LITERALS = {
    "3652397000000925128": "3652397000000925128",
    "3.65239700000092E+18": "3.65239700000092E+18",
    "3652397000000920000": "3652397000000920000",
    "3652397000000925128.0": "3.65239700000093E+18",
}


def _number(literal: str) -> Cell:
    return (literal,)


@pytest.mark.parametrize(("literal", "text"), LITERALS.items())
def test_a_long_number_is_read_digit_for_digit_or_shown_as_rounded(literal: str, text: str) -> None:
    assert shown_literal(literal) == text


@pytest.mark.parametrize(("literal", "text"), LITERALS.items())
def test_open_document_and_excel_keep_the_literal(tmp_path: Path, literal: str, text: str) -> None:
    sheet = ods(tmp_path / "list.ods", [["x", (literal,)]])
    book = raw_workbook(tmp_path / "list.xlsx", row(1, cell("A1", "x"), cell("B1", literal, "n")))
    assert rows_of(sheet) == rows_of(book) == [("x", text)]


def test_a_number_of_an_open_document_sheet_is_judged_by_what_is_stored(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [[*HEADERS], *([CAMPAIGN, _number(literal)] for literal in LITERALS)]
    sheet = open_sheet(ods(tmp_path / "list.ods", rows))
    assert [entry.rejection for entry in sheet.entries] == [None, Rejection.DAMAGED, None, Rejection.DAMAGED]
    assert list(sheet.links.related_ids) == ["3652397000000925128", "3652397000000920000"]
    assert sheet.links.suspicious == {1}, "whole, but it may have been rounded before it was stored"


def test_repeated_rows_and_cells_of_an_open_document_are_counted(tmp_path: Path) -> None:
    number = '<table:table-cell office:value-type="float" office:value="3652397000000925128" table:number-columns-repeated="2"/>'
    blank = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    twice = f'<table:table-row table:number-rows-repeated="2"><table:table-cell/>{number}</table:table-row>'
    id_twice = ("", "3652397000000925128", "3652397000000925128")
    assert rows_of(raw_ods(tmp_path / "list.ods", blank + twice)) == [*[("", "", "")] * 3, id_twice, id_twice]


@pytest.mark.parametrize("name", ["every-kind.ods", "every-kind.xls"])
def test_error_cells_are_read_by_name(name: str) -> None:
    rows = rows_of(FILES / name)
    assert (rows[5][1], rows[6][1]) == ("#N/A", "#DIV/0!")


def test_a_value_repeated_without_end_is_refused(tmp_path: Path) -> None:
    number = (
        '<table:table-cell office:value-type="float" office:value="3652397000000925128" table:number-columns-repeated="16384"/>'
    )
    path = raw_ods(tmp_path / "list.ods", f'<table:table-row table:number-rows-repeated="1048576">{number}</table:table-row>')
    with pytest.raises(SheetUnsafe):
        rows_of(path)


def test_a_workbook_with_another_name_is_read_exactly_too(tmp_path: Path) -> None:
    data = row(1, cell("A1", HEADERS[0]), cell("B1", HEADERS[1]))
    data += row(2, cell("A2", CAMPAIGN), cell("B2", "3652397000000925128", "n"))
    sheet = open_sheet(raw_workbook(tmp_path / "list.csv", data))
    assert list(sheet.links.related_ids) == ["3652397000000925128"]
    assert tuple(map(say_text, sheet.reading.notes)) == ()


def test_every_format_has_the_row_and_column_numbers_of_the_spreadsheet(tmp_path: Path) -> None:
    """Blank rows above and a blank column to the left, where the fast reader and the second one could differ."""
    blank: list[Cell] = [None, None, None]
    above: list[list[Cell]] = [blank, blank, [None, *HEADERS], [None, CAMPAIGN, contact(1)], blank]
    binary = open_sheet(xlsb(tmp_path / "list.xlsb", [*above, [None, CAMPAIGN, "#N/A"]]))
    document = open_sheet(ods(tmp_path / "list.ods", [*above, [None, CAMPAIGN, _number("3652397000000925128")]]))
    assert binary.reading.header_row == document.reading.header_row == 3
    assert [(entry.row, entry.rejection) for entry in binary.entries] == [(4, None), (6, Rejection.ERROR_CELL)]
    assert [(entry.row, entry.rejection) for entry in document.entries] == [(4, None), (6, None)]
