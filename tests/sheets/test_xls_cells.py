"""Excel 97 workbooks as other programs than Excel write them."""

import struct
from pathlib import Path

import pytest

from desktop.sheets.formats import FileKind, identify
from desktop.sheets.packed_rows import PackedRows
from desktop.sheets.workbook_rows import Opening, stream_workbook
from tests.sheets.making_sheets import CAMPAIGN, HEADERS, contact
from tests.sheets.making_xls import Page, xls

ROWS = [list(HEADERS), [CAMPAIGN, contact(1)], [CAMPAIGN, contact(2)]]


def rows_in_this_process(path: Path) -> list[tuple[str, ...]]:
    parts = list(stream_workbook(path, identify(path), None))
    assert isinstance(parts[0], Opening)
    return [row for part in parts if isinstance(part, PackedRows) for row in part.rows()]


@pytest.mark.parametrize("stream", ["Workbook", "WORKBOOK", "workbook", "BOOK"])
def test_the_stream_may_be_named_in_any_case(tmp_path: Path, stream: str) -> None:
    path = xls(tmp_path / "list.xls", [Page("List", ROWS)], stream=stream)
    assert identify(path) is FileKind.XLS
    assert rows_in_this_process(path) == [tuple(row) for row in ROWS]


@pytest.mark.parametrize("version", [5, 8])
def test_text_and_errors_are_told(tmp_path: Path, version: int) -> None:
    errors = [(0x205, struct.pack("<3HBB", 3, 1, 15, code, 1)) for code in (0x2A,)]
    path = xls(tmp_path / "list.xls", [Page("List", [*ROWS, [CAMPAIGN]], more=errors)], version=version)
    assert rows_in_this_process(path)[3] == (CAMPAIGN, "#N/A")


def test_a_merged_area_gives_its_value_to_all_its_rows(tmp_path: Path) -> None:
    merged = [(0xE5, struct.pack("<5H", 1, 1, 2, 0, 0))]
    path = xls(tmp_path / "list.xls", [Page("List", [ROWS[0], ROWS[1], ["", contact(2)]], more=merged)])
    assert rows_in_this_process(path)[2] == (CAMPAIGN, contact(2))


def test_nothing_of_a_library_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = xls(tmp_path / "list.xls", [Page("List", ROWS, more=[(0xE5, struct.pack("<5H", 1, 9, 2, 9, 2))])])
    rows_in_this_process(path)
    assert capfd.readouterr() == ("", "")
