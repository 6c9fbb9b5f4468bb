"""Hidden rows in odd spellings, and filters that hide nothing yet, in small workbooks and in large ones."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from desktop.sheets.formats import identify
from desktop.sheets.workbook_rows import HIDDEN_UNKNOWN, Note, stream_workbook
from tests.sheets.making_ods import raw_ods
from tests.sheets.making_sheets import cell, raw_workbook, row
from tests.sheets.test_hidden_rows import ROW, rewritten, told_in

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
def test_a_filter_or_closed_group_that_hides_no_row_is_not_told(
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


@pytest.mark.parametrize(
    "hides",
    ['table:visibility="&#99;ollapse"', 'table:visibility=" filter "', 'table:visibility="collapse"'],
)
@pytest.mark.parametrize("prefix", ["table", "t"])
def test_odd_spellings_hide_in_an_opendocument_sheet_too(tmp_path: Path, hides: str, prefix: str) -> None:
    path = raw_ods(tmp_path / "list.ods", ROW + ROW.replace("row>", f"row {hides}>", 1) + ROW)
    with ZipFile(path) as archive:
        content = archive.read("content.xml")
    renamed = re.sub(rb"(?<=[\s</])table(?=:)|(?<=xmlns:)table(?==)", prefix.encode(), content)
    assert hidden_here(rewritten(path, "content.xml", renamed)) == ([2], [])


def notes_on(path: Path) -> list[str]:
    return [part.text for part in stream_workbook(path, identify(path), "List") if isinstance(part, Note)]


def hidden_here(path: Path) -> tuple[list[int], list[int]]:
    """The same, read in this process whatever its size."""
    return told_in(list(stream_workbook(path, identify(path), "List")))
