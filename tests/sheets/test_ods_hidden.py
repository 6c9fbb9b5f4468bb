"""Which rows and columns a table of an OpenDocument sheet hides."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from desktop.sheets.formats import FileKind
from desktop.sheets.hidden_rows import find_hidden
from tests.sheets.making_ods import raw_ods
from tests.sheets.told_hidden import COMMENT, hidden_here, hidden_in, rewritten

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
