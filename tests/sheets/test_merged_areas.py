"""What the cells of merged areas show, block by block."""

import struct
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import SheetUnsafe
from desktop.domain.readings import Cells
from desktop.sheets.links_sheet import open_sheet
from desktop.sheets.merged_areas import MergedAreas
from desktop.sheets.packed_rows import PackedRows
from desktop.sheets.stored_cells import Place
from tests.sheets.making_ods import raw_ods
from tests.sheets.making_sheets import CAMPAIGN, HEADERS, cell, contact, raw_workbook, row
from tests.sheets.making_xls import Page, xls
from tests.sheets.refusing import refuses
from tests.sheets.test_xlsx_cells import changed

_PLACES = st.tuples(st.integers(0, 9), st.integers(0, 3))
Areas = list[tuple[Place, Place]]


def shown(rows: Sequence[Cells], areas: Areas, block: int) -> list[Cells]:
    merged, found = MergedAreas(Path("list.xlsx"), areas), list[Cells]()
    for first in range(0, len(rows), block):
        found += merged.applied(first, PackedRows.of(rows[first : first + block])).rows()
    return found


def test_an_area_gives_its_value_to_its_rows_and_empties_its_further_columns() -> None:
    rows = [(f"a{n}", f"b{n}", f"c{n}") for n in range(5)]
    assert shown(rows, [((1, 0), (3, 1))], 2) == [
        ("a0", "b0", "c0"),
        ("a1", "", "c1"),
        ("a1", "", "c2"),
        ("a1", "", "c3"),
        ("a4", "b4", "c4"),
    ]


@given(areas=st.lists(st.tuples(_PLACES, _PLACES), max_size=3), block=st.integers(1, 10))
def test_how_rows_are_cut_into_blocks_does_not_matter(areas: Areas, block: int) -> None:
    rows = [tuple(f"{n}.{column}" for column in range(4)) for n in range(10)]
    assert shown(rows, areas, block) == shown(rows, areas, 10)


def test_areas_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.sheets.merged_areas._MOST_STRETCHES", 10_000)
    areas = [((0, left), (1_048_575, right)) for left in range(60) for right in range(left + 1, 60)]
    with refuses(SheetUnsafe, "merged areas"):
        shown([("x",) * 60] * 3, areas, 3)


@pytest.mark.parametrize("count", [4, 20_000])
def test_text_that_a_merged_area_covers_is_no_entry(tmp_path: Path, count: int) -> None:
    head = row(1, cell("A1", HEADERS[0]), cell("B1", HEADERS[1]))
    data = "".join(row(n, cell(f"A{n}", CAMPAIGN), cell(f"B{n}", contact(n))) for n in range(2, count + 2))
    path = raw_workbook(tmp_path / "list.xlsx", head + data)
    after = b'</sheetData><mergeCells count="1"><mergeCell ref="A3:B4"/></mergeCells>'
    changed(path, lambda parts: {name: contents.replace(b"</sheetData>", after) for name, contents in parts.items()})
    sheet = open_sheet(path)
    assert not {contact(3), contact(4)} & set(sheet.links.related_ids)
    assert len(sheet.links) == count - 2


def test_text_that_a_merged_area_of_an_old_workbook_covers_is_no_entry(tmp_path: Path) -> None:
    merged = [(0xE5, struct.pack("<5H", 1, 2, 2, 0, 1))]
    rows = [list(HEADERS), *([CAMPAIGN, contact(n)] for n in range(4))]
    sheet = open_sheet(xls(tmp_path / "list.xls", [Page("List", rows, more=merged)]))
    assert list(sheet.links.related_ids) == [contact(0), contact(2), contact(3)]


def test_text_that_a_merged_area_of_an_opendocument_sheet_covers_is_no_entry(tmp_path: Path) -> None:
    rows = _ods_row(*HEADERS) + _ods_row(CAMPAIGN, contact(1))
    merged = _ods_row(CAMPAIGN, contact(2), across=2)
    sheet = open_sheet(raw_ods(tmp_path / "list.ods", rows + merged))
    assert list(sheet.links.related_ids) == [contact(1)]


def _ods_row(one: str, two: str, across: int = 1) -> str:
    spans = f'table:number-columns-spanned="{across}" table:number-rows-spanned="1"'
    second = "covered-table-cell" if across > 1 else "table-cell"
    return (
        f"<table:table-row><table:table-cell {spans}><text:p>{one}</text:p></table:table-cell>"
        f"<table:{second}><text:p>{two}</text:p></table:{second}></table:table-row>"
    )
