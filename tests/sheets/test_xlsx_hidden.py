"""Which rows and columns an .xlsx worksheet hides, in the spellings of all programs, in small workbooks and in large ones."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from xlsxwriter import Workbook

from desktop.sheets.formats import FileKind
from desktop.sheets.hidden_rows import find_hidden
from desktop.sheets.workbook_rows import HIDDEN_UNKNOWN, Note, stream_workbook
from tests.sheets.making_sheets import cell, raw_workbook, row
from tests.sheets.told_hidden import COMMENT, hidden_here, hidden_in, notes_on, rewritten


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (row(1, cell("A1", "x")) + '<row r="2" hidden="1">' + cell("A2", "y") + "</row>", [2]),
        (row(1, cell("A1", "x")) + "<row hidden='true' r='2'>" + cell("A2", "y") + "</row>", [2]),
        (row(1, cell("A1", "x")) + '<row spans="1:1"\n hidden = "1"\tr = "2" >' + cell("A2", "y") + "</row>", [2]),
        (row(1, cell("A1", "x")) + '<row r="2" hidden="0">' + cell("A2", "y") + "</row>", []),
        (row(1, cell("A1", "x")) + '<row r="2" x:hidden="1">' + cell("A2", "y") + "</row>", []),
        (row(1, cell("A1", "x")) + '<row r="2" ht="0" customHeight="1">' + cell("A2", "y") + "</row>", [2]),
        (row(1, cell("A1", "x")) + "<row r='2' ht='0.00'>" + cell("A2", "y") + "</row>", [2]),
        (row(1, cell("A1", "x")) + '<row r="2" ht="0.75" customHeight="1">' + cell("A2", "y") + "</row>", []),
        (row(1, cell("A1", "x")) + '<row r="2" note="a > b" hidden="1">' + cell("A2", "y") + "</row>", [2]),
        (row(1, cell("A1", "x")) + row(3, cell("A3", "y")) + '<row r="7" hidden="1"><c r="A7"/></row>', []),
        (row(1, cell("A1", "x")) + '<row r="2" hidden="&#49;">' + cell("A2", "y") + "</row>", [2]),
        (row(1, cell("A1", "x")) + '<row r="2" hidden=" 1 ">' + cell("A2", "y") + "</row>", [2]),
        (row(1, cell("A1", "x")) + '<row r="2" hidden="&#x20;true">' + cell("A2", "y") + "</row>", [2]),
        (row(1, cell("A1", "x")) + '<row r="2" hidden="&#48;">' + cell("A2", "y") + "</row>", []),
        (row(1, cell("A1", "x")) + '<row r="2" ht=".0">' + cell("A2", "y") + "</row>", [2]),
        (row(1, cell("A1", "x")) + '<row r="2" ht="&#48;">' + cell("A2", "y") + "</row>", [2]),
        (row(1, cell("A1", "x")) + '<row r="2" ht="0e5">' + cell("A2", "y") + "</row>", [2]),
        (row(1, cell("A1", "x")) + '<row r="2" ht="-0">' + cell("A2", "y") + "</row>", [2]),
        (row(1, cell("A1", "x")) + '<row r="2" ht="0.1">' + cell("A2", "y") + "</row>", [2]),
        (row(1, cell("A1", "x")) + '<row r="2" ht="9e-3">' + cell("A2", "y") + "</row>", [2]),
        ('<row r="1" hidden="1">' + cell("A1", "x") + '</row><row r="2" hidden="1">' + cell("A2", "y") + "</row>", [1, 2]),
        (row(1, cell("A1", '<row r="1" hidden="1">')) + row(2, cell("A2", ' hidden="1"')), []),
    ],
)
@pytest.mark.parametrize("above", ["", COMMENT])
def test_a_row_of_an_xlsx_is_hidden_by_its_attributes(tmp_path: Path, data: str, rows: list[int], above: str) -> None:
    data = data.replace("<row ", '<row xmlns:x="urn:other" ') if "x:hidden" in data else data
    assert hidden_in(raw_workbook(tmp_path / "list.xlsx", data, above=above)) == (rows, [])


@pytest.mark.parametrize("above", ["", COMMENT])
def test_rows_without_numbers_count_on(tmp_path: Path, above: str) -> None:
    filled = "<c><v>1</v></c></row>"
    starts = ("<row>", '<row hidden="1">', '<row r="5" hidden="1">', "<row>", '<row hidden="1">', "<row>")
    data = "".join(start + filled for start in starts)
    assert hidden_in(raw_workbook(tmp_path / "list.xlsx", data, above=above)) == ([2, 5, 7], [])


@pytest.mark.parametrize("above", ["", COMMENT])
def test_a_row_without_number_has_that_of_its_cells(tmp_path: Path, above: str) -> None:
    data = row(1, cell("A1", "x")) + "<row hidden='1'>" + cell("A4", "y") + "</row><row>" + cell("A6", "z") + "</row>"
    assert hidden_in(raw_workbook(tmp_path / "list.xlsx", data, above=above)) == ([4], [])


@pytest.mark.parametrize("above", ["", COMMENT])
def test_prefixes_do_not_matter(tmp_path: Path, above: str) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", "")
    names = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = (
        f'<x:worksheet {names}>{above}<x:cols><x:col min="2" max="2" hidden="1"/></x:cols><x:sheetData><x:row r="1"><x:c r="A1">'
        '<x:v>1</x:v></x:c><x:c r="B1"><x:v>2</x:v></x:c></x:row><x:row r="2" hidden="1"><x:c r="A2"><x:v>3</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    assert hidden_in(rewritten(path, "xl/worksheets/sheet1.xml", sheet.encode())) == ([2], [1])


def test_a_worksheet_in_utf_16_is_read_too(tmp_path: Path) -> None:
    data = row(1, cell("A1", "x")) + '<row r="2" hidden="1">' + cell("A2", "y") + "</row>"
    path = raw_workbook(tmp_path / "list.xlsx", data)
    with ZipFile(path) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
    wide = rewritten(path, "xl/worksheets/sheet1.xml", f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16"))
    assert list(find_hidden(wide, FileKind.XLSX, "List", 0).rows) == [2]


def test_where_unwritten_rows_are_hidden_those_that_are_written_are_not(tmp_path: Path) -> None:
    rows = [row(number, cell(f"A{number}", "x")) for number in (1, 2, 5)]
    data = "".join([*rows, '<row r="6" hidden="1">', cell("A6", "y"), "</row>", row(9, cell("A9", "z"))])
    data = re.sub(r'<row (r="[1259]")', r'<row \1 ht="15"', data)
    path = raw_workbook(tmp_path / "list.xlsx", data, above="<sheetFormatPr defaultRowHeight='15' zeroHeight='1'/>")
    assert hidden_in(path) == ([3, 4, 6, 7, 8], [])
    default = tmp_path / "default.xlsx"
    with Workbook(str(default)) as made:
        page = made.add_worksheet("List")
        page.set_default_row(hide_unused_rows=True)
        page.write_string(0, 0, "x")
        page.write_string(3, 0, "y")
    assert Note(HIDDEN_UNKNOWN) in list(stream_workbook(default, FileKind.XLSX, "List"))  # it writes no height for its rows


MANY = "".join(row(n, cell(f"A{n}", "x" * 5000)) for n in range(3, 450))


FIRST = row(1, cell("A1", "x"))


@pytest.mark.parametrize(
    ("second", "above"),
    [
        ('hidden="&#49;"', ""),
        ('hidden=" 1 "', ""),
        ('ht=".0"', ""),
        ('ht="&#48;"', ""),
        ('hidden="on"', ""),
        ('hidden="01"', ""),
        ('hidden=""', ""),
        ('hidden="FALSE0"', ""),
    ],
)
def test_odd_spellings_hide_in_a_large_worksheet_too(tmp_path: Path, second: str, above: str) -> None:
    data = FIRST + (f'<row r="2" {second}>{cell("A2", "y")}</row>' if second else "") + MANY
    assert hidden_here(raw_workbook(tmp_path / "list.xlsx", data, above=above)) == ([2], [])


@pytest.mark.parametrize("rest", ["", MANY])
@pytest.mark.parametrize("height", ['zeroHeight="&#49;"', 'zeroHeight="on"', 'defaultRowHeight="0"', 'defaultRowHeight="1e-9"'])
def test_a_row_without_a_height_where_that_of_all_others_is_zero_is_asked_about(tmp_path: Path, height: str, rest: str) -> None:
    above = f"<sheetFormatPr {height}/>"
    path = raw_workbook(tmp_path / "list.xlsx", FIRST + row(2, cell("A2", "y")) + rest, above=above)
    assert notes_on(path) == [HIDDEN_UNKNOWN]
    tall = f"{FIRST}{row(3, cell('A3', 'y'))}{rest.replace(MANY, MANY[MANY.index('</row>') + 6 :])}".replace(
        "<row ", '<row ht="15" '
    )
    assert hidden_here(raw_workbook(path, tall, above=above)) == ([2], [])


@pytest.mark.parametrize("rest", ["", MANY])
def test_rows_of_another_program_do_not_shift_the_hidden_ones(tmp_path: Path, rest: str) -> None:
    foreign = '<row xmlns="urn:x" hidden="0"><c/></row>'
    hidden = f'<row hidden="1">{cell("A2", "y").replace(" r=", " x=")}</row>'
    assert hidden_here(raw_workbook(tmp_path / "list.xlsx", FIRST + foreign + hidden + rest)) == ([2], [])


CRITERION = '<autoFilter ref="A1:A9"><filterColumn colId="0"><filters><filter val="x"/></filters></filterColumn></autoFilter>'


BUTTON = '<autoFilter ref="A1:A9"><filterColumn colId="0" hiddenButton="1"/></autoFilter>'


@pytest.mark.parametrize("rest", ["", MANY])
@pytest.mark.parametrize(
    ("second", "after", "is_told"),
    [
        ("", CRITERION, False),
        ("", BUTTON, True),
        ("", f"<customSheetViews><customSheetView>{CRITERION}</customSheetView></customSheetViews>", True),
        ('collapsed="1"', "", False),
        ('collapsed="0"', "", True),
        ('hidden="1"', CRITERION, True),
        ('hidden="1" collapsed="true"', "", True),
    ],
)
def test_a_filter_or_closed_group_without_hidden_rows_makes_hiding_unknown(
    tmp_path: Path, second: str, after: str, is_told: bool, rest: str
) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", f'{FIRST}<row r="2" {second}>{cell("A2", "y")}</row>{rest}')
    with ZipFile(path) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").replace(b"</sheetData>", b"</sheetData>" + after.encode())
    texts = notes_on(rewritten(path, "xl/worksheets/sheet1.xml", page))
    assert texts == ([] if is_told else [HIDDEN_UNKNOWN])


@pytest.mark.parametrize("rest", ["", MANY])
@pytest.mark.parametrize(("criterion", "is_told"), [(CRITERION, False), (BUTTON, True), ("", True)])
def test_the_filter_of_a_table_counts_as_well(tmp_path: Path, criterion: str, is_told: bool, rest: str) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", FIRST + row(2, cell("A2", "y")) + rest)
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/table"
    related = f'<Relationships><Relationship Id="t" Type="{relation}" Target="../tables/table1.xml"/></Relationships>'
    rewritten(path, "xl/worksheets/_rels/sheet1.xml.rels", related.encode())
    rewritten(path, "xl/tables/table1.xml", f"<table>{criterion}</table>".encode())
    assert notes_on(path) == ([] if is_told else [HIDDEN_UNKNOWN])


def test_rows_with_another_prefix_than_their_worksheet_are_seen(tmp_path: Path) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    second = f'<x:row xmlns:x="{main}" r="2" hidden="1">' + cell("A2", "y") + "</x:row>"
    for rest in ("", MANY):
        assert hidden_here(raw_workbook(tmp_path / "list.xlsx", FIRST + second + rest)) == ([2], [])
