"""Which rows and columns a workbook hides, told before its first row, the same in every format."""

import re
from array import array
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook as OpenpyxlWorkbook
from xlsxwriter import Workbook

from desktop.domain.errors import SheetUnreadable
from desktop.sheets.formats import FileKind, identify
from desktop.sheets.hidden import Hidden, HiddenRows
from desktop.sheets.hidden_rows import find_hidden
from desktop.sheets.packed_rows import PackedRows
from desktop.sheets.workbook_rows import HIDDEN_UNKNOWN, Note, Opening, Part, stream_workbook, workbook_parts
from desktop.sheets.xlsb_records import records
from tests.sheets.making_ods import raw_ods
from tests.sheets.making_sheets import cell, links, raw_workbook, row, workbook
from tests.sheets.making_xls import Page, xls
from tests.sheets.making_xlsb import Looks, xlsb

FILES = Path(__file__).parent / "files"
NINE = [[f"row {number}", "x"] for number in range(1, 10)]
NOTHING: tuple[list[int], list[int]] = ([], [])
COMMENT = "<!-- a comment -->"


def hidden_in(path: Path, sheet: str | None = "List") -> tuple[list[int], list[int]]:
    """The hidden rows and columns, as they come with the rows."""
    return told_in(list(workbook_parts(path, identify(path), sheet, lambda: False)))


def told_in(parts: list[Part]) -> tuple[list[int], list[int]]:
    assert not [part for part in parts if isinstance(part, Note)]
    found = [part for part in parts if isinstance(part, Hidden)]
    if not found:
        return NOTHING
    places = [type(part) for part in parts]
    assert len(found) == 1 and places.index(Opening) < places.index(Hidden)
    assert PackedRows not in places[: places.index(Hidden)]
    return list(found[0].rows), list(found[0].columns)


def made_by_openpyxl(path: Path) -> Path:
    """The sheet of files/hidden-rows."""
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
    """The sheet of files/hidden-rows."""
    rows = {number - 1: (300, 0x10) for number in (3, 5, 6, 20)} | {number - 1: (300, 0x11) for number in (8, 9, 10)}
    columns = [(0, 0, 3000, 1), (1, 1, 3000, 0), (2, 3, 3000, 0x101)]
    return xlsb(path, [[f"row {number}", *"BCDEF"] for number in range(1, 21)], looks=Looks(rows, columns=columns))


def test_every_format_tells_the_same_of_the_same_sheet(tmp_path: Path) -> None:
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


def test_a_big_workbook_tells_it_from_its_own_process(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with Workbook(str(path)) as made:
        page = made.add_worksheet("List")
        for number, cells in enumerate(links(30_000)):
            page.write_row(number, 0, cells)
            if number % 3 == 1:
                page.set_row(number, None, None, {"hidden": True})
    assert hidden_in(path) == (list(range(2, 30_001, 3)), [])


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


@pytest.mark.parametrize("version", [5, 8])
@pytest.mark.parametrize("scattered", [False, True])
def test_a_row_of_an_xls_is_hidden_by_a_flag_or_without_height(tmp_path: Path, version: int, scattered: bool) -> None:
    rows = dict.fromkeys(range(9), (255, 0)) | {2: (255, 0x20), 4: (0, 0x40), 6: (0x8000, 0), 8: (255, 0x21)}
    pages = [Page("First", [["x"]], {0: (255, 0x20)}), Page("List", NINE, rows)]
    assert hidden_in(xls(tmp_path / "list.xls", pages, version=version, scattered=scattered)) == ([3, 5, 9], [])


def test_the_rows_of_a_chart_on_the_sheet_do_not_count(tmp_path: Path) -> None:
    start = (0x809, bytes.fromhex("0006200000000000") + bytes(8))
    hides = (0x208, bytes.fromhex("0300000001 00ff000000000020000000"))
    page = Page("List", NINE, {2: (255, 0x20)}, more=[start, hides, (0x0A, b"")])
    path = xls(tmp_path / "list.xls", [page])
    assert list(find_hidden(path, FileKind.XLS, "List", 0).rows) == [3]


def test_a_row_of_an_xlsb_is_hidden_by_a_flag_or_without_height(tmp_path: Path) -> None:
    looks = Looks({2: (300, 0x10), 4: (0, 0x20), 8: (300, 0x11)})
    assert hidden_in(xlsb(tmp_path / "list.xlsb", NINE, looks=looks)) == ([3, 5, 9], [])


def test_records_that_lie_across_two_pieces_are_read_whole(tmp_path: Path) -> None:
    cells = [[f"row {number}", "x" * (number % 50)] for number in range(60_000)]
    looks = Looks(dict.fromkeys(range(1, 60000, 2), (300, 16)))
    assert hidden_in(xlsb(tmp_path / "list.xlsb", cells, looks=looks)) == (list(range(2, 60_001, 2)), [])


def test_records_that_are_not_asked_for_may_be_longer_than_a_piece() -> None:
    long = b"\xff\xff\xff\x01"  # 4 MB less one, seven bits a byte
    part = b"\x05" + long + bytes(4 * 1024 * 1024 - 1) + b"\x00\x02ab" + b"\x92\x01\x00"
    assert list(records(BytesIO(part), {0, 146})) == [(0, b"ab"), (146, b"")]
    with pytest.raises(ValueError, match="far too long"):
        list(records(BytesIO(part), {5}))


CELLS = "<table:table-cell office:value-type='string'><text:p>x</text:p></table:table-cell>"
ROW = f"<table:table-row>{CELLS}</table:table-row>"
COLLAPSED = ROW.replace("row>", "row table:visibility='collapse'>", 1)


@pytest.mark.parametrize(
    ("rows", "hidden"),
    [
        (ROW + COLLAPSED + ROW, [2]),
        (ROW + ROW.replace("row>", 'row table:visibility="filter" table:number-rows-repeated="3">', 1) + ROW, [2, 3, 4]),
        (ROW + ROW.replace("row>", 'row table:visibility="visible">', 1) + ROW, []),
        (f"{ROW}<table:table-row-group table:display='false'>{ROW}{ROW}</table:table-row-group>{ROW}", [2, 3]),
        (
            f"{ROW}<table:table-row-group>{ROW}<table:table-row-group table:display='false'>{ROW}</table:table-row-group>{ROW}"
            f"</table:table-row-group>{ROW}",
            [3],
        ),
        (
            f"<table:table-row-group table:display='false'><table:table-row-group>{ROW}</table:table-row-group>{ROW}"
            f"</table:table-row-group>{ROW}",
            [1, 2],
        ),
        (f"<table:table-header-rows>{COLLAPSED}</table:table-header-rows>{ROW}{COLLAPSED}", [1, 3]),
        (f"{ROW}<table:table-row table:visibility='collapse' table:number-rows-repeated='1048000'/>", []),
    ],
)
@pytest.mark.parametrize("above", ["", COMMENT])
def test_a_row_of_an_ods_is_hidden_by_itself_or_its_group(tmp_path: Path, rows: str, hidden: list[int], above: str) -> None:
    assert hidden_in(raw_ods(tmp_path / "list.ods", above + rows)) == (hidden, [])


@pytest.mark.parametrize("above", ["", COMMENT])
def test_the_rows_of_a_table_in_a_cell_do_not_count(tmp_path: Path, above: str) -> None:
    inner = f"<table:table-cell><table:table table:name='List'>{COLLAPSED}</table:table></table:table-cell>"
    path = raw_ods(tmp_path / "list.ods", above + ROW.replace(CELLS, CELLS + inner) + COLLAPSED)
    assert list(find_hidden(path, FileKind.ODS, "List", 0).rows) == [2]


def test_columns_of_an_ods_are_hidden_one_by_one_and_by_groups(tmp_path: Path) -> None:
    columns = (
        "<table:table-column/><table:table-column-group table:display='false'><table:table-column/></table:table-column-group>"
        "<table:table-column table:number-columns-repeated='2' table:visibility='collapse'/><table:table-column/>"
        "<table:table-column table:number-columns-repeated='16379' table:visibility='collapse'/>"
    )
    path = raw_ods(tmp_path / "list.ods", columns + ROW.replace(CELLS, CELLS * 6))
    assert hidden_in(path) == ([], [1, 2, 3, 5])


def test_a_style_without_height_or_width_hides_in_an_ods(tmp_path: Path) -> None:
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    styles = "".join(
        f"<style:style style:name='{name}' style:family='table-{kind}'><style:table-{kind}-properties {measure}/></style:style>"
        for name, kind, measure in (
            ("r0", "row", "style:row-height='0in'"),
            ("r1", "row", "style:row-height='0.178in'"),
            ("r2", "row", "style:row-height='0in' style:use-optimal-row-height='true'"),
            ("c0", "column", "style:column-width='0.00cm'"),
        )
    )
    rows = "".join(ROW.replace("row>", f"row table:style-name='{name}'>", 1) for name in ("r0", "r1", "r2", "r0"))
    content = (
        f'<office:document-content xmlns:office="{names}office:1.0" xmlns:table="{names}table:1.0" xmlns:text="{names}text:1.0" '
        f'xmlns:style="{names}style:1.0"><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>'
        f'<table:table table:name="A &amp; B"><table:table-column table:style-name="c0"/>{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = rewritten(raw_ods(tmp_path / "list.ods", ROW), "content.xml", content.encode())
    assert hidden_in(path, "A & B") == ([1, 4], [0])


def test_a_workbook_that_cannot_be_asked_is_read_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = xlsb(tmp_path / "list.xlsb", NINE)

    def refuse(path: Path, *_: object) -> Hidden:
        raise SheetUnreadable(str(path), "what it hides cannot be found out")

    monkeypatch.setattr("desktop.sheets.workbook_rows.find_hidden", refuse)
    parts = list(stream_workbook(path, FileKind.XLSB, "List"))
    assert [part.text for part in parts if isinstance(part, Note)] == [HIDDEN_UNKNOWN]
    assert sum(len(part) for part in parts if isinstance(part, PackedRows)) == 9


def test_hidden_rows_are_told_in_order_and_once() -> None:
    rows = HiddenRows()
    for number in (7, 3, 7, 5):
        rows.see(number, hides=True)
    assert list(rows.numbers()) == [3, 5, 7]
    assert Hidden(rows.numbers(), (0, 4)).within(5, 4) == Hidden(array("L", [3, 5]), (0,))


def test_more_hidden_rows_than_a_sheet_can_have_are_refused() -> None:
    with pytest.raises(ValueError, match="more rows"):
        HiddenRows().hide_all(range(3_000_000))


def rewritten(path: Path, part: str, contents: bytes) -> Path:
    """The same package with another part under this name."""
    with ZipFile(path) as archive:
        kept = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    with ZipFile(path, "w") as archive:
        for name, body in (kept | {part: contents}).items():
            archive.writestr(name, body)
    return path
