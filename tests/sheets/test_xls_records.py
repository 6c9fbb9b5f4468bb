"""What the records of an Excel 97 workbook say about its sheets: what they hide, which is in front, what is merged."""

import struct
from pathlib import Path

import pytest

from desktop.sheets.formats import FileKind
from desktop.sheets.hidden_rows import find_hidden
from desktop.sheets.xls_records import OldSheet, read_merged, read_sheets, stream_of, without_other_records
from tests.sheets.making_xls import Page, xls
from tests.sheets.told_hidden import NINE, hidden_in


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


def test_the_merged_areas_are_those_of_the_sheet_that_was_asked_for(tmp_path: Path) -> None:
    areas = struct.pack("<H8H", 2, 0, 3, 1, 1, 5, 5, 0, 7)
    stream = _stream(tmp_path, [Page("First", [["x"]]), Page("List", NINE, more=[(0xE5, areas)])])
    assert read_merged(stream, 1) == [((0, 1), (3, 1)), ((5, 0), (5, 7))]
    assert read_merged(stream, 0) == []
    with pytest.raises(IndexError):
        read_merged(stream, 2)


def test_a_record_that_names_more_areas_than_it_holds_gives_those_it_holds(tmp_path: Path) -> None:
    more = [(0xE5, struct.pack("<H4H", 900, 0, 3, 1, 1))]
    assert read_merged(_stream(tmp_path, [Page("List", NINE, more=more)]), 0) == [((0, 1), (3, 1))]


def test_sheets_are_listed_in_order_and_an_encrypted_book_says_so() -> None:
    def sheet(state: int, kind: int) -> bytes:
        return struct.pack("<HHIBB", 0x85, 6, 0, state, kind)

    end = struct.pack("<HH", 0x0A, 0)
    listed = read_sheets(sheet(0, 0) + sheet(1, 0) + sheet(2, 0) + sheet(0, 2) + end + sheet(0, 0))
    assert listed == [
        OldSheet("", is_worksheet=True, is_hidden=False),
        OldSheet("", is_worksheet=True, is_hidden=True),
        OldSheet("", is_worksheet=True, is_hidden=True),
        OldSheet("", is_worksheet=False, is_hidden=False),
    ]
    encrypted = struct.pack("<HHH", 0x2F, 2, 0) + sheet(0, 0) + end
    assert read_sheets(encrypted) is None
    with pytest.raises(ValueError, match="encrypted"):
        read_merged(encrypted, 0)


def test_records_that_make_no_cells_are_hidden_from_the_reader_and_nothing_moves() -> None:
    cells, drawing, more = (
        struct.pack("<HH2s", 0x203, 2, b"ab"),
        struct.pack("<HH2s", 0xEC, 2, b"cd"),
        struct.pack("<HH", 0x3C, 0),
    )
    cleaned = without_other_records(cells + more + drawing + more)
    assert cleaned == cells + more + struct.pack("<HH2s", 0xEEEE, 2, b"cd") + struct.pack("<HH", 0xEEEE, 0)


def _stream(folder: Path, pages: list[Page]) -> bytes:
    return stream_of(xls(folder / "list.xls", pages))
