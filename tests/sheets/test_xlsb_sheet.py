"""An .xlsb worksheet is read record by record if the fast library gives up."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from desktop.domain.errors import SheetUnreadable
from desktop.domain.readings import Worksheet
from desktop.sheets.formats import FileKind
from desktop.sheets.packages import UNUSUAL
from desktop.sheets.packed_rows import PackedRows
from desktop.sheets.workbook_rows import Opening, stream_workbook
from tests.sheets.making_sheets import CAMPAIGN
from tests.sheets.making_xlsb import xlsb
from tests.sheets.refusing import refuses


def _with_macro_sheet_in_front(path: Path, *, cut: bool = False) -> Path:
    """Turn the first worksheet into a macro sheet, at which the fast library gives up."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    relations = "xl/_rels/workbook.bin.rels"
    parts[relations] = parts[relations].replace(
        b'/worksheet" Target="worksheets/sheet1', b'/macrosheet" Target="macrosheets/sheet1'
    )
    parts["xl/macrosheets/sheet1.bin"] = parts.pop("xl/worksheets/sheet1.bin")
    if cut:
        parts["xl/worksheets/sheet2.bin"] = parts["xl/worksheets/sheet2.bin"][:-20]
    with ZipFile(path, "w") as archive:
        for name, contents in parts.items():
            archive.writestr(name, contents)
    return path


def test_a_binary_workbook_on_which_the_library_gives_up_is_read_by_its_records(tmp_path: Path) -> None:
    rows: list[list[object]] = [["a", CAMPAIGN, 12345678901.0, None, "#N/A"], [None, "x", True, 0.5, 3652397000000925128.0]]
    path = _with_macro_sheet_in_front(xlsb(tmp_path / "list.xlsb", rows, [(0, 1, 0, 0)], hidden_first=True))
    parts = list(stream_workbook(path, FileKind.XLSB, None))
    assert parts[0] == Opening((Worksheet("List", hidden=False),), "List")
    assert [row for part in parts if isinstance(part, PackedRows) for row in part.rows()] == [
        ("a", CAMPAIGN, "12345678901", "", "#N/A"),
        ("a", "x", "TRUE", "0.5", "3.65239700000093E+18"),
    ]


def test_a_binary_workbook_whose_worksheet_has_no_end_is_damaged(tmp_path: Path) -> None:
    path = _with_macro_sheet_in_front(xlsb(tmp_path / "list.xlsb", [["a", "b"]], hidden_first=True), cut=True)
    with refuses(SheetUnreadable, "cut short or damaged"):
        list(stream_workbook(path, FileKind.XLSB, None))


def test_a_binary_workbook_without_any_worksheet_is_no_damage(tmp_path: Path) -> None:
    path = _with_macro_sheet_in_front(xlsb(tmp_path / "list.xlsb", [["a", "b"]]))
    with pytest.raises(SheetUnreadable) as caught:
        list(stream_workbook(path, FileKind.XLSB, None))
    assert caught.value.detail == UNUSUAL
