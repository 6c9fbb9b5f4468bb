"""Excel 97 workbooks as other programs than Excel write them."""

import struct
from pathlib import Path

import pytest

from desktop.domain.errors import SheetUnreadable
from desktop.sheets.formats import FileKind, identify
from desktop.sheets.packed_rows import PackedRows
from desktop.sheets.workbook_rows import Opening, stream_workbook
from desktop.sheets.xls_cells import NO_WORKSHEET
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
def test_text_and_errors_are_read(tmp_path: Path, version: int) -> None:
    errors = [(0x205, struct.pack("<3HBB", 3, 1, 15, code, 1)) for code in (0x2A,)]
    path = xls(tmp_path / "list.xls", [Page("List", [*ROWS, [CAMPAIGN]], more=errors)], version=version)
    assert rows_in_this_process(path)[3] == (CAMPAIGN, "#N/A")


def test_a_merged_area_gives_its_value_to_all_its_rows(tmp_path: Path) -> None:
    merged = [(0xE5, struct.pack("<5H", 1, 1, 2, 0, 0))]
    path = xls(tmp_path / "list.xls", [Page("List", [ROWS[0], ROWS[1], ["", contact(2)]], more=merged)])
    assert rows_in_this_process(path)[2] == (CAMPAIGN, contact(2))


def test_a_workbook_of_charts_alone_is_called_what_it_is(tmp_path: Path) -> None:
    path = xls(tmp_path / "chart.xls", [Page("Chart", ROWS)])
    made = bytearray(path.read_bytes())
    listed = made.index(struct.pack("<HH", 0x85, 13))
    made[listed + 4 + 5] = 2  # the kind of the sheet: a chart
    path.write_bytes(bytes(made))
    with pytest.raises(SheetUnreadable) as caught:
        rows_in_this_process(path)
    assert caught.value.detail == NO_WORKSHEET


def _number(row: int, column: int, value: float) -> tuple[int, bytes]:
    return 0x203, struct.pack("<3Hd", row, column, 15, value)


@pytest.mark.parametrize("version", [5, 8])
@pytest.mark.parametrize(
    "odd",
    [
        pytest.param([], id="no records but the cells"),
        pytest.param([(0x0000, struct.pack("<5H", 0, 9, 0, 3, 0))], id="PEAR: a size of the sheet under the number of Excel 2"),
        pytest.param([(0x200, struct.pack("<5H", 0, 0, 0, 0, 0))], id="PHP: a size of the sheet without rows"),
        pytest.param([(0x200, b"")], id="reports: an empty size of the sheet"),
        pytest.param([(0x7D, struct.pack("<5HB", 0, 255, 2340, 15, 0, 0))], id="PHP: a width of columns one byte short"),
        pytest.param([(0x23E, struct.pack("<5H", 0xB6, 0, 0, 0x40, 0))], id="PEAR: a view of Excel 3"),
        pytest.param([(0x1D, b"\3" + bytes(9))], id="reports: a selection without cells"),
        pytest.param([(0x99, struct.pack("<H", 0))] * 2, id="reports: a default width twice"),
        pytest.param([(0x0867, bytes(23)), (0xEEEE, b"?" * 40)], id="records that nobody knows"),
    ],
)
def test_what_php_and_report_programs_write_is_read(tmp_path: Path, odd: list[tuple[int, bytes]], version: int) -> None:
    more = [*odd, _number(3, 2, 12345678901.0), _number(3, 3, 0.5)]
    path = xls(tmp_path / "list.xls", [Page("List", [*ROWS, [CAMPAIGN, contact(3)]], more=more)], version=version)
    padded = [(*row, "", "") for row in ROWS]
    assert rows_in_this_process(path) == [*map(tuple, padded), (CAMPAIGN, contact(3), "12345678901", "0.5")]


def test_nothing_of_a_library_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = xls(tmp_path / "list.xls", [Page("List", ROWS, more=[(0xE5, struct.pack("<5H", 1, 9, 2, 9, 2))])])
    rows_in_this_process(path)
    assert capfd.readouterr() == ("", "")
