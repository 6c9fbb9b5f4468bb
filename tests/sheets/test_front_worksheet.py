"""Which worksheet was in front when a workbook was saved, as each format says it."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook as OpenpyxlWorkbook
from xlsxwriter import Workbook

from desktop.sheets.formats import identify
from desktop.sheets.workbook_rows import Opening, workbook_parts
from tests.sheets.making_ods import raw_ods
from tests.sheets.making_sheets import raw_workbook, row
from tests.sheets.making_xls import Page, xls
from tests.sheets.making_xlsb import Looks, xlsb

NAMES = ("First", "Second", "Third")
FILES = Path(__file__).parent / "files"


def front_of(path: Path) -> list[str]:
    """Return the worksheets that are marked as in front: one or none."""
    parts = workbook_parts(path, identify(path), None, lambda: False)
    opening = next(part for part in parts if isinstance(part, Opening))
    return [sheet.name for sheet in opening.worksheets if sheet.in_front]


def with_views(path: Path, views: str, selected: str = "") -> Path:
    """Write a workbook of three worksheets with these ``bookViews``; the tab of one of them is selected."""
    raw_workbook(path, row(1), names=NAMES)
    with ZipFile(path) as archive:
        parts = {entry.filename: archive.read(entry).decode() for entry in archive.infolist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("<sheets>", f"{views}<sheets>")
    if selected:
        part = f"xl/worksheets/sheet{NAMES.index(selected) + 1}.xml"
        views = "<sheetViews><sheetView tabSelected='true' workbookViewId='0'/></sheetViews>"
        parts[part] = parts[part].replace("<sheetData", f"{views}<sheetData", 1)
    with ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize(
    ("views", "selected", "front"),
    [
        ('<bookViews><workbookView activeTab="1"/></bookViews>', "", ["Second"]),
        ("<bookViews><workbookView xWindow='0' activeTab = '2'/></bookViews>", "", ["Third"]),
        ("<bookViews><workbookView/></bookViews>", "", ["First"]),
        ('<bookViews><workbookView activeTab="1"/></bookViews>', "Third", ["Second"]),
        ('<bookViews><workbookView activeTab="2"/><workbookView activeTab="1"/></bookViews>', "", ["Third"]),
        ('<bookViews><workbookView activeTab="3"/></bookViews>', "", []),
        ('<bookViews><workbookView activeTab="-1"/></bookViews>', "", []),
        ('<bookViews><workbookView activeTab="99999999999999"/></bookViews>', "", []),
        ('<bookViews><workbookView activeTab="3"/></bookViews>', "Second", ["Second"]),
        ("", "Third", ["Third"]),
        ("", "", []),
        ('<b:bookViews xmlns:b="urn:b"><b:workbookView activeTab="1"/></b:bookViews>', "", ["Second"]),
    ],
)
def test_an_xlsx_names_the_tab_in_front(tmp_path: Path, views: str, selected: str, front: list[str]) -> None:
    assert front_of(with_views(tmp_path / "list.xlsx", views, selected)) == front


def test_chart_sheets_and_hidden_worksheets_count_as_tabs(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with Workbook(str(path)) as made:
        made.add_chartsheet("Chart")
        made.add_worksheet("Hidden").hide()
        made.add_worksheet("Seen").activate()
    assert front_of(path) == ["Seen"]


def test_a_chart_sheet_is_no_worksheet_in_front(tmp_path: Path) -> None:
    made = OpenpyxlWorkbook()
    made.worksheets[0].title = "List"
    made.create_chartsheet("Chart")
    for tab, front in enumerate((["List"], [])):
        made.active = tab
        made.save(tmp_path / "list.xlsx")
        assert front_of(tmp_path / "list.xlsx") == front


@pytest.mark.parametrize("version", [5, 8])
@pytest.mark.parametrize(("active", "front"), [([0], ["First"]), ([2, 1], ["Third"]), ([3], []), ([], [])])
def test_an_xls_names_the_tab_in_front(tmp_path: Path, version: int, active: list[int], front: list[str]) -> None:
    pages = [Page(name, [["x"]]) for name in NAMES]
    assert front_of(xls(tmp_path / "list.xls", pages, active=active, version=version)) == front


@pytest.mark.parametrize(("active", "front"), [([1], ["List"]), ([0], []), ([1, 0], ["List"]), ([2], []), ([], [])])
def test_an_xlsb_names_the_tab_in_front(tmp_path: Path, active: list[int], front: list[str]) -> None:
    path = xlsb(tmp_path / "list.xlsb", [["x"]], hidden_first=True, looks=Looks(active=active))
    assert front_of(path) == front


@pytest.mark.parametrize(
    ("items", "front"),
    [
        ('<c:item config:name="ActiveTable" config:type="string">Second &amp; more</c:item>', ["Second & more"]),
        ('<c:item config:name="ZoomValue">Second &amp; more</c:item><c:item config:name="ActiveTable">List</c:item>', ["List"]),
        (
            '<c:item config:name="ActiveTable">List</c:item><c:item config:name="ActiveTable">Second &amp; more</c:item>',
            ["List"],
        ),
        ('<c:item config:name="ActiveTable">Nobody</c:item>', []),
        ('<c:item config:name="ActiveTable"/><c:item config:name="Other">List</c:item>', []),
        ("<broken", []),
    ],
)
def test_an_ods_names_the_table_in_front(tmp_path: Path, items: str, front: list[str]) -> None:
    path = raw_ods(tmp_path / "list.ods", '<table:table-row/></table:table><table:table table:name="Second &amp; more">')
    with ZipFile(path, "a") as archive:
        namespace = "urn:oasis:names:tc:opendocument:xmlns:config:1.0"
        archive.writestr("settings.xml", f'<c:s xmlns:c="{namespace}" xmlns:config="{namespace}">{items}</c:s>')
    assert front_of(path) == front


def test_what_libreoffice_keeps_is_understood() -> None:
    assert front_of(FILES / "hidden-rows.xls") == ["List"]
    assert front_of(FILES / "hidden-rows.ods") == []  # it was converted without a window
