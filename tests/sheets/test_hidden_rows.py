"""Which rows and columns a workbook hides is known before its first row, and the same in every format."""

from pathlib import Path

import pytest
from openpyxl import Workbook as OpenpyxlWorkbook
from xlsxwriter import Workbook

from desktop.domain.errors import SheetUnreadable
from desktop.sheets.formats import FileKind, identify
from desktop.sheets.hidden import Hidden
from desktop.sheets.packed_rows import PackedRows
from desktop.sheets.workbook_rows import HIDDEN_UNKNOWN, Note, stream_workbook
from tests.sheets.making_sheets import big_links, cell, links, raw_workbook, row, workbook
from tests.sheets.making_xls import Page, xls
from tests.sheets.making_xlsb import Looks, xlsb
from tests.sheets.told_hidden import NINE, NOTHING, hidden_in

FILES = Path(__file__).parent / "files"


def made_by_openpyxl(path: Path) -> Path:
    """Write the sheet of files/hidden-rows with openpyxl."""
    made = OpenpyxlWorkbook()
    page = made.worksheets[0]
    page.title = "List"
    for number in range(1, 21):
        page.append([f"row {number}", *"BCDEF"])
    for number in (3, 5, 6, 20, *range(25, 40)):
        page.row_dimensions[number].hidden = True
    page.row_dimensions.group(8, 10, outline_level=1, hidden=True)
    page.column_dimensions["A"].hidden = True
    page.column_dimensions.group("C", "D", hidden=True)
    made.save(path)
    return path


def made_as_xlsb(path: Path) -> Path:
    """Write the sheet of files/hidden-rows as .xlsb."""
    rows = {number - 1: (300, 0x10) for number in (3, 5, 6, 20)} | {number - 1: (300, 0x11) for number in (8, 9, 10)}
    columns = [(0, 0, 3000, 1), (1, 1, 3000, 0), (2, 3, 3000, 0x101)]
    return xlsb(path, [[f"row {number}", *"BCDEF"] for number in range(1, 21)], looks=Looks(rows, columns=columns))


def test_every_format_hides_the_same_in_the_same_sheet(tmp_path: Path) -> None:
    paths = [FILES / "hidden-rows.xls", FILES / "hidden-rows.ods"]
    paths += [made_by_openpyxl(tmp_path / "list.xlsx"), made_as_xlsb(tmp_path / "list.xlsb")]
    assert {path.suffix: identify(path) for path in paths}.keys() == {".xls", ".ods", ".xlsx", ".xlsb"}
    for path in paths:
        assert hidden_in(path) == ([3, 5, 6, 8, 9, 10, 20], [0, 2, 3]), path.suffix


def test_a_sheet_that_hides_nothing_says_nothing(tmp_path: Path) -> None:
    assert hidden_in(workbook(tmp_path / "list.xlsx", links(20))) == NOTHING
    assert hidden_in(xlsb(tmp_path / "list.xlsb", NINE)) == NOTHING
    assert hidden_in(xls(tmp_path / "list.xls", [Page("List", NINE, dict.fromkeys(range(9), (255, 0)))])) == NOTHING
    assert hidden_in(FILES / "every-kind.ods") == NOTHING


def test_a_big_workbook_reports_hidden_rows_from_the_child_process(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with Workbook(str(path)) as made:
        page = made.add_worksheet("List")
        for number, cells in enumerate(big_links()):
            page.write_row(number, 0, cells)
            if number % 3 == 1:
                page.set_row(number, None, None, {"hidden": True})
    assert hidden_in(path) == (list(range(2, 2_502, 3)), [])


def test_rows_without_record_are_hidden_where_the_sheet_says_so(tmp_path: Path) -> None:
    looks = Looks({2: (300, 0x10)}, unwritten=(3, 4), hides_others=True)
    assert hidden_in(xlsb(tmp_path / "list.xlsb", NINE, looks=looks)) == ([3, 4, 5], [])
    page = Page("List", NINE, {number: (255, 0x20 * (number == 2)) for number in range(9) if number not in (3, 4)})
    assert hidden_in(xls(tmp_path / "shown.xls", [page])) == ([3], [])
    others = Page(page.name, page.cells, page.rows, hides_others=True)
    assert hidden_in(xls(tmp_path / "list.xls", [others])) == ([3, 4, 5], [])


def test_hidden_columns_end_with_the_filled_ones(tmp_path: Path) -> None:
    columns = (
        '<cols><col min="1" max="1" width="0" customWidth="1"/><col min="2" max="2" width="9" hidden="0"/>'
        "<col max='16384' min='3' hidden='true'/></cols>"
    )
    data = row(1, *(cell(f"{letter}1", "x") for letter in "ABCD"))
    assert hidden_in(raw_workbook(tmp_path / "list.xlsx", data, above=columns)) == ([], [0, 2, 3])
    looks = Looks(columns=[(0, 0, 0, 0), (1, 16383, 3000, 1)])
    assert hidden_in(xlsb(tmp_path / "list.xlsb", NINE, looks=looks)) == ([], [0, 1])
    page = Page("List", NINE, columns=[(0, 0, 0, 0), (1, 255, 2000, 1)])
    assert hidden_in(xls(tmp_path / "list.xls", [page])) == ([], [0, 1])


def test_only_the_rows_of_the_chosen_worksheet_count(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with Workbook(str(path)) as made:
        for name, hidden in (("First", 1), ("List", 2)):
            page = made.add_worksheet(name)
            for number in range(4):
                page.write_string(number, 0, "x")
            page.set_row(hidden, None, None, {"hidden": True})
    assert (hidden_in(path, "First"), hidden_in(path, "List")) == (([2], []), ([3], []))


def test_a_workbook_that_cannot_be_asked_is_read_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = xlsb(tmp_path / "list.xlsb", NINE)

    def refuse(path: Path, *_: object) -> Hidden:
        raise SheetUnreadable(str(path), "what it hides cannot be found out")

    monkeypatch.setattr("desktop.sheets.workbook_rows.find_hidden", refuse)
    parts = list(stream_workbook(path, FileKind.XLSB, "List"))
    assert [part.text for part in parts if isinstance(part, Note)] == [HIDDEN_UNKNOWN]
    assert sum(len(part) for part in parts if isinstance(part, PackedRows)) == 9
